import { WordPool } from "@dragoman/core";
import { findJumpdests } from "../decode/jumpdests.ts";
import type { ForkName } from "../schedule/forks.ts";
import { NEWEST_FORK, scheduleOf } from "../schedule/schedule.ts";
import { Discovery } from "./discovery.ts";
import { ATTEMPTS_MAX, budgetOf } from "./optimistic.ts";

/**
 * Offsets at which the code's own functions begin, in order: what is entered by jumps that leave their return address on the stack. Empty
 * if the jumps of the code cannot be resolved.
 */
export function findFunctions(code: Uint8Array, fork: ForkName = NEWEST_FORK): number[] {
  const jumpdests = findJumpdests(code);
  const input = { code, jumpdests, schedule: scheduleOf(fork), pool: new WordPool() };
  const notCalled = new Set<number>();
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const discovery = new Discovery(input, notCalled, budgetOf(code));
    if (discovery.run()) {
      const entries = discovery.functions.slice(1).map(({ pc }) => pc);
      return [...new Set(entries)].sort((a, b) => a - b);
    }
    const { disproved, exhausted } = discovery;
    if (exhausted || disproved === undefined || disproved === -1) return [];
    notCalled.add(disproved);
  }
  return [];
}
