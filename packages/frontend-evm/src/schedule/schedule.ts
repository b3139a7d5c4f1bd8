import { EVM_OPS } from "../opcodes.ts";
import { FORK_NAMES, type ForkName, forkIndex } from "./forks.ts";
import { FRONTIER_RULES, PATCHES, type Rules } from "./patches.ts";
import { PRECOMPILES, type PrecompileName } from "./precompiles.ts";

/** Everything about execution that depends on the fork. */
export interface Schedule {
  readonly fork: ForkName;
  /** Static gas of each code; -1 = no such instruction in this fork (it ends the frame like INVALID). */
  readonly gas: Int32Array;
  readonly rules: Readonly<Rules>;
  /** The fork's precompiles by address. */
  readonly precompiles: ReadonlyMap<number, PrecompileName>;
}

const schedules = new Map<ForkName, Schedule>();

/** The schedule of a fork: instruction table and patches folded up to it. */
export function scheduleOf(fork: ForkName): Schedule {
  let schedule = schedules.get(fork);
  if (schedule === undefined) {
    schedule = fold(fork);
    schedules.set(fork, schedule);
  }
  return schedule;
}

/** The newest fork that is implemented. */
export const NEWEST_FORK: ForkName = FORK_NAMES[FORK_NAMES.length - 1]!;

function fold(fork: ForkName): Schedule {
  const last = forkIndex(fork);
  const gas = new Int32Array(256).fill(-1);
  const codes = new Map<string, number>();
  for (const [code, name, , , , price, since] of EVM_OPS) {
    codes.set(name, code);
    if (forkIndex(since) <= last && name !== "invalid") gas[code] = price;
  }
  let rules = FRONTIER_RULES;
  for (const patch of PATCHES) {
    if (forkIndex(patch.fork) > last) continue;
    for (const [name, price] of Object.entries(patch.gas ?? {})) {
      const code = codes.get(name)!;
      if (gas[code]! >= 0) gas[code] = price;
    }
    rules = { ...rules, ...patch.rules };
  }
  const precompiles = new Map<number, PrecompileName>();
  for (const [address, name, since] of PRECOMPILES) {
    if (forkIndex(since) <= last) precompiles.set(address, name);
  }
  return { fork, gas, rules, precompiles };
}
