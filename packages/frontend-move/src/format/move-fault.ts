import { Fault, FaultError, type FaultName } from "@dragoman/fault";
import { MOVE_STATUS, type MoveStatus } from "./status.ts";

/** Where a refused file is wrong; only what is known is there. */
export interface FaultPlace {
  /** Byte of the file. */
  readonly offset?: number;
  /** Index into the function definitions. */
  readonly function?: number;
  /** Instruction of that function. */
  readonly pc?: number;
  /** A pool, and the index in it. */
  readonly table?: string;
  readonly index?: number;
}

/**
 * Input that is refused: a malformed file, a module that does not verify, text that does not
 * assemble. `status` is the Move status, `statusCode` its number; `sentence` says what is wrong.
 * At the edge it is a `FaultError` like any other: `fault.at` is the byte offset of a malformed
 * file, the instruction of a refused function, and `fault.context` has status and place.
 */
export class MoveFault extends FaultError {
  readonly status: MoveStatus;
  readonly statusCode: number;
  readonly sentence: string;
  readonly place: FaultPlace;

  constructor(status: MoveStatus, place: FaultPlace, sentence: string) {
    const statusCode = MOVE_STATUS[status];
    const message = `${status}: ${sentence}${wherePhrase(place)}`;
    const context = { status, statusCode, ...place };
    super(new Fault(faultName(status), place.offset ?? place.pc, message, context));
    this.status = status;
    this.statusCode = statusCode;
    this.sentence = sentence;
    this.place = place;
  }
}

/** Statuses that speak of a call, not of the code that it calls. */
const CALL_STATUSES: ReadonlySet<MoveStatus> = new Set<MoveStatus>([
  "EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION",
  "FAILED_TO_DESERIALIZE_ARGUMENT",
  "FUNCTION_RESOLUTION_FAILURE",
  "INVALID_PARAM_TYPE_FOR_DESERIALIZATION",
  "NUMBER_OF_ARGUMENTS_MISMATCH",
  "NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH",
  "TYPE_RESOLUTION_FAILURE",
]);

function faultName(status: MoveStatus): FaultName {
  if (CALL_STATUSES.has(status)) return "INVALID_CALL_ARGUMENT";
  if (status === "UNKNOWN_VERSION") return "UNSUPPORTED_MOVE_VERSION";
  return MOVE_STATUS[status] >= 3000 ? "MALFORMED_MODULE" : "INVALID_MODULE";
}

/** Text that does not assemble: `at` is the offset of the refused word in the text. */
export class MoveTextFault extends FaultError {
  readonly sentence: string;
  /** Line and column, from 1. */
  readonly line: number;
  readonly column: number;

  constructor(text: string, at: number, sentence: string) {
    const before = text.slice(0, at).split("\n");
    const line = before.length;
    const column = (before.at(-1) as string).length + 1;
    super(new Fault("MALFORMED_MOVE_ASM", at, `${sentence} (line ${line}, column ${column})`));
    this.sentence = sentence;
    this.line = line;
    this.column = column;
  }
}

function wherePhrase(place: FaultPlace): string {
  const parts: string[] = [];
  if (place.table !== undefined) parts.push(`${place.table} ${place.index ?? ""}`.trim());
  if (place.function !== undefined) parts.push(`function ${place.function}`);
  if (place.pc !== undefined) parts.push(`instruction ${place.pc}`);
  if (place.offset !== undefined) parts.push(`byte ${place.offset}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
