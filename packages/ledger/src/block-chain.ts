import { encodeHex } from "@dragoman/bytes";
import type { CellChange, StateReader } from "@dragoman/core";
import { assert, refuse } from "@dragoman/fault";
import type { ChainEvent, LedgerBlock } from "./block.ts";

interface Link<B> {
  readonly block: B;
  /** What the block changed in the state. */
  readonly changes: readonly CellChange[];
}

/** A point to go back to. */
export interface ChainSnapshot<B extends LedgerBlock> {
  readonly links: readonly Link<B>[];
  readonly state: ChainState;
  readonly final: number;
}

/** Cells of all domains as of one block; read only. */
export interface CommittedState extends StateReader {
  cells(): Iterable<{ domain: string; account: Uint8Array; key: Uint8Array; value: Uint8Array }>;
}

/** The state that a chain's blocks change: a `MemoryState`, or one that lies on another chain's. */
export interface ChainState extends CommittedState {
  apply(changes: Iterable<CellChange>): void;
  /** An independent copy. */
  clone(): ChainState;
}

/**
 * The blocks of one chain on one state. Blocks are appended with the write set of their execution; a reorganisation undoes the
 * newest ones, never a final one. A block is final when `finalityDepth` blocks stand on it.
 */
export class BlockChain<B extends LedgerBlock> {
  readonly finalityDepth: number;
  #links: Link<B>[];
  #state: ChainState;
  /** Place of the newest final block among the links: what has been final stays so when the chain gets shorter. */
  #final = 0;
  readonly #byHash = new Map<string, B>();
  /** The state that {@link stateAt} made last: the same one, that of the finalized block, is read again and again. */
  #past: { block: B; head: B; state: ChainState } | undefined;
  readonly #listeners = new Set<(event: ChainEvent<B>) => void>();

  /** `genesis` has height 0, or that of the block of another chain from which this one goes on. `state` is the state behind it. */
  constructor(genesis: B, state: ChainState, finalityDepth: number) {
    assert(finalityDepth >= 1, "a block needs a successor before it is final");
    this.finalityDepth = finalityDepth;
    this.#links = [{ block: genesis, changes: [] }];
    this.#state = state;
    this.#byHash.set(encodeHex(genesis.hash), genesis);
  }

  /** State after the head block. A new journal over it begins the next block. */
  get state(): CommittedState {
    return this.#state;
  }

  /** State after a canonical block, valid until the chain changes; undefined if there is no such block. */
  stateAt(height: number): CommittedState | undefined {
    const block = this.at(height);
    if (block === undefined || block === this.head) return block && this.#state;
    if (this.#past?.block === block && this.#past.head === this.head) return this.#past.state;
    const state = this.#state.clone();
    for (let i = this.#links.length - 1; this.#links[i]!.block !== block; i--) {
      state.apply(this.#links[i]!.changes.map(undo));
    }
    this.#past = { block, head: this.head, state };
    return state;
  }

  get head(): B {
    return this.#links[this.#links.length - 1]!.block;
  }

  /** The lowest block: the genesis, or the forked one. */
  get first(): B {
    return this.#links[0]!.block;
  }

  /** Newest final block. */
  get finalized(): B {
    return this.#links[this.#final]!.block;
  }

  /** Block of the canonical chain; heights may have gaps (slots without a block). */
  at(height: number): B | undefined {
    const block = this.#links[height - this.first.height]?.block ?? this.head;
    if (block.height === height) return block;
    const found = this.from(height);
    return found?.height === height ? found : undefined;
  }

  /** Lowest canonical block at `height` or above it; undefined if the chain ends below. */
  from(height: number): B | undefined {
    return this.#links[this.#indexFrom(height)]?.block;
  }

  /** Canonical blocks of the heights `first` to `last`, ascending. */
  *between(first: number, last: number): Iterable<B> {
    for (let index = this.#indexFrom(first); index < this.#links.length; index++) {
      const { block } = this.#links[index]!;
      if (block.height > last) return;
      yield block;
    }
  }

  /** Canonical blocks at `height` and below it, highest first. */
  *downFrom(height: number): Iterable<B> {
    for (let index = this.#indexFrom(height + 1) - 1; index >= 0; index--) {
      yield this.#links[index]!.block;
    }
  }

  /** Place among the links of the first block at `height` or above it. */
  #indexFrom(height: number): number {
    let low = 0;
    let high = this.#links.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#links[middle]!.block.height < height) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Canonical block with this hash. */
  find(hash: Uint8Array): B | undefined {
    return this.#byHash.get(encodeHex(hash));
  }

  /** All canonical blocks, genesis first. */
  *blocks(): Iterable<B> {
    for (const { block } of this.#links) yield block;
  }

  append(block: B, changes: readonly CellChange[]): void {
    assert(block.height > this.head.height, "heights grow");
    assert(encodeHex(block.parentHash) === encodeHex(this.head.hash), "a block names its parent");
    this.#state.apply(changes);
    this.#links.push({ block, changes });
    this.#final = Math.max(this.#final, this.#links.length - 1 - this.finalityDepth);
    this.#byHash.set(encodeHex(block.hash), block);
    this.#tell({ kind: "block", block });
  }

  /**
   * Undoes the newest `depth` blocks and tells subscribers; the blocks are returned, highest first, so that the ledger can take their
   * transactions back. Fault: REORG_DEPTH_EXCEEDED if there are not so many that are not final.
   */
  reorganise(depth: number): readonly B[] {
    const most = this.#links.length - 1 - this.#final;
    if (!Number.isInteger(depth) || depth < 1 || depth > most) {
      refuse(
        "REORG_DEPTH_EXCEEDED",
        undefined,
        `depth ${depth}; 1 to ${most} blocks can be undone`,
      );
    }
    return this.undo(depth);
  }

  /** As {@link BlockChain.reorganise}, of final blocks too: how a recorded {@link BlockChain.restore} is replayed. */
  undo(depth: number): readonly B[] {
    assert(depth < this.#links.length, "the genesis block stays");
    const removed: B[] = [];
    for (let i = 0; i < depth; i++) {
      const { block, changes } = this.#links.pop()!;
      this.#state.apply(changes.map(undo));
      this.#byHash.delete(encodeHex(block.hash));
      removed.push(block);
    }
    this.#final = Math.min(this.#final, this.#links.length - 1);
    this.#tell({ kind: "reorg", removed, head: this.head });
    return removed;
  }

  /** A copy of everything; cheap but for the map of cells. */
  snapshot(): ChainSnapshot<B> {
    return { links: [...this.#links], state: this.#state.clone(), final: this.#final };
  }

  /** Goes back to a snapshot, which stays usable. Subscribers hear of it as a reorganisation. */
  restore(snapshot: ChainSnapshot<B>): void {
    const kept = new Set(snapshot.links.map(({ block }) => block));
    const removed = this.#links.map(({ block }) => block).filter((block) => !kept.has(block));
    this.#links = [...snapshot.links];
    this.#state = snapshot.state.clone();
    this.#final = snapshot.final;
    this.#byHash.clear();
    for (const { block } of this.#links) this.#byHash.set(encodeHex(block.hash), block);
    this.#tell({ kind: "reorg", removed: removed.reverse(), head: this.head });
  }

  /** Hears every event from now on; the result ends the subscription. */
  subscribe(listener: (event: ChainEvent<B>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(event: ChainEvent<B>): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

const undo = (change: CellChange): CellChange => ({ ...change, after: change.before });
