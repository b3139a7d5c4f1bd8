import type {
  BlockRef,
  MarketEvent,
  PlacedEvent,
  SignedTransaction,
  ValidUntil,
} from "@dragoman/chain";
import { applyAction, MarketError, type MarketModel } from "@dragoman/quant";
import { decodeModelTransaction, type ModelTransaction } from "./model-transaction.ts";

/** How the chain keeps a transaction from being included twice. */
export type ModelKind =
  /** By the sender's nonce, as Ethereum. */
  | "nonce"
  /** By the nonce, and it expires, as Aptos and Substrate. */
  | "nonce-and-time"
  /** It expires soon and is included once, as Solana. */
  | "height";

/** A transaction in a block. */
export interface Inclusion {
  readonly id: string;
  readonly ok: boolean;
  readonly marketError?: number;
}

/** A block; the blocks before it hang on it. */
export interface ModelBlock {
  readonly ref: BlockRef;
  readonly parent: ModelBlock | undefined;
  readonly market: MarketModel;
  /** Next nonce by sender. */
  readonly nonces: ReadonlyMap<string, bigint>;
  readonly inclusions: readonly Inclusion[];
  readonly transactions: readonly SignedTransaction[];
  readonly events: readonly PlacedEvent[];
}

/** What a node knows: its head, and what it takes for final. */
export interface ChainView {
  readonly head: ModelBlock;
  readonly final: ModelBlock;
}

/**
 * A chain that runs the market's reference model: pool, blocks, finality by depth, reorganisations below it. The same calls, the same chain.
 */
export class ModelChain {
  readonly id: string;
  readonly domain: number;
  readonly kind: ModelKind;
  readonly finalityDepth: number;
  head: ModelBlock;
  /** Newest final block; it never goes back. */
  final: ModelBlock;
  readonly pool = new Map<string, SignedTransaction>();
  #salt = 0;
  readonly #decoded = new Map<string, ModelTransaction>();

  constructor(
    domain: number,
    kind: ModelKind,
    finalityDepth: number,
    market: MarketModel,
    timestamp: number,
  ) {
    this.id = `model:${domain}`;
    this.domain = domain;
    this.kind = kind;
    this.finalityDepth = finalityDepth;
    this.head = {
      ref: { height: 0, hash: `${domain}/0/0`, parentHash: "", timestamp },
      parent: undefined,
      market,
      nonces: new Map(),
      inclusions: [],
      transactions: [],
      events: [],
    };
    this.final = this.head;
  }

  /** Chain as a node sees it now. */
  get view(): ChainView {
    return { head: this.head, final: this.final };
  }

  submit(signed: SignedTransaction): void {
    this.pool.set(signed.id, signed);
  }

  /** Appends a block at a time (seconds) of the pool's transactions that `isTaken` takes and that are valid. */
  produce(time: number, isTaken: () => boolean): ModelBlock {
    const parent = this.head;
    const height = parent.ref.height + 1;
    const timestamp = Math.max(parent.ref.timestamp + 1, time);
    let { market } = parent;
    const nonces = new Map(parent.nonces);
    const inclusions: Inclusion[] = [];
    const transactions: SignedTransaction[] = [];
    const events: PlacedEvent[] = [];
    const now = BigInt(timestamp);
    // A second round takes what became valid by the first: nonces in any order of arrival.
    for (let round = 0; round < 2; round++) {
      for (const signed of this.pool.values()) {
        if (!this.#isValid(signed, nonces, height, timestamp) || !isTaken()) continue;
        if (inclusionOf(parent, signed.id) !== undefined) continue;
        this.pool.delete(signed.id);
        if (signed.nonce !== undefined) nonces.set(signed.sender, signed.nonce + 1n);
        if (market === parent.market) market = parent.market.clone();
        const result = run(market, this.#decode(signed), now);
        transactions.push(signed);
        inclusions.push({ id: signed.id, ...result.outcome });
        for (const event of result.events) {
          events.push({ transaction: signed.id, index: events.length, event });
        }
      }
    }
    this.#dropExpired(height, timestamp);
    this.#salt += 1;
    const hash = `${this.domain}/${height}/${this.#salt}`;
    const ref = { height, hash, parentHash: parent.ref.hash, timestamp };
    this.head = { ref, parent, market, nonces, inclusions, transactions, events };
    this.#finalise();
    return this.head;
  }

  #finalise(): void {
    let block = this.head;
    for (let i = 0; i < this.finalityDepth; i++) block = block.parent ?? block;
    if (block.ref.height > this.final.ref.height) this.final = block;
  }

  /** As pools do: what can never be included makes room. */
  #dropExpired(height: number, timestamp: number): void {
    for (const { id, validUntil } of this.pool.values()) {
      if (!isInTime(validUntil, height, timestamp)) this.pool.delete(id);
    }
  }

  #isValid(
    { sender, nonce, validUntil }: SignedTransaction,
    nonces: ReadonlyMap<string, bigint>,
    height: number,
    timestamp: number,
  ): boolean {
    if (nonce !== undefined && (nonces.get(sender) ?? 0n) !== nonce) return false;
    if (validUntil === undefined) return true;
    return "height" in validUntil ? height <= validUntil.height : timestamp <= validUntil.timestamp;
  }

  #decode(signed: SignedTransaction): ModelTransaction {
    let transaction = this.#decoded.get(signed.id);
    if (transaction === undefined) {
      transaction = decodeModelTransaction(signed.bytes);
      this.#decoded.set(signed.id, transaction);
    }
    return transaction;
  }

  /** Undoes the newest blocks, at most down to the final one; their transactions go back to the pool where `isKept`. */
  reorganise(depth: number, isKept: () => boolean): void {
    for (let i = 0; i < depth && this.head !== this.final; i++) {
      const { parent, transactions } = this.head;
      if (parent === undefined) return;
      for (const signed of transactions) if (isKept()) this.pool.set(signed.id, signed);
      this.head = parent;
    }
  }
}

function isInTime(until: ValidUntil | undefined, height: number, timestamp: number): boolean {
  if (until === undefined) return true;
  return "height" in until ? height <= until.height : timestamp <= until.timestamp;
}

/** Where a transaction is, at or below a head. */
export function inclusionOf(
  head: ModelBlock,
  id: string,
): { readonly block: ModelBlock; readonly inclusion: Inclusion } | undefined {
  for (let block: ModelBlock | undefined = head; block !== undefined; block = block.parent) {
    const inclusion = block.inclusions.find((entry) => entry.id === id);
    if (inclusion !== undefined) return { block, inclusion };
  }
  return undefined;
}

export function blockAt(head: ModelBlock, height: number): ModelBlock | undefined {
  let block: ModelBlock | undefined = head;
  while (block !== undefined && block.ref.height > height) block = block.parent;
  return block?.ref.height === height ? block : undefined;
}

type Outcome = Omit<Inclusion, "id">;

function run(
  market: MarketModel,
  { action, sender }: ModelTransaction,
  now: bigint,
): { readonly outcome: Outcome; readonly events: readonly MarketEvent[] } {
  try {
    return { outcome: { ok: true }, events: [applyAction(market, action, sender, now)] };
  } catch (error) {
    if (!(error instanceof MarketError)) throw error;
    return { outcome: { ok: false, marketError: error.code }, events: [] };
  }
}
