import { OUTCOME, type StateReader } from "@dragoman/core";
import { type MoveMessage, type MoveType, moveResults } from "@dragoman/frontend-move";
import { GAS_PARAMETERS } from "../gas-parameters.ts";
import { statusOf } from "./execute-transaction.ts";
import type { ExecutionStatus } from "./execution-status.ts";
import type { MoveMachine } from "./move-machine.ts";

/** What a view gave: the BCS of each result with its type, or how it failed. */
export type ViewResult =
  | {
      readonly ok: true;
      readonly types: readonly MoveType[];
      readonly values: readonly Uint8Array[];
    }
  | { readonly ok: false; readonly status: ExecutionStatus };

/**
 * Calls a public function on a state; its effects are lost. Faults: those of `moveMessage`, and NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH for a function
 * that wants a signer.
 */
export function viewFunction(
  machine: MoveMachine,
  state: StateReader,
  call: Pick<MoveMessage, "module" | "function" | "typeArguments" | "args">,
): ViewResult {
  const gas = GAS_PARAMETERS.EXECUTION_MAX;
  const run = machine.run(machine.engine(state), { ...call, signers: [], gas });
  if (run.result.outcome !== OUTCOME.OK) return { ok: false, status: statusOf(run, true) };
  const { program } = run.request;
  const { bcs } = moveResults(program, run.result.output);
  return { ok: true, types: program.resultTypes, values: bcs };
}
