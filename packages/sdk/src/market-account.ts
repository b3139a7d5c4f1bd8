import { encodeHex } from "@dragoman/bytes";
import {
  type ChainSigner,
  TRANSACTION_ENCODINGS,
  type TransactionEncoding,
  type UnsignedTransaction,
} from "@dragoman/chain";
import { ActionError } from "./action-error.ts";
import type { GatewayClient } from "./gateway-client.ts";
import {
  type AccountPartsFragment,
  type ActionInput,
  type BridgeInput,
  BuildTransactionDocument,
  type BuildTransactionQuery,
  ChainHeadDocument,
  type OptionTradeInput,
  PortfolioDocument,
  type SentTransactionInput,
  type Side,
  SubmitTransactionDocument,
  TransactionStatusDocument,
  type TransferPartsFragment,
  TransfersDocument,
} from "./generated/operations.ts";

/** An action that has been included. */
export interface IncludedAction {
  /** The chain's own identifier: hash or signature. */
  readonly transaction: string;
  readonly height: number;
}

export interface MarketAccountOptions {
  readonly gateway: GatewayClient;
  /** By CAIP-2, as the gateway's `chains` say. */
  readonly chain: string;
  readonly signer: ChainSigner;
  /** Pause between two looks at a transaction, ms. Default: 100. */
  readonly pollMs?: number;
  /** How long an action may take until it is included and indexed, ms. Default: 60,000. */
  readonly timeoutMsMax?: number;
}

type PreparedTransaction = BuildTransactionQuery["buildTransaction"]["transactions"][number];

/**
 * One owner on one chain, with keys that never leave the process: the gateway builds, the signer signs, the gateway sends. Amounts, sizes and
 * prices are decimal strings of at most six digits behind the point. Every action resolves when it is included and the index has read its
 * block, so that the next query sees it; it rejects with an {@link ActionError} if the chain or the market refuses.
 */
export class MarketAccount {
  readonly gateway: GatewayClient;
  readonly chain: string;
  /** By CAIP-10. */
  readonly id: string;
  readonly #signer: ChainSigner;
  readonly #pollMs: number;
  readonly #timeoutMsMax: number;

  constructor(options: MarketAccountOptions) {
    const { gateway, chain, signer, pollMs = 100, timeoutMsMax = 60_000 } = options;
    this.gateway = gateway;
    this.chain = chain;
    this.id = `${chain}:${signer.address}`;
    this.#signer = signer;
    this.#pollMs = pollMs;
    this.#timeoutMsMax = timeoutMsMax;
  }

  /** The account as the index has it. */
  async state(): Promise<AccountPartsFragment> {
    const { portfolio } = await this.gateway.request(PortfolioDocument, { owners: [this.id] });
    return portfolio.accounts[0]!;
  }

  deposit(amount: string): Promise<IncludedAction> {
    return this.execute({ deposit: amount });
  }

  withdraw(amount: string): Promise<IncludedAction> {
    return this.execute({ withdraw: amount });
  }

  fundPool(amount: string): Promise<IncludedAction> {
    return this.execute({ fundPool: amount });
  }

  /** Opens, grows, shrinks or turns the perpetual. `limit`: worst price. */
  tradePerpetual(side: Side, size: string, limit?: string): Promise<IncludedAction> {
    return this.execute({ trade: { perpetual: { side, size, limit: limit ?? null } } });
  }

  /** Closes the perpetual. Rejects if there is none. */
  async closePerpetual(limit?: string): Promise<IncludedAction> {
    const { positions } = await this.state();
    const open = positions.find(({ instrument }) => instrument.kind === "PERPETUAL");
    if (open === undefined) throw new ActionError(`${this.id} has no perpetual position`);
    return this.tradePerpetual(open.side === "LONG" ? "SHORT" : "LONG", open.size.value, limit);
  }

  /** Buys (side LONG) or sells an option. */
  tradeOption(trade: OptionTradeInput): Promise<IncludedAction> {
    return this.execute({ trade: { option: trade } });
  }

