import type { RelayChain } from "@dragoman/bridge";
import {
  type BlockRef,
  ChainError,
  type ChainSigner,
  type FollowedBlock,
  type MarketAction,
  type SignedTransaction,
  type SimulatedAction,
  type TransactionStatus,
  type UnsignedTransaction,
} from "@dragoman/chain";
import { applyAction, MarketError } from "@dragoman/quant";
import {
  blockAt,
  type ChainView,
  inclusionOf,
  type ModelBlock,
  type ModelChain,
} from "./model-chain.ts";
import {
  decodeModelTransaction as decode,
  type ModelTransaction,
  signModelTransaction,
} from "./model-transaction.ts";

/** What can go wrong between a process and a node. */
export interface NodeFaults {
  /** Whether a call gets no answer. */
  isUnreachable(): boolean;
  /** By how many of the past heads a call is answered from behind; 0 = not. */
  lag(): number;
  /** Whether a submission is lost on its way though it was acknowledged. */
  isLost(): boolean;
}

/** Runs an effect in its turn. */
export type Perform = <T>(name: string, effect: () => T | Promise<T>) => Promise<T>;

/** Hears what is submitted. */
export type SubmissionWatch = (chain: ModelChain, signed: SignedTransaction) => void;

/** How a node of the simulator differs from a good one. */
export interface NodeFlaws {
  /** It calls every block final. */
  readonly isHasty: boolean;
  /** It sends what was signed before anybody could store it. */
  readonly isEager: boolean;
  /** Seconds by which it believes blocks to be later than they are. */
  readonly aheadSeconds: number;
}

export const NO_FLAWS: NodeFlaws = { isHasty: false, isEager: false, aheadSeconds: 0 };

/** Blocks for which a transaction is valid, on a chain where it expires by height. */
const LIFE_BLOCKS = 8;
/** Seconds for which it is valid, on a chain where it expires by time. */
const LIFE_SECONDS = 25;

/** A model chain through a node: the relayer's interface, with the node's faults. */
export class ModelNode implements RelayChain {
  readonly id: string;
  readonly domain: number;
  readonly finalityDepth: number;
  readonly #chain: ModelChain;
  /** Past states, newest last. */
  readonly #views: readonly ChainView[];
  readonly #faults: NodeFaults;
  readonly #perform: Perform;
  readonly #watch: SubmissionWatch;
  readonly #flaws: NodeFlaws;

  constructor(
    chain: ModelChain,
    views: readonly ChainView[],
    faults: NodeFaults,
    perform: Perform,
    watch: SubmissionWatch,
    flaws: NodeFlaws = NO_FLAWS,
  ) {
    this.id = chain.id;
    this.domain = chain.domain;
    this.finalityDepth = flaws.isHasty ? 0 : chain.finalityDepth;
    this.#chain = chain;
    this.#views = views;
    this.#faults = faults;
    this.#perform = perform;
    this.#watch = watch;
    this.#flaws = flaws;
  }

