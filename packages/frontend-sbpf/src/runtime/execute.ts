import { equalBytes } from "@dragoman/bytes";
import type { Engine, FrameResult, Journal } from "@dragoman/core";
import { accountIndex, HEAD, readHead } from "./accounts.ts";
import { ADDRESS } from "./addresses.ts";
import { failure, type SvmFailure } from "./instruction-error.ts";
import { logTo, type SvmInstruction, type SvmTransaction } from "./invocation.ts";
import { invocationRequest, openInvocation, programName, settle } from "./invoke.ts";

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
    logUndeployed(engine.journal, instruction.programId);
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

/** What the log says of a program of the upgradeable loader whose code is gone or broken. */
function logUndeployed(journal: Journal, id: Uint8Array): void {
  const owner = readHead(journal, accountIndex(journal, id)).subarray(HEAD.OWNER, HEAD.OWNER + 32);
  if (!equalBytes(owner, ADDRESS.LOADER_V3.bytes)) return;
  const name = programName(id);
  logTo(journal, id, `Program ${name} invoke [1]`);
  logTo(journal, id, "Program is not deployed");
  logTo(journal, id, `Program ${name} failed: ${failure("UnsupportedProgramId").text}`);
}
