import type { Engine, FrameResult } from "@dragoman/core";
import { failure, type InstructionErrorName, type SvmFailure } from "./instruction-error.ts";
import type { SvmInstruction, SvmTransaction } from "./invocation.ts";
import { invocationRequest, openInvocation, settle } from "./invoke.ts";
import { countInstruction, noteProcessed } from "./trace.ts";

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
  const tooMany = countInstruction(journal);
  if (tooMany !== undefined) return refused(tooMany);
  const found = transaction.findProgram(journal, instruction.programId);
  if (found === undefined) return refused("UnsupportedProgramId");
  const invocation = openInvocation(journal, transaction, instruction, found);
  const frame = engine.execute(invocationRequest(invocation, gas));
  const end = settle(journal, invocation, gas, frame);
  if (end.failure === undefined) noteProcessed(transaction, instruction);
  return {
    failure: end.failure,
    gasUsed: gas - end.gasLeft,
    returnData: frame.output,
    frame,
  };
}

/** The end of an instruction that has not begun. */
const refused = (error: InstructionErrorName): SvmResult => ({
  failure: failure(error),
  gasUsed: 0n,
  returnData: new Uint8Array(0),
  frame: undefined,
});
