import type { Frame } from "@dragoman/core";
import { HEADER } from "../frame-header.ts";
import { type Activation, guestAddress } from "../host/activation.ts";

/** The moment before an instruction. One object serves all instructions of a run: read it during the call, keep none. */
export class Step {
  frame!: Frame;
  activation!: Activation;
  pc = 0;
  op = 0;
  /** Remaining before the instruction. */
  gas = 0;
  /** Frames that are open: 1 in the frame of the transaction. */
  depth = 1;
  /** Operand stack; the top is the last element. */
  stack: readonly bigint[] = [];

  /** Entry `n` below the top, 0 = the top; undefined if there are fewer. */
  peek(n: number): bigint | undefined {
    return this.stack[this.stack.length - 1 - n];
  }

  /** Bytes of guest memory, a multiple of 32. */
  get memorySize(): number {
    return this.frame.memory.i32[(this.frame.address + HEADER.MSIZE) >>> 2] >>> 0;
  }

  /** A copy of guest memory. */
  memory(): Uint8Array {
    return this.frame.memory.slice(guestAddress(this.frame, 0), this.memorySize);
  }

  /** A copy of a range of guest memory, zeros where memory does not reach yet. */
  memoryRange(offset: bigint, length: bigint): Uint8Array {
    const bytes = new Uint8Array(Number(length > RANGE_MAX ? RANGE_MAX : length));
    const size = BigInt(this.memorySize);
    if (offset < size) {
      const from = Number(offset);
      const count = Math.min(bytes.length, Number(size) - from);
      bytes.set(this.frame.memory.slice(guestAddress(this.frame, from), count));
    }
    return bytes;
  }

  /** Output of the last call of the frame. */
  get returnData(): Uint8Array {
    return this.activation.returnData;
  }
}

/** A longer range cannot be paid by any transaction. */
const RANGE_MAX = 1n << 24n;
