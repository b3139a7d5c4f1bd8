import {
  AccountAddress,
  AccountAuthenticator,
  Deserializer,
  generateSignedTransaction,
  generateUserTransactionHash,
  isUserTransactionResponse,
  MimeType,
  parseTypeTag,
  RawTransaction,
  Serializer,
  SimpleTransaction,
} from "@aptos-labs/ts-sdk";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import {
  type AccountState,
  type BlockRef,
  type ChainAdapter,
  ChainError,
  type ChainId,
  type FollowedBlock,
  type MarketAction,
  type MarketState,
  type PlacedEvent,
  type SignedTransaction,
  type SimulatedAction,
  type TradeAction,
  type TradeQuote,
  type TransactionStatus,
  type UnsignedTransaction,
} from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import {
  decodeMoveAccount,
  decodeMoveMarket,
  decodeMoveQuote,
  encodeMoveAction,
  type MoveCall,
  moveCollateralType,
  moveViews,
} from "@dragoman/protocol";
import { buildTransaction, entryFunction, sequenceNumbers } from "./entry-function.ts";
import { withMarketError } from "./market-error.ts";
import { marketEvents } from "./market-events.ts";
import type { MoveNode } from "./move-node.ts";
import { simulateCall } from "./simulate-call.ts";
import { transactionStatus } from "./transaction-status.ts";

/** An Aptos chain with a market on it, through its node's REST interface. */
export class MoveAdapter implements ChainAdapter {
  readonly family = "move";
  readonly id: ChainId;
  readonly domain: number;
  readonly finalityDepth: number;
  readonly #node: MoveNode;
  /** Of the market's package. */
  readonly #address: string;

  constructor(node: MoveNode, domain: number, address: string, finalityDepth: number) {
    this.#node = node;
    this.id = node.chain;
    this.domain = domain;
    this.#address = address;
    this.finalityDepth = finalityDepth;
  }

  ownerOf(address: string): string {
    const digits = /^0x([0-9a-f]{1,64})$/i.exec(address)?.[1];
    if (digits === undefined) {
      return refuse("MALFORMED_ADDRESS", undefined, `${address} is no address of Aptos`);
    }
    return `0x${digits.toLowerCase().padStart(64, "0")}`;
  }

  addressOf(owner: string): string {
    return AccountAddress.from(owner).toString();
  }

  async head(): Promise<BlockRef> {
    return this.#node.refOf(await this.#node.headBlock());
  }

  async finalized(): Promise<BlockRef> {
    return this.#node.refOf(await this.#node.finalBlock(this.finalityDepth));
  }

