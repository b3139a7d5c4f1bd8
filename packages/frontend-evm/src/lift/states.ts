/** Abstract stack entries: a label is its offset (>= 0). */
export const ANY = -1;
/** The return address of the function. */
export const RETURN = -2;
/** A pushed constant that is no jump destination; exists inside a block only. */
export const NUMBER = -3;

/** A pushed constant whose low 24 bits are ones: solc masks labels that it has stored with such. Inside a block only. */
export const MASK = -4;

/** The numbers 0 and 1: beyond their block only on top of a stack of which a JUMPI follows at once. */
export const ZERO = -5;
export const ONE = -6;

/** How a state ends. */
export const END = {
  /** An instruction of the block ends the frame; nothing follows. */
  EXIT: 0,
  /** It certainly fails. */
  TRAP: 1,
  /** Goes on at `next`. */
  GO: 2,
  /** JUMPI: `taken` or `next`. */
  BRANCH: 3,
  /** JUMPI whose destination is invalid. */
  BRANCH_TRAP: 4,
  /** JUMPI that returns. */
  BRANCH_RETURN: 5,
  /** Calls `callee`, then goes on at `next` (-1 = the callee never returns). */
  CALL: 6,
  RETURN: 7,
  /** JUMPI whose condition is known: goes on at `next`. */
  KNOWN: 8,
  /** No run has got here, and the lift leaves it out. */
  UNREACHED: 9,
} as const;

/**
 * The states of a discovery: a place in a function together with what is known of its stack. Interned, so that a state is a small integer;
 * parallel arrays, because there are many.
 */
export class StateTable {
  readonly fn: number[] = [];
  readonly pc: number[] = [];
  readonly height: number[] = [];
  /** Where the state's stack lies in {@link slots}. */
  readonly at: number[] = [];
  readonly end: number[] = [];
  readonly next: number[] = [];
  readonly taken: number[] = [];
  /** 1 = the block ends by JUMP or JUMPI, 0 = it runs into a JUMPDEST. */
  readonly jumps: number[] = [];
  readonly callee: number[] = [];
  /** Entries below the callee's arguments and return address. */
  readonly kept: number[] = [];
  readonly predecessors: number[] = [];
  readonly operations: number[] = [];
  /** Largest height inside the state's block. */
  readonly peak: number[] = [];
  slots = new Int32Array(4096);
  #used = 0;
  #table = new Int32Array(1024).fill(-1);
  #hashes: number[] = [];

  get count(): number {
    return this.pc.length;
  }

  /** The state `(fn, pc, stack[0..height))`; `fresh` tells whether it is new. */
  intern(
    fn: number,
    pc: number,
    stack: Int32Array,
    height: number,
  ): { state: number; fresh: boolean } {
    let hash = Math.imul(fn + 1, 0x9e3779b1) ^ Math.imul(pc + 1, 0x85ebca6b) ^ height;
    for (let i = 0; i < height; i++) hash = Math.imul(hash ^ stack[i], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const found = this.#table[slot];
      if (found < 0) break;
      if (this.#hashes[found] === hash && this.#same(found, fn, pc, stack, height)) {
        return { state: found, fresh: false };
      }
      slot = (slot + 1) & mask;
    }
    const state = this.#add(fn, pc, stack, height);
    this.#hashes.push(hash);
    this.#table[slot] = state;
    if (this.count * 2 > this.#table.length) this.#rehash();
    return { state, fresh: true };
  }

  #same(state: number, fn: number, pc: number, stack: Int32Array, height: number): boolean {
    if (this.fn[state] !== fn || this.pc[state] !== pc || this.height[state] !== height)
      return false;
    const at = this.at[state];
    for (let i = 0; i < height; i++) if (this.slots[at + i] !== stack[i]) return false;
    return true;
  }

  #add(fn: number, pc: number, stack: Int32Array, height: number): number {
    while (this.#used + height > this.slots.length) {
      const grown = new Int32Array(this.slots.length * 2);
      grown.set(this.slots);
      this.slots = grown;
    }
    for (let i = 0; i < height; i++) this.slots[this.#used + i] = stack[i];
    this.fn.push(fn);
    this.pc.push(pc);
    this.height.push(height);
    this.at.push(this.#used);
    this.#used += height;
    this.end.push(END.TRAP);
    this.next.push(-1);
    this.taken.push(-1);
    this.jumps.push(0);
    this.callee.push(-1);
    this.kept.push(0);
    this.predecessors.push(0);
    this.operations.push(0);
    this.peak.push(height);
    return this.count - 1;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let state = 0; state < this.count; state++) {
      let slot = this.#hashes[state] & mask;
      while (table[slot] >= 0) slot = (slot + 1) & mask;
      table[slot] = state;
    }
    this.#table = table;
  }

  get slotsUsed(): number {
    return this.#used;
  }
}