  /** A call that is answered from one state of the chain. */
  #ask<T>(name: string, answer: (view: ChainView) => T): Promise<T> {
    return this.#perform(`${this.id} ${name}`, () => {
      if (this.#faults.isUnreachable()) throw this.#silence();
      const lag = this.#faults.lag();
      return answer(this.#views[this.#views.length - 1 - lag] ?? this.#chain.view);
    });
  }

  #finalOf({ head, final }: ChainView): ModelBlock {
    return this.#flaws.isHasty ? head : final;
  }

  #silence(): ChainError {
    return new ChainError(this.id, "unreachable", "no answer");
  }

  finalized(): Promise<BlockRef> {
    return this.#ask("finalized", (view) => this.#finalOf(view).ref);
  }

  block(height: number): Promise<FollowedBlock | undefined> {
    return this.#ask("block", ({ head }) => {
      const block = blockAt(head, height);
      const { aheadSeconds } = this.#flaws;
      if (block === undefined || aheadSeconds === 0) return block;
      const timestamp = block.ref.timestamp + aheadSeconds;
      return { ...block, ref: { ...block.ref, timestamp } };
    });
  }

  received(
    source: number,
    sequence: bigint,
  ): Promise<{ readonly received: boolean; readonly at: BlockRef }> {
    return this.#ask("received", (view) => {
      const { market, ref } = this.#finalOf(view);
      return { received: market.received(source, sequence), at: ref };
    });
  }

  simulate(action: MarketAction, sender: string): Promise<SimulatedAction> {
    return this.#ask("simulate", ({ head }) => {
      try {
        const now = BigInt(head.ref.timestamp);
        return { ok: true, events: [applyAction(head.market.clone(), action, sender, now)] };
      } catch (error) {
        if (!(error instanceof MarketError)) throw error;
        return { ok: false, marketError: error.code, reason: error.message };
      }
    });
  }

  build(
    action: MarketAction,
    sender: string,
    options: { readonly nonce?: bigint } = {},
  ): Promise<readonly UnsignedTransaction[]> {
    return this.#ask("build", ({ head: { ref } }) => {
      const { kind, id } = this.#chain;
      const nonce = options.nonce === undefined ? {} : { nonce: options.nonce };
      const height = { validUntil: { height: ref.height + LIFE_BLOCKS } };
      const time = { validUntil: { timestamp: ref.timestamp + LIFE_SECONDS } };
      const life = kind === "nonce" ? {} : kind === "height" ? height : time;
      const salt = ref.height;
      const transaction: ModelTransaction = { sender, action, ...nonce, ...life, salt };
      // The bytes that are signed are those that are sent: nothing here depends on a signature.
      const signed = signModelTransaction(id, transaction);
      const payload = Buffer.from(signed.bytes).toString("latin1");
      return [{ chain: id, encoding: "evm-json", payload, ...nonce, ...life }];
    });
  }

  nonces(
    sender: string,
  ): Promise<{ readonly included: bigint; readonly pending: bigint } | undefined> {
    return this.#ask("nonces", ({ head: { nonces } }) => {
      if (this.#chain.kind === "height") return undefined;
      const included = nonces.get(sender) ?? 0n;
      let pending = included;
      const waiting = [...this.#chain.pool.values()].filter((tx) => tx.sender === sender);
      while (waiting.some(({ nonce }) => nonce === pending)) pending += 1n;
      return { included, pending };
    });
  }

  join(unsigned: UnsignedTransaction, _signature: Uint8Array, _sender: string): SignedTransaction {
    const bytes = new Uint8Array(Buffer.from(unsigned.payload, "latin1"));
    const signed = signModelTransaction(this.id, decode(bytes));
    if (this.#flaws.isEager) void this.submit(signed).catch(() => undefined);
    return signed;
  }

  submit(signed: SignedTransaction): Promise<void> {
    return this.#perform(`${this.id} submit`, () => {
      if (this.#faults.isUnreachable()) throw this.#silence();
      this.#watch(this.#chain, signed);
      if (!this.#faults.isLost() && inclusionOf(this.#chain.head, signed.id) === undefined) {
        this.#chain.submit(signed);
      }
      // The answer may be lost though the submission is not.
      if (this.#faults.isUnreachable()) throw this.#silence();
    });
  }

  status(signed: SignedTransaction): Promise<TransactionStatus> {
    return this.#ask("status", (view) => statusAt(this.#chain, view, signed));
  }
}

/** What a node says of a transaction. */
export function statusAt(
  chain: ModelChain,
  { head, final }: ChainView,
  { id, sender, nonce, validUntil }: SignedTransaction,
): TransactionStatus {
  const found = inclusionOf(head, id);
  if (found !== undefined) {
    const { block, inclusion } = found;
    const finality = block.ref.height <= final.ref.height ? "FINAL" : "LATEST";
    if (inclusion.ok) return { state: "included", block: block.ref, finality };
    const { marketError = 0 } = inclusion;
    const reason = `market error ${marketError}`;
    return { state: "failed", block: block.ref, finality, marketError, reason };
  }
  if (nonce !== undefined && (final.nonces.get(sender) ?? 0n) > nonce) {
    return { state: "expired", reason: "its nonce was used by another" };
  }
  if (validUntil !== undefined) {
    const isPast =
      "height" in validUntil
        ? final.ref.height > validUntil.height
        : final.ref.timestamp > validUntil.timestamp;
    if (isPast) return { state: "expired", reason: "its time is over" };
  }
  return chain.pool.has(id) ? { state: "pending" } : { state: "unknown" };
}

/** The signer of model chains: what it signs says itself who sent it. */
export const modelSigner = (address: string): ChainSigner => ({
  address,
  sign: async () => new Uint8Array(),
});
