import type { LiftInput } from "../lower/emitter.ts";
import { Discovery } from "./discovery.ts";
import { ATTEMPTS_MAX, budgetOf } from "./optimistic.ts";

/**
 * Bytes at the beginning of the code that can run; what follows them is data to every run. -1 if that is not known: a jump cannot be resolved, goes to a
 * constant that is no destination, or it would cost too much to find out.
 */
export function codeExtent(input: LiftInput): number {
  const notCalled = new Set<number>();
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const discovery = new Discovery(input, notCalled, budgetOf(input.code));
    if (discovery.run()) {
      return discovery.jumpsNowhere ? -1 : Math.min(discovery.extent, input.code.length);
    }
    if (discovery.exhausted || discovery.disproved === -1) return -1;
    notCalled.add(discovery.disproved!);
  }
  return -1;
}
