import type { Step } from "./step.ts";
import type { FrameEnd, FrameEntry, TracedLog, TracedTransaction, Tracer } from "./tracer.ts";

/** Several tracers in one run; the result has that of each by its name (eth/tracers/native/mux.go). */
export class MuxTracer implements Tracer {
  readonly #tracers: ReadonlyMap<string, Tracer>;
  /** These are absent if none of the tracers wants them: then the run is not slowed down. */
  readonly step?: (step: Step) => void;

  readonly log?: (log: TracedLog) => void;
  readonly touch?: (address: Uint8Array, slot: bigint | undefined) => void;

  constructor(tracers: ReadonlyMap<string, Tracer>) {
    this.#tracers = tracers;
    if ([...tracers.values()].some(({ log }) => log !== undefined)) {
      this.log = (log) => {
        for (const tracer of tracers.values()) tracer.log?.(log);
      };
    }
    if ([...tracers.values()].some(({ touch }) => touch !== undefined)) {
      this.touch = (address, slot) => {
        for (const tracer of tracers.values()) tracer.touch?.(address, slot);
      };
    }
    if ([...tracers.values()].some(({ step }) => step !== undefined)) {
      this.step = (step) => {
        for (const tracer of tracers.values()) tracer.step?.(step);
      };
    }
  }

  start(transaction: TracedTransaction): void {
    for (const tracer of this.#tracers.values()) tracer.start?.(transaction);
  }

  enter(entry: FrameEntry): void {
    for (const tracer of this.#tracers.values()) tracer.enter?.(entry);
  }

  exit(end: FrameEnd): void {
    for (const tracer of this.#tracers.values()) tracer.exit?.(end);
  }

  priced(depth: number, cost: number, failure: string | undefined, refund: number): void {
    for (const tracer of this.#tracers.values()) tracer.priced?.(depth, cost, failure, refund);
  }

  end(gasUsed: bigint): void {
    for (const tracer of this.#tracers.values()) tracer.end?.(gasUsed);
  }

  result(): Record<string, unknown> {
    return Object.fromEntries([...this.#tracers].map(([name, tracer]) => [name, tracer.result()]));
  }
}
