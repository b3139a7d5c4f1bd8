// tidy: table
import { OUTCOME } from "@dragoman/core";
import { MOVE_STATUS, type MoveStatus } from "../format/index.ts";

/** Ways in which a Move frame ends badly: outcome, status, sub-status (values_impl.rs for vectors). */
export const MOVE_OUTCOMES = [
  [0x500, "ABORTED", undefined],
  [0x501, "ARITHMETIC_ERROR", undefined],
  [0x502, "VECTOR_OPERATION_ERROR", 1],
  [0x503, "VECTOR_OPERATION_ERROR", 2],
  [0x504, "VECTOR_OPERATION_ERROR", 3],
  [0x505, "MISSING_DATA", undefined],
  [0x506, "RESOURCE_ALREADY_EXISTS", undefined],
  [0x507, "STRUCT_VARIANT_MISMATCH", undefined],
  [0x508, "EXECUTION_STACK_OVERFLOW", undefined],
  [0x509, "CALL_STACK_OVERFLOW", undefined],
  [0x50a, "MEMORY_LIMIT_EXCEEDED", undefined],
  [0x50b, "VM_MAX_TYPE_NODES_REACHED", undefined],
  [0x50c, "VM_MAX_TYPE_DEPTH_REACHED", undefined],
  [0x50d, "LINKER_ERROR", undefined],
  [0x50e, "FUNCTION_RESOLUTION_FAILURE", undefined],
  [0x50f, "TYPE_RESOLUTION_FAILURE", undefined],
  [0x510, "FAILED_TO_DESERIALIZE_RESOURCE", undefined],
  [0x511, "EXECUTION_LIMIT_REACHED", undefined],
  [0x512, "UNKNOWN_RUNTIME_STATUS", undefined],
  [0x513, "RUNTIME_DISPATCH_ERROR", undefined],
  [0x514, "VM_MAX_VALUE_DEPTH_REACHED", undefined],
  [0x515, "VARIANT_TAG_MISMATCH", undefined],
  [0x516, "INVALID_ABORT_MESSAGE", undefined],
  [0x517, "ABORT_MESSAGE_LIMIT_EXCEEDED", undefined],
  [0x518, "ACCESS_DENIED", undefined],
  [0x519, "ACCESS_STACK_LIMIT_EXCEEDED", undefined],
  [0x51a, "ACCESS_CONTROL_INVARIANT_VIOLATION", undefined],
] as const satisfies readonly (readonly [number, MoveStatus, number | undefined])[];

/** The outcomes that lowered code names. */
export const MOVE_TRAP = {
  ABORTED: 0x500,
  ARITHMETIC: 0x501,
  VECTOR_INDEX: 0x502,
  VECTOR_POP_EMPTY: 0x503,
  VECTOR_UNPACK_ARITY: 0x504,
  MISSING_DATA: 0x505,
  RESOURCE_EXISTS: 0x506,
  VARIANT_MISMATCH: 0x507,
  OPERAND_STACK: 0x508,
  CALL_STACK: 0x509,
  MEMORY: 0x50a,
  RESOURCE_FORM: 0x510,
  UNKNOWN: 0x512,
  DISPATCH: 0x513,
  VALUE_DEPTH: 0x514,
  /** What a variant that is not the expected one is in the Sui flavour. */
  VARIANT_TAG: 0x515,
  ABORT_MESSAGE_FORM: 0x516,
  ABORT_MESSAGE_SIZE: 0x517,
  ACCESS_DENIED: 0x518,
  ACCESS_STACK: 0x519,
  ACCESS_INVARIANT: 0x51a,
} as const;

/** The outcome of a status that was found out while lifting or in a native. */
export function outcomeOfStatus(status: MoveStatus): number {
  const row = MOVE_OUTCOMES.find(([, name]) => name === status);
  return row === undefined ? MOVE_TRAP.UNKNOWN : row[0];
}

/** Status, its number and its sub-status of a frame's outcome; EXECUTED for success. */
export function statusOfOutcome(outcome: number): {
  readonly status: MoveStatus;
  readonly code: number;
  readonly sub: number | undefined;
} {
  if (outcome === OUTCOME.OK) return named("EXECUTED", undefined);
  if (outcome === OUTCOME.OUT_OF_GAS) return named("OUT_OF_GAS", undefined);
  if (outcome === OUTCOME.OUT_OF_MEMORY) return named("MEMORY_LIMIT_EXCEEDED", undefined);
  const row = MOVE_OUTCOMES.find(([code]) => code === outcome);
  return row === undefined ? named("UNKNOWN_RUNTIME_STATUS", undefined) : named(row[1], row[2]);
}

function named(status: MoveStatus, sub: number | undefined) {
  return { status, code: MOVE_STATUS[status], sub };
}