  async block(height: number): Promise<FollowedBlock | undefined> {
    const whole = await this.#node.wholeBlock(height);
    if (whole === undefined) return undefined;
    const ref = await this.#node.refOf(whole.block);
    const events: PlacedEvent[] = [];
    for (const transaction of whole.transactions) {
      if (!isUserTransactionResponse(transaction) || !transaction.success) continue;
      for (const event of marketEvents(transaction.events, this.#address)) {
        events.push({ transaction: transaction.hash, index: events.length, event });
      }
    }
    return { ref, events };
  }

  async market(): Promise<MarketState> {
    return decodeMoveMarket(await this.#view(moveViews.numbers()));
  }

  async account(owner: string): Promise<AccountState> {
    return decodeMoveAccount(await this.#view(moveViews.account(owner)));
  }

  async wallet(owner: string): Promise<bigint> {
    const args = [AccountAddress.from(owner).toUint8Array().slice()];
    const types = [parseTypeTag(moveCollateralType(this.#address))];
    const fn = entryFunction("0x1", "coin", { function: "balance", args }, types);
    const [balance] = await this.#node.view(bcsOf(fn));
    return BigInt(String(balance));
  }

  async quote(trade: TradeAction): Promise<TradeQuote> {
    const [results, at] = await Promise.all([this.#view(moveViews.quote(trade)), this.head()]);
    return { ...decodeMoveQuote(results), at };
  }

  async #view(call: MoveCall, version?: string): Promise<unknown[]> {
    const params = version === undefined ? {} : { ledger_version: version };
    try {
      return await this.#node.view(bcsOf(entryFunction(this.#address, "market", call)), params);
    } catch (error) {
      throw error instanceof ChainError ? withMarketError(error, this.#address) : error;
    }
  }

  async simulate(action: MarketAction, sender: string): Promise<SimulatedAction> {
    return simulateCall(this.#node, this.#address, encodeMoveAction(action), this.ownerOf(sender));
  }

  async build(
    action: MarketAction,
    sender: string,
    options: { readonly nonce?: bigint } = {},
  ): Promise<readonly UnsignedTransaction[]> {
    const fn = entryFunction(this.#address, "market", encodeMoveAction(action));
    const { nonce } = options;
    const number = nonce === undefined ? {} : { number: nonce };
    const raw = await buildTransaction(
      this.#node,
      AccountAddress.from(this.ownerOf(sender)),
      fn,
      number,
    );
    return [
      {
        chain: this.id,
        encoding: "aptos-bcs",
        payload: encodeHex(raw.bcsToBytes()),
        nonce: raw.sequence_number,
        validUntil: { timestamp: Number(raw.expiration_timestamp_secs) },
      },
    ];
  }

  async nonces(sender: string): Promise<{ readonly included: bigint; readonly pending: bigint }> {
    return sequenceNumbers(this.#node, this.ownerOf(sender));
  }

  join(unsigned: UnsignedTransaction, signature: Uint8Array, sender: string): SignedTransaction {
    const { chain, payload, nonce, validUntil } = unsigned;
    const raw = RawTransaction.deserialize(new Deserializer(decodeHex(payload)));
    const transaction = new SimpleTransaction(raw);
    const signed = { transaction, senderAuthenticator: authenticatorOf(signature) };
    return {
      chain,
      id: generateUserTransactionHash(signed),
      bytes: generateSignedTransaction(signed),
      sender,
      ...(nonce === undefined ? {} : { nonce }),
      ...(validUntil === undefined ? {} : { validUntil }),
    };
  }

  async submit({ id, bytes }: SignedTransaction): Promise<void> {
    try {
      await this.#node.post("transactions", MimeType.BCS_SIGNED_TRANSACTION, bytes);
    } catch (error) {
      // A node refuses the number of a transaction that it has included.
      const known = await this.#node.find(`transactions/by_hash/${id}`);
      if (known === undefined) throw error;
    }
  }

  status(signed: SignedTransaction): Promise<TransactionStatus> {
    return transactionStatus(this.#node, signed, this.finalityDepth, this.#address);
  }

  async received(
    source: number,
    sequence: bigint,
  ): Promise<{ readonly received: boolean; readonly at: BlockRef }> {
    const block = await this.#node.finalBlock(this.finalityDepth);
    const [[received], at] = await Promise.all([
      this.#view(moveViews.received(source, sequence), block.last_version),
      this.#node.refOf(block),
    ]);
    return { received: received === true, at };
  }

  async close(): Promise<void> {
    // Requests stand alone: nothing is kept open.
  }
}

/** Fault: INVALID_SIGNATURE where the bytes are no AccountAuthenticator. */
function authenticatorOf(signature: Uint8Array): AccountAuthenticator {
  const deserializer = new Deserializer(signature);
  try {
    const authenticator = AccountAuthenticator.deserialize(deserializer);
    deserializer.assertFinished();
    return authenticator;
  } catch (error) {
    return refuse("INVALID_SIGNATURE", undefined, (error as Error).message);
  }
}

const bcsOf = (fn: ReturnType<typeof entryFunction>): Uint8Array => {
  const serializer = new Serializer();
  fn.serialize(serializer);
  return serializer.toUint8Array();
};
