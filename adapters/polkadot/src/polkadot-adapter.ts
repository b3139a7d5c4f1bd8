import { encodeHex } from "@dragoman/bytes";
import {
  type AccountState,
  type BlockRef,
  type ChainAdapter,
  ChainError,
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
import {
  decodeEvmAccount,
  decodeEvmMarket,
  decodeEvmQuote,
  EVM_MARKET_READS,
  encodeEvmAccountRead,
  encodeEvmAction,
  encodeEvmQuote,
  encodeEvmRead,
  encodeEvmReceived,
  encodeTokenCall,
  evmMarketError,
} from "@dragoman/protocol";
import { accountOf, ownerOf } from "./account-address.ts";
import { buildPolkadot } from "./build-polkadot.ts";
import { callContract } from "./contract-call.ts";
import { joinPolkadot } from "./join-polkadot.ts";
import { marketEventOf } from "./market-events.ts";
import type { PolkadotDeployment } from "./polkadot-deployment.ts";
import { polkadotError } from "./polkadot-error.ts";
import { openNode, type PolkadotNode } from "./polkadot-node.ts";
import { polkadotStatus } from "./polkadot-status.ts";

export interface PolkadotAdapterOptions {
  /** `http` or `ws`. */
  readonly rpcUrl: string;
  /** The chain's number in packets. */
  readonly domain: number;
  readonly deployment: PolkadotDeployment;
  /** Blocks that stand on a block before the node calls it final. */
  readonly finalityDepth: number;
}

/** A Substrate chain with the Solidity market in its Revive pallet, through @polkadot/api. Rejects with a ChainError if the node does not answer. */
export async function createPolkadotAdapter(
  options: PolkadotAdapterOptions,
): Promise<ChainAdapter> {
  return new PolkadotAdapter(await openNode(options.rpcUrl), options);
}

class PolkadotAdapter implements ChainAdapter {
  readonly id: string;
  readonly family = "substrate";
  readonly domain: number;
  readonly finalityDepth: number;
  readonly #node: PolkadotNode;
  readonly #deployment: PolkadotDeployment;

  constructor(node: PolkadotNode, options: PolkadotAdapterOptions) {
    this.id = node.chain;
    this.domain = options.domain;
    this.finalityDepth = options.finalityDepth;
    this.#node = node;
    this.#deployment = options.deployment;
  }

  ownerOf(address: string): string {
    return ownerOf(address);
  }

  addressOf(owner: string): string {
    return `0x${owner.slice(26)}`;
  }

  async head(): Promise<BlockRef> {
    return await this.#ask(async () => this.#node.refOf(await this.#node.headHash()));
  }

  async finalized(): Promise<BlockRef> {
    return await this.#ask(async () => this.#node.refOf(await this.#node.finalizedHash()));
  }

  async block(height: number): Promise<FollowedBlock | undefined> {
    return await this.#ask(async () => {
      const block = await this.#node.block(height);
      if (block === undefined) return undefined;
      const { ref, extrinsics } = block;
      const events: PlacedEvent[] = [];
      for (const record of block.events) {
        const event = marketEventOf(this.#node, record, this.#deployment.market);
        if (event === undefined || !record.phase.isApplyExtrinsic) continue;
        const { hash } = extrinsics[record.phase.asApplyExtrinsic.toNumber()]!;
        events.push({ transaction: hash, index: events.length, event });
      }
      return { ref, events };
    });
  }

  async market(): Promise<MarketState> {
    return await this.#ask(async () => {
      const at = await this.#node.headHash();
      const { market } = this.#deployment;
      const words = await Promise.all(
        EVM_MARKET_READS.map((name) => this.#read(market, encodeEvmRead(name), at)),
      );
      return decodeEvmMarket(words);
    });
  }

  async account(owner: string): Promise<AccountState> {
    return await this.#ask(async () => {
      const at = await this.#node.headHash();
      const { market } = this.#deployment;
      return decodeEvmAccount(await this.#read(market, encodeEvmAccountRead(owner), at));
    });
  }

  async wallet(owner: string): Promise<bigint> {
    return await this.#ask(async () => {
      const at = await this.#node.headHash();
      const read = encodeTokenCall("balanceOf", [this.addressOf(owner)]);
      return BigInt(encodeHex(await this.#read(this.#deployment.token, read, at)));
    });
  }

  async quote(trade: TradeAction): Promise<TradeQuote> {
    return await this.#ask(async () => {
      const at = await this.#node.refOf(await this.#node.headHash());
      const output = await this.#read(this.#deployment.market, encodeEvmQuote(trade), at.hash);
      return { ...decodeEvmQuote(trade, output), at };
    });
  }

  async simulate(action: MarketAction, sender: string): Promise<SimulatedAction> {
    return await this.#ask(async () => {
      const origin = accountOf(sender);
      const { market } = this.#deployment;
      const at = await this.#node.headHash();
      const call = { origin, dest: market, data: encodeEvmAction(action), at };
      const answer = await callContract(this.#node, call);
      if (!answer.ok) {
        const marketError = evmMarketError(answer.output);
        if (marketError === undefined) return { ok: false, reason: answer.reason };
        return { ok: false, reason: `market error ${marketError}`, marketError };
      }
      const events = answer.events?.flatMap(
        (record) => marketEventOf(this.#node, record, market) ?? [],
      );
      return { ok: true, ...(events === undefined ? {} : { events }) };
    });
  }

  async build(
    action: MarketAction,
    sender: string,
    options: { readonly nonce?: bigint } = {},
  ): Promise<readonly UnsignedTransaction[]> {
    accountOf(sender);
    return await this.#ask(() =>
      buildPolkadot(this.#node, this.#deployment, action, sender, options),
    );
  }

  async nonces(sender: string): Promise<{ readonly included: bigint; readonly pending: bigint }> {
    const account = accountOf(sender);
    return await this.#ask(async () => {
      const head = await this.#node.headHash();
      const [included, pending] = await Promise.all([
        this.#node.nonceAt(account, head),
        this.#node.ask<number>("system_accountNextIndex", sender),
      ]);
      return { included: BigInt(included), pending: BigInt(pending) };
    });
  }

  join(unsigned: UnsignedTransaction, signature: Uint8Array, sender: string): SignedTransaction {
    return joinPolkadot(this.#node, unsigned, signature, sender);
  }

  async submit(signed: SignedTransaction): Promise<void> {
    try {
      await this.#node.ask("author_submitExtrinsic", encodeHex(signed.bytes));
    } catch (error) {
      const refused = polkadotError(this.id, error);
      if (refused.kind === "unreachable") throw refused;
      const { state } = await this.status(signed);
      if (state === "unknown" || state === "expired") throw refused;
    }
  }

  async status(signed: SignedTransaction): Promise<TransactionStatus> {
    return await this.#ask(() => polkadotStatus(this.#node, signed));
  }

  async received(
    source: number,
    sequence: bigint,
  ): Promise<{ readonly received: boolean; readonly at: BlockRef }> {
    return await this.#ask(async () => {
      const at = await this.#node.refOf(await this.#node.finalizedHash());
      const read = encodeEvmReceived(source, sequence);
      const word = await this.#read(this.#deployment.market, read, at.hash);
      return { received: word.some((byte) => byte !== 0), at };
    });
  }

  async close(): Promise<void> {
    await this.#node.close();
  }

  async #read(dest: string, data: Uint8Array, at: string): Promise<Uint8Array> {
    const answer = await callContract(this.#node, { dest, data, at });
    if (!answer.ok) {
      const marketError = evmMarketError(answer.output);
      const reason = marketError === undefined ? answer.reason : `market error ${marketError}`;
      throw new ChainError(this.id, "refused", reason, { marketError });
    }
    if (answer.output.length > 0) return answer.output;
    throw new ChainError(this.id, "unanswerable", `there is no contract at ${dest}`);
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw polkadotError(this.id, error);
    }
  }
}
