import type { Journal } from "@dragoman/core";
import type { InstructionErrorName } from "./instruction-error.ts";
import type { Invocation, ProcessedInstruction, SvmTransaction } from "./invocation.ts";

/** Instructions of a transaction, calls between programs among them. */
const INSTRUCTIONS_MAX = 64;
/** Journal counter that holds how many there were. */
const TRACE_COUNTER = 1;

/** Notes that an instruction begins; refuses one too many (agave `transaction-context/src/lib.rs`, push). */
export function countInstruction(journal: Journal): InstructionErrorName | undefined {
  const count = journal.counter(TRACE_COUNTER);
  if (count >= INSTRUCTIONS_MAX) return "MaxInstructionTraceLengthExceeded";
  journal.setCounter(TRACE_COUNTER, count + 1);
  return undefined;
}

/** Notes that `done` has succeeded, for those after it who ask for their siblings. */
export function noteProcessed(
  place: Invocation | SvmTransaction,
  done: ProcessedInstruction,
): void {
  place.processed?.push(done);
}
