import type { Engine, FrameResult } from "@dragoman/core";
import { failure, type SvmFailure } from "./instruction-error.ts";
import type { SvmInstruction, SvmTransaction } from "./invocation.ts";
import { invocationRequest, openInvocation, settle } from "./invoke.ts";

export interface SvmResult {
  readonly failure: SvmFailure | undefined;
  readonly gasUsed: bigint;
  readonly returnData: Uint8Array;
  /** What the engine said; undefined if no program was found. */
  readonly frame: FrameResult | undefined;
}

/**
 * Runs one instruction of a transaction on the engine's journal, which keeps its changes if it succeeds. Logs are entries of the journal, one
 * line each.
 */
export function executeInstruction(
  engine: Engine,
  transaction: SvmTransaction,
  instruction: SvmInstruction,
  gas: bigint,
): SvmResult {
  const { journal } = engine;
  const found = transaction.findProgram(journal, instruction.programId);
  if (found === undefined) {
    return {
      failure: failure("UnsupportedProgramId"),
      gasUsed: 0n,
      returnData: new Uint8Array(0),
      frame: undefined,
    };
  }
  const invocation = openInvocation(journal, transaction, instruction, found);
  const frame = engine.execute(invocationRequest(invocation, gas));
  const end = settle(journal, invocation, gas, frame);
  return {
    failure: end.failure,
    gasUsed: gas - end.gasLeft,
    returnData: frame.output,
    frame,
  };
}
