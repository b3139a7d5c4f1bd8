import { FrameTrace } from "./frame-trace.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Runs something for a tracer: `run` makes an engine with `trace.observer` on a state that stays as it is, and gives `trace` on. It is called a
 * second time, with instructions watched, if the words of a failure depend on an instruction that the tracer did not want to see.
 * `firstLog`: logs of the block before.
 */
export function runTraced<T>(tracer: Tracer, run: (trace: FrameTrace) => T, firstLog = 0): T {
  const trace = new FrameTrace(tracer, tracer.step !== undefined, firstLog);
  const result = run(trace);
  if (!trace.isIncomplete) return result;
  return run(new FrameTrace(tracer, true, firstLog));
}
