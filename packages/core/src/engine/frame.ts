import { assert } from "@dragoman/fault";
import { FRAME } from "../host/frame-layout.ts";
import type { LinearMemory } from "../host/linear-memory.ts";
import { type CallRequest, HOST, type Program } from "../host/program.ts";
import type { Checkpoint, Journal } from "../journal/journal.ts";

/** What frames of one engine share. */
export interface Runtime {
  readonly memory: LinearMemory;
  readonly journal: Journal;
  /** Number by which compiled code may enter the program without the engine; 0 = not yet, or never. */
  entryOf(program: Program): number;
}

/** One activation of a program: its place in linear memory, its gas, its call in progress. */
export class Frame {
  readonly runtime: Runtime;
  readonly request: CallRequest;
  readonly parent: Frame | undefined;
  /** Depth in the tree of calls; the first frame has 0. */
  readonly depth: number;
  /** Address in linear memory. */
  readonly address: number;
  /** One past the last byte that the frame uses; grows when guest memory grows. */
  end: number;
  /** How the frame ended; meaningful after it has. */
  outcome = 0;
  /** Source position of the trap or exit; -1 = unknown. */
  position = -1;
  /** Frontend's notes about the end (abort code, fault text); part of the receipt. */
  detail: unknown = undefined;
  /** The call that a host function asked for by {@link call}. */
  pending: CallRequest | undefined;
  /** Journal as it was when the frame began. */
  checkpoint!: Checkpoint;
  /** Output bytes, taken from memory when the frame ended. */
  output: Uint8Array = EMPTY;
  /**
   * True: compiled code of this frame or of one that it was called from trapped, and what it did is being done again. Nothing below it is
   * compiled, or a chain of n failing calls would run 2^n times.
   */
  replays = false;
  /** Number of this activation, also in the frame's header. */
  serial = 0;
  /** True while the exact interpreter runs this frame. */
  exact = false;

  constructor(runtime: Runtime, request: CallRequest, parent: Frame | undefined, address: number) {
    this.runtime = runtime;
    this.request = request;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.address = address;
    this.end = address + request.program.exact.frameSize;
  }

  get program(): Program {
    return this.request.program;
  }

  get context(): unknown {
    return this.request.context;
  }

  get memory(): LinearMemory {
    return this.runtime.memory;
  }

  get journal(): Journal {
    return this.runtime.journal;
  }

  /** Remaining gas; negative only inside optimistic code. */
  get gas(): bigint {
    return BigInt.asIntN(64, this.memory.u64[this.address >>> 3]!);
  }

  set gas(value: bigint) {
    this.memory.u64[this.address >>> 3] = value;
  }

  /** Takes `amount` (0 <= amount < 2^53); false, with nothing taken, if there is less. No bigint is made. */
  charge(amount: number): boolean {
    const { u32, i32 } = this.memory;
    const at = this.address >>> 2;
    const high = i32[at + 1]!;
    if (high < 0) return false;
    const available = high * 4294967296 + u32[at]!;
    if (available < amount) return false;
    if (high < 1 << 20) {
      const left = available - amount;
      u32[at] = left;
      i32[at + 1] = Math.floor(left / 4294967296);
    } else {
      this.gas = this.gas - BigInt(amount);
    }
    return true;
  }

  /** Address of scratch slot `index`: argument or result number `index` of a host call. */
  slot(index: number): number {
    return this.address + FRAME.SCRATCH + index * FRAME.SLOT;
  }

  argI32(index: number): number {
    return this.memory.i32[this.slot(index) >>> 2]!;
  }

  argI64(index: number): bigint {
    return this.memory.u64[this.slot(index) >>> 3]!;
  }

  argWord(index: number): bigint {
    return this.memory.word(this.slot(index));
  }

  resultI32(index: number, value: number): void {
    this.memory.i32[this.slot(index) >>> 2] = value;
  }

  resultI64(index: number, value: bigint): void {
    this.memory.u64[this.slot(index) >>> 3] = value;
  }

  resultWord(index: number, value: bigint): void {
    this.memory.setWord(this.slot(index), value);
  }

  /** Sets the output range and ends the frame: `return frame.leave(OUTCOME.REVERT)`. */
  leave(outcome: number, outputAddress = 0, outputLength = 0): number {
    this.outcome = outcome;
    this.setOutput(outputAddress, outputLength);
    return HOST.LEAVE;
  }

  setOutput(address: number, length: number): void {
    const at = this.address >>> 2;
    this.memory.i32[at + 2] = address;
    this.memory.i32[at + 3] = length;
  }

  /** Asks for a call: `return frame.call(request)`. */
  call(request: CallRequest): number {
    assert(this.pending === undefined, "one call at a time");
    this.pending = request;
    return HOST.CALL;
  }
}

const EMPTY = new Uint8Array(0);