  /** Settles an expired option, anybody's; `position`: its identifier. */
  settleOption(position: string): Promise<IncludedAction> {
    return this.execute({ settleOption: position });
  }

  /** Liquidates an account by CAIP-10. */
  liquidate(account: string): Promise<IncludedAction> {
    return this.execute({ liquidate: account });
  }

  /** Sends a position or collateral to another chain; resolves with the transfer as soon as it is in a block here. */
  async bridge(input: BridgeInput): Promise<TransferPartsFragment> {
    const { transaction } = await this.execute({ bridge: input });
    const variables = { owner: this.id, statuses: null, first: 20, after: null };
    const { transfers } = await this.gateway.request(TransfersDocument, variables);
    const sent = transfers.edges.find(({ node }) => node.timeline[0]?.transaction === transaction);
    if (sent === undefined) throw new ActionError(`the index has no transfer of ${transaction}`);
    return sent.node;
  }

  /** Builds, signs, sends and waits. */
  async execute(action: ActionInput): Promise<IncludedAction> {
    const variables = { sender: this.id, action };
    const { buildTransaction } = await this.gateway.request(BuildTransactionDocument, variables);
    const { transactions, simulation } = buildTransaction;
    if (simulation?.ok === false) {
      throw new ActionError(simulation.reason ?? "refused", simulation.marketError ?? undefined);
    }
    let included: IncludedAction | undefined;
    for (const transaction of transactions) included = await this.#send(transaction);
    if (included === undefined) throw new ActionError("the gateway built no transaction");
    await this.#untilIndexed(included.height);
    return included;
  }

  async #send(transaction: PreparedTransaction): Promise<IncludedAction> {
    const bytes = await this.#signer.sign(unsignedOf(transaction));
    const { submitTransaction } = await this.gateway.request(SubmitTransactionDocument, {
      transaction,
      sender: this.id,
      signature: encodeHex(bytes),
    });
    return await this.#untilIncluded(submitTransaction);
  }

  async #untilIncluded(transaction: SentTransactionInput): Promise<IncludedAction> {
    return await this.#poll(`transaction ${transaction.id}`, async () => {
      const variables = { transaction };
      const { transactionStatus: status } = await this.gateway.request(
        TransactionStatusDocument,
        variables,
      );
      if (status.state === "INCLUDED" && status.block != null) {
        return { transaction: transaction.id, height: status.block.height };
      }
      if (status.state === "FAILED" || status.state === "EXPIRED") {
        const reason = status.reason ?? status.state.toLowerCase();
        throw new ActionError(reason, status.marketError ?? undefined, transaction.id);
      }
      return undefined;
    });
  }

  async #untilIndexed(height: number): Promise<void> {
    await this.#poll(`block ${height} of ${this.chain} in the index`, async () => {
      const { chain } = await this.gateway.request(ChainHeadDocument, { id: this.chain });
      return chain != null && chain.head.height >= height ? true : undefined;
    });
  }

  async #poll<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + this.#timeoutMsMax;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > end)
        throw new ActionError(`${what} did not come in ${this.#timeoutMsMax} ms`);
      await new Promise((resolve) => setTimeout(resolve, this.#pollMs));
    }
  }
}

/** The transaction as signers take it. */
function unsignedOf(transaction: PreparedTransaction): UnsignedTransaction {
  const { chain, payload, nonce, validUntil } = transaction;
  const encoding = transaction.encoding.toLowerCase().replace("_", "-") as TransactionEncoding;
  if (!TRANSACTION_ENCODINGS.includes(encoding)) {
    throw new ActionError(`the gateway's encoding ${transaction.encoding} is not known here`);
  }
  return {
    chain,
    encoding,
    payload,
    ...(nonce == null ? {} : { nonce: BigInt(nonce) }),
    ...(validUntil?.height == null ? {} : { validUntil: { height: validUntil.height } }),
    ...(validUntil?.timestamp == null
      ? {}
      : { validUntil: { timestamp: Date.parse(validUntil.timestamp) / 1000 } }),
  };
}
