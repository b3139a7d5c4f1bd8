import type { Execution } from "../block/execution.ts";
import { MAX_BLOCK_WEIGHT, REF_TIME_PER_GAS } from "../runtime/parameters.ts";
import type { EventRecord } from "../runtime/runtime.ts";
import { type ContractOutcome, type ContractRun, runContract } from "./run-contract.ts";

const GAS_MAX = MAX_BLOCK_WEIGHT / REF_TIME_PER_GAS;

/** The gas that is found is too high by one part of so many at most. */
const PRECISION = 64n;

export interface DryRun {
  readonly outcome: ContractOutcome;
  /** Gas with which the run ends the same way; more than it uses where calls keep a 64th back. */
  readonly gasRequired: bigint;
  /** What it would emit. */
  readonly events: readonly EventRecord[];
}

/** Runs a call without leaving a trace, and finds the gas that it needs. `gas` undefined: as much as a block has. */
export function dryRun(
  execution: Execution,
  run: Omit<ContractRun, "gas"> & { readonly gas: bigint | undefined },
): DryRun {
  const attempt = (gas: bigint): Omit<DryRun, "gasRequired"> => {
    let outcome: ContractOutcome | undefined;
    const eventCount = execution.events.length;
    execution.storage.transact(() => {
      outcome = runContract(execution, { ...run, gas });
      return false;
    });
    const events = execution.events.splice(eventCount);
    return { outcome: outcome!, events };
  };
  const most = run.gas === undefined || run.gas > GAS_MAX ? GAS_MAX : run.gas;
  const { outcome, events } = attempt(most);
  const isEnough = (gas: bigint): boolean => attempt(gas).outcome.error === undefined;
  const { error, gasUsed } = outcome;
  const gasRequired = error === undefined ? leastGas(gasUsed, most, isEnough) : gasUsed;
  return { outcome, gasRequired, events };
}

/** The least gas from `used` to `most`, which is enough, that is enough too: exact if it is what is used, else to one part in 64. */
function leastGas(used: bigint, most: bigint, isEnough: (gas: bigint) => boolean): bigint {
  if (used >= most || isEnough(used)) return used;
  let low = used;
  let high = most;
  while (high - low > low / PRECISION) {
    const middle = (low + high) / 2n;
    const twice = low * 2n;
    const next = twice < middle ? twice : middle;
    if (isEnough(next)) high = next;
    else low = next;
  }
  return high;
}
