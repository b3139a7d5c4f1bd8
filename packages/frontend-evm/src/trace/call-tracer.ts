import { type CallFrame, type CallLog, dropFailedLogs } from "./call-frame.ts";
import { CallTree } from "./call-tree.ts";
import { hexBytes, hexQuantity } from "./json.ts";
import { revertReason } from "./revert-reason.ts";
import type { FrameEnd, FrameEntry, TracedLog, TracedTransaction, Tracer } from "./tracer.ts";

export interface CallTracerConfig {
  /** The first frame alone. */
  readonly onlyTopCall?: boolean;
  /** Logs of frames that did not fail. */
  readonly withLog?: boolean;
}

/** A frame as geth's `callTracer` writes it. */
export interface CallView {
  readonly type: string;
  readonly from: string;
  readonly to?: string;
  readonly value?: string;
  readonly gas: string;
  readonly gasUsed: string;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly revertReason?: string;
  readonly calls?: readonly CallView[];
  readonly logs?: readonly unknown[];
}

/** The tree of calls (eth/tracers/native/call.go). */
export class CallTracer implements Tracer {
  readonly #tree = new CallTree();
  readonly #config: CallTracerConfig;
  #depth = 0;
  /** Absent unless logs are wanted. */
  readonly log?: (log: TracedLog) => void;

  constructor(config: CallTracerConfig = {}) {
    this.#config = config;
    if (config.withLog !== true) return;
    this.log = (log) => {
      if (this.#isWanted(this.#depth)) this.#tree.log(log);
    };
  }

  start(transaction: TracedTransaction): void {
    this.#tree.start(transaction);
  }

  enter(entry: FrameEntry): void {
    this.#depth = entry.depth;
    if (this.#isWanted(entry.depth)) this.#tree.enter(entry);
  }

  exit(end: FrameEnd): void {
    this.#depth = end.depth - 1;
    if (this.#isWanted(end.depth)) this.#tree.exit(end);
  }

  #isWanted(depth: number): boolean {
    return depth === 0 || this.#config.onlyTopCall !== true;
  }

  end(gasUsed: bigint): void {
    this.#tree.end(gasUsed);
    dropFailedLogs(this.#tree.root);
  }

  result(): CallView {
    return callView(this.#tree.root);
  }
}

const callView = (frame: CallFrame): CallView => ({
  ...frameView(frame),
  ...(frame.calls.length === 0 ? {} : { calls: frame.calls.map(callView) }),
});

/** A frame without those that it opened. */
export function frameView(frame: CallFrame): Omit<CallView, "calls"> {
  const { type, from, to, value, gas, gasUsed, input, output, failure, logs } = frame;
  const reason = failure === undefined ? undefined : revertReason(output);
  return {
    from: hexBytes(from),
    gas: hexQuantity(gas),
    gasUsed: hexQuantity(gasUsed),
    ...(to === undefined ? {} : { to: hexBytes(to) }),
    input: hexBytes(input),
    ...(output.length === 0 ? {} : { output: hexBytes(output) }),
    ...(failure === undefined ? {} : { error: failure.text }),
    ...(reason === undefined ? {} : { revertReason: reason }),
    ...(logs.length === 0 ? {} : { logs: logs.map(logView) }),
    ...(value === undefined ? {} : { value: hexQuantity(value) }),
    type,
  };
}

const logView = ({ address, topics, data, index, position }: CallLog): unknown => ({
  address: hexBytes(address),
  topics: topics.map(hexBytes),
  data: hexBytes(data),
  index: hexQuantity(index),
  position: hexQuantity(position),
});
