import { encodeHex } from "@dragoman/bytes";
import type { CallFrame } from "./call-frame.ts";
import { CallTree } from "./call-tree.ts";
import { REVERTED } from "./failure-text.ts";
import { hexBytes, hexQuantity } from "./json.ts";
import type { FrameEnd, FrameEntry, TracedTransaction, Tracer } from "./tracer.ts";

export interface FlatCallTracerConfig {
  /** Errors in the words of Parity. */
  readonly convertParityErrors?: boolean;
  /** Calls of precompiles too. */
  readonly includePrecompiles?: boolean;
  /** As Parity's own methods: the first frame has the gas that it was given, not that of the transaction, and no result is null. */
  readonly isParity?: boolean;
}

/** Where the traced transaction stands; zeros and nulls without it. */
export interface TracePlace {
  readonly blockHash: Uint8Array;
  readonly blockNumber: number;
  readonly transactionHash: Uint8Array;
  readonly transactionIndex: number;
}

/** Parity's words for those of geth (eth/tracers/native/call_flat.go). */
const PARITY: Readonly<Record<string, string>> = {
  "contract creation code storage out of gas": "Out of gas",
  "out of gas": "Out of gas",
  "gas uint64 overflow": "Out of gas",
  "max code size exceeded": "Out of gas",
  "invalid jump destination": "Bad jump destination",
  "execution reverted": "Reverted",
  "return data out of bounds": "Out of bounds",
  "stack limit reached 1024 (1023)": "Out of stack",
  "precompiled failed": "Built-in failed",
  "invalid input length": "Built-in failed",
};
const PARITY_BEGINNINGS = [
  ["out of gas:", "Out of gas"],
  ["invalid opcode:", "Bad instruction"],
  ["stack underflow", "Stack underflow"],
] as const;

const parityText = (text: string): string =>
  PARITY[text] ?? PARITY_BEGINNINGS.find(([start]) => text.startsWith(start))?.[1] ?? text;

/** Frames one after the other with their paths, as Parity's `trace_` methods give them (eth/tracers/native/call_flat.go). */
export class FlatCallTracer implements Tracer {
  readonly #tree = new CallTree();
  readonly #config: FlatCallTracerConfig;
  readonly #place: TracePlace | undefined;
  readonly #precompiles = new Set<string>();

  constructor(config: FlatCallTracerConfig = {}, place?: TracePlace) {
    this.#config = config;
    this.#place = place;
  }

  start(transaction: TracedTransaction): void {
    if (this.#config.isParity !== true) this.#tree.start(transaction);
    for (const address of transaction.precompiles) this.#precompiles.add(encodeHex(address));
  }

  enter(entry: FrameEntry): void {
    const frame = this.#tree.enter(entry);
    if (entry.depth > 0) frame.value ??= 0n;
  }

  exit(end: FrameEnd): void {
    const { type, to } = this.#tree.exit(end);
    if (end.depth === 0 || this.#config.includePrecompiles === true) return;
    const isCall = type === "CALL" || type === "STATICCALL";
    if (isCall && to !== undefined && this.#precompiles.has(encodeHex(to))) {
      this.#tree.open.at(-1)?.calls.pop();
    }
  }

  end(gasUsed: bigint): void {
    if (this.#config.isParity !== true) this.#tree.end(gasUsed);
  }

  result(): unknown[] {
    const views: unknown[] = [];
    this.#flatten(this.#tree.root, [], views);
    return views;
  }

  #flatten(frame: CallFrame, path: readonly number[], views: unknown[]): void {
    const { failure, calls } = frame;
    const view = viewOf(frame);
    const text = failure?.text;
    const error = this.#config.convertParityErrors === true && text ? parityText(text) : text;
    const hasResult = view.result !== undefined && (failure === undefined || failure === REVERTED);
    const absent = this.#config.isParity === true ? { result: null } : {};
    views.push({
      action: view.action,
      ...placeView(this.#place),
      ...(error === undefined ? {} : { error }),
      ...(hasResult ? { result: view.result } : absent),
      subtraces: calls.length,
      traceAddress: path,
      type: view.type,
    });
    calls.forEach((call, i) => {
      this.#flatten(call, [...path, i], views);
    });
  }
}

function placeView(place: TracePlace | undefined): object {
  return {
    blockHash: place === undefined ? null : encodeHex(place.blockHash),
    blockNumber: place?.blockNumber ?? 0,
    transactionHash: place === undefined ? null : encodeHex(place.transactionHash),
    transactionPosition: place?.transactionIndex ?? 0,
  };
}

interface FlatView {
  readonly type: "call" | "create" | "suicide";
  readonly action: object;
  readonly result?: object;
}

function viewOf(frame: CallFrame): FlatView {
  const { type, from, to, gas, gasUsed, input, output } = frame;
  const value = frame.value === undefined ? {} : { value: hexQuantity(frame.value) };
  if (type === "SELFDESTRUCT") {
    const balance = frame.value === undefined ? {} : { balance: hexQuantity(frame.value) };
    const heir = to === undefined ? {} : { refundAddress: hexBytes(to) };
    return { type: "suicide", action: { address: hexBytes(from), ...balance, ...heir } };
  }
  const paid = { from: hexBytes(from), gas: hexQuantity(gas), ...value };
  const used = { gasUsed: hexQuantity(gasUsed) };
  const target = to === undefined ? undefined : hexBytes(to);
  if (type === "CREATE" || type === "CREATE2") {
    return {
      type: "create",
      action: { creationMethod: type.toLowerCase(), ...paid, init: hexBytes(input) },
      result: {
        ...used,
        code: hexBytes(output),
        ...(target === undefined ? {} : { address: target }),
      },
    };
  }
  return {
    type: "call",
    action: { callType: type.toLowerCase(), ...paid, to: target, input: hexBytes(input) },
    result: { ...used, output: hexBytes(output) },
  };
}
