import type { Observer } from "@dragoman/core";
import type { TraceEntry } from "@dragoman/schema";
import { describePosition } from "@dragoman/vm";
import { TRACE_MAX, TRACE_STEP_MAX } from "./limits.ts";

/** Records executed instructions, up to the limits; one list for each step. */
export class Tracer {
  #entries: TraceEntry[] = [];
  #left = TRACE_MAX;

  readonly observe: Observer = (frame, position, gas) => {
    if (this.#left === 0 || this.#entries.length === TRACE_STEP_MAX) return;
    this.#left--;
    const { depth, program } = frame;
    this.#entries.push({ depth, ...describePosition(program, position), gas });
  };

  /** What was recorded since the last call. */
  take(): readonly TraceEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }
}
