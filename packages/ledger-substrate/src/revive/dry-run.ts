import type { Execution } from "../block/execution.ts";
import { MAX_BLOCK_WEIGHT, REF_TIME_PER_GAS } from "../runtime/parameters.ts";
import type { EventRecord } from "../runtime/runtime.ts";
import { type ContractOutcome, type ContractRun, runContract } from "./run-contract.ts";

const GAS_MAX = MAX_BLOCK_WEIGHT / REF_TIME_PER_GAS;

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
  let events: readonly EventRecord[] = [];
  const attempt = (gas: bigint): ContractOutcome => {
    let outcome: ContractOutcome | undefined;
    const eventCount = execution.events.length;
    execution.storage.transact(() => {
      outcome = runContract(execution, { ...run, gas });
      return false;
    });
    events = execution.events.splice(eventCount);
    return outcome!;
  };
  const most = run.gas === undefined || run.gas > GAS_MAX ? GAS_MAX : run.gas;
  const outcome = attempt(most);
  if (outcome.error !== undefined) return { outcome, gasRequired: outcome.gasUsed, events: [] };
  let gasRequired = outcome.gasUsed;
  while (gasRequired < most && attempt(gasRequired).error !== undefined) {
    gasRequired += gasRequired / 16n + 1n;
    if (gasRequired > most) gasRequired = most;
  }
  return { outcome, gasRequired, events };
}
