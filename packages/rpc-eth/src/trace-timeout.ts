import type { Step, Tracer } from "@dragoman/frontend-evm/trace";
import { RpcError } from "@dragoman/rpc-server";
import { SERVER_ERROR } from "./read-params.ts";

/** Instructions between two looks at the clock. */
const STEPS = 4096;

/**
 * The tracer with a limit of time, which is looked at where instructions are watched: a run without them is fast enough for any gas that a
 * transaction can have. Beyond the limit the run ends with geth's "execution timeout".
 */
export function limitTime(tracer: Tracer, limitMs: number): Tracer {
  if (tracer.step === undefined) return tracer;
  const deadline = performance.now() + limitMs;
  let left = STEPS;
  return {
    start: (transaction) => tracer.start?.(transaction),
    enter: (entry) => tracer.enter?.(entry),
    exit: (end) => tracer.exit?.(end),
    ...(tracer.log === undefined ? {} : { log: (log) => tracer.log?.(log) }),
    ...(tracer.touch === undefined
      ? {}
      : { touch: (address, slot) => tracer.touch?.(address, slot) }),
    step: (step: Step) => {
      if (--left === 0) {
        left = STEPS;
        if (performance.now() > deadline) throw new RpcError(SERVER_ERROR, "execution timeout");
      }
      tracer.step?.(step);
    },
    priced: (depth, cost, failure, refund) => tracer.priced?.(depth, cost, failure, refund),
    end: (gasUsed) => tracer.end?.(gasUsed),
    result: () => tracer.result(),
  };
}
