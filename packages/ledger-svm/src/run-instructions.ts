import { equalBytes } from "@dragoman/bytes";
import type { Engine } from "@dragoman/core";
import {
  type AccountMeta,
  countInstruction,
  executeInstruction,
  hasFeature,
  LogLine,
  noteProcessed,
  type RecordedCall,
  recordedCall,
  recordedReturn,
  type SvmInstruction,
  type SvmResult,
  type SvmTransaction,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import type { ComputeBudget } from "./compute-budget.ts";
import type { ExecutedTransaction } from "./executed-transaction.ts";
import { INSTRUCTIONS_SYSVAR, instructionsSysvar } from "./instructions-sysvar.ts";
import { LogCollector } from "./log-collector.ts";
import type { SvmMessage } from "./message.ts";
import { messageInstructions } from "./message-accounts.ts";
import { checkPrecompile } from "./precompiles.ts";
import { SYSVAR_OWNER } from "./sysvar-accounts.ts";
import { instructionError, type TransactionError } from "./transaction-error.ts";

/** The end of running a transaction's instructions. */
export interface Run {
  readonly error: TransactionError | undefined;
  readonly unitsConsumed: number;
  readonly logs: readonly string[];
  readonly inner: ExecutedTransaction["inner"];
  readonly returnData: ExecutedTransaction["returnData"];
}

/** A transaction that has failed before any of its instructions. */
export const notRun = (error: TransactionError): Run => ({
  error,
  unitsConsumed: 0,
  logs: [],
  inner: [],
  returnData: undefined,
});

/** Runs a message's instructions one after the other, until one fails, on the engine's journal (agave `svm/src/message_processor.rs`). */
export function runInstructions(
  engine: Engine,
  shared: SvmTransaction,
  message: SvmMessage,
  accounts: readonly AccountMeta[],
  { unitLimit, logBytesMax }: Pick<ComputeBudget, "unitLimit"> & { logBytesMax: number },
): Run {
  const logs = new LogCollector(logBytesMax);
  const inner: { index: number; calls: RecordedCall[] }[] = [];
  let unitsLeft = BigInt(unitLimit);
  let error: TransactionError | undefined;
  let returnData: Run["returnData"];
  const showsItself = accounts.some(({ key }) => equalBytes(key, INSTRUCTIONS_SYSVAR));
  const instructions = messageInstructions(message, accounts);
  for (let index = 0; index < instructions.length; index++) {
    const instruction = instructions[index]!;
    if (showsItself) showInstructions(engine, instructionsSysvar(message, index));
    const checked = runPrecompile(engine, shared, message, index, instruction);
    if (checked === "passed") continue;
    if (checked === "none") {
      const result = runOne(engine, shared, instruction, unitsLeft, logs);
      unitsLeft -= result.gasUsed;
      returnData = result.returned ?? returnData;
      if (result.calls.length > 0) inner.push({ index, calls: result.calls });
      if (result.failure !== undefined) error = instructionError(index, result.failure);
    } else error = checked;
    if (error !== undefined) break;
  }
  if (showsItself) writeAccount(engine.journal, INSTRUCTIONS_SYSVAR, undefined);
  return {
    error,
    logs: logs.lines,
    inner,
    returnData: returnData === undefined || returnData.data.length === 0 ? undefined : returnData,
    unitsConsumed: unitLimit - Number(unitsLeft),
  };
}

/** What the check of a precompile says of the instruction at `index`; before movePrecompileVerificationToSvm it has been made already. */
function runPrecompile(
  { journal }: Engine,
  shared: SvmTransaction,
  message: SvmMessage,
  index: number,
  instruction: SvmInstruction,
): TransactionError | "none" | "passed" {
  const verdict = checkPrecompile(message, index, shared.features ?? new Set());
  if (verdict === "none") return "none";
  const tooMany = countInstruction(journal);
  if (tooMany !== undefined) return { InstructionError: [index, tooMany] };
  if (verdict !== undefined && hasFeature(shared, "movePrecompileVerificationToSvm")) {
    return { InstructionError: [index, { Custom: verdict }] };
  }
  noteProcessed(shared, instruction);
  return "passed";
}

/** An instruction's end, with the calls that it made and what was returned last, which may be nothing. */
type OneRun = Pick<SvmResult, "failure" | "gasUsed"> & {
  readonly calls: RecordedCall[];
  readonly returned: Run["returnData"];
};

function runOne(
  engine: Engine,
  shared: SvmTransaction,
  instruction: SvmInstruction,
  units: bigint,
  lines: LogCollector,
): OneRun {
  const { logs } = engine.journal;
  const start = logs.length;
  const { failure, gasUsed } = executeInstruction(engine, shared, instruction, units);
  const calls: RecordedCall[] = [];
  let returned: Run["returnData"];
  for (let at = start; at < logs.length; at++) {
    const entry = logs[at]!;
    if (entry instanceof LogLine) {
      lines.add(entry.text);
      continue;
    }
    const call = recordedCall(entry);
    if (call !== undefined) calls.push(call);
    else returned = recordedReturn(entry) ?? returned;
  }
  return { failure, gasUsed, calls, returned };
}

function showInstructions({ journal }: Engine, data: Uint8Array): void {
  writeAccount(journal, INSTRUCTIONS_SYSVAR, {
    lamports: 0n,
    owner: SYSVAR_OWNER,
    executable: false,
    rentEpoch: 0n,
    data,
  });
}
