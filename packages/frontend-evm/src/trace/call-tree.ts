import { assert } from "@dragoman/fault";
import { CallFrame } from "./call-frame.ts";
import type { FrameEnd, FrameEntry, TracedLog, TracedTransaction } from "./tracer.ts";

/** Gathers frames as a tree: what several tracers print in their own ways. */
export class CallTree {
  /** Frames that are open, the root first. */
  readonly open: CallFrame[] = [];
  #root: CallFrame | undefined;
  /** Of the transaction, if the first frame is to have that. */
  #gasLimit: bigint | undefined;

  start({ gasLimit }: TracedTransaction): void {
    this.#gasLimit = gasLimit;
  }

  enter(entry: FrameEntry): CallFrame {
    const frame = new CallFrame(entry);
    if (entry.depth === 0) frame.gas = this.#gasLimit ?? entry.gas;
    this.open.push(frame);
    return frame;
  }

  /** Gives the frame that was closed. */
  exit(end: FrameEnd): CallFrame {
    const frame = this.open.pop();
    assert(frame !== undefined, "a frame ends that began");
    frame.gasUsed = end.gasUsed;
    frame.close(end);
    const parent = this.open.at(-1);
    if (parent === undefined) this.#root = frame;
    else parent.calls.push(frame);
    return frame;
  }

  log({ entry, index }: TracedLog): void {
    const frame = this.open.at(-1);
    assert(frame !== undefined, "a log comes from a frame");
    const { account: address, topics, data } = entry;
    frame.logs.push({ address, topics, data, index, position: frame.calls.length });
  }

  /** The first frame; it pays for the whole transaction. */
  end(gasUsed: bigint): void {
    this.root.gasUsed = gasUsed;
  }

  get root(): CallFrame {
    assert(this.#root !== undefined, "the transaction has ended");
    return this.#root;
  }
}
