import { REVERTED } from "./failure-text.ts";
import type { FrameEnd, FrameEntry, FrameFailure, FrameType } from "./tracer.ts";

const NOTHING = new Uint8Array(0);

/** A log in a call tree. */
export interface CallLog {
  readonly address: Uint8Array;
  readonly topics: readonly Uint8Array[];
  readonly data: Uint8Array;
  /** Among the logs of the block. */
  readonly index: number;
  /** Calls of the frame before it. */
  readonly position: number;
}

/** A frame with those that it opened. */
export class CallFrame {
  readonly type: FrameType;
  readonly from: Uint8Array;
  /** Undefined for a creation that failed. */
  to: Uint8Array | undefined;
  readonly input: Uint8Array;
  gas: bigint;
  gasUsed = 0n;
  /** Wei; undefined for STATICCALL. */
  value: bigint | undefined;
  output: Uint8Array = NOTHING;
  failure: FrameFailure | undefined;
  calls: CallFrame[] = [];
  logs: CallLog[] = [];

  constructor(entry: FrameEntry) {
    this.type = entry.type;
    this.from = entry.from;
    this.to = entry.to;
    this.input = entry.input;
    this.gas = entry.gas;
    this.value = entry.value;
  }

  /** Notes how the frame ended. A failure that undid nothing counts as none. */
  close({ output, failure, isReverted }: FrameEnd): void {
    if (failure === undefined || !isReverted) {
      this.output = output;
      return;
    }
    this.failure = failure;
    if (this.type === "CREATE" || this.type === "CREATE2") this.to = undefined;
    if (failure === REVERTED) this.output = output;
  }
}

/** Forgets the logs of frames that failed and of those below them. */
export function dropFailedLogs(frame: CallFrame, isUndone = false): void {
  const isGone = isUndone || frame.failure !== undefined;
  if (isGone) frame.logs = [];
  for (const call of frame.calls) dropFailedLogs(call, isGone);
}
