import { isOk, type LogEntry, OUTCOME } from "@dragoman/core";
import { EVM_OUTCOME_NAMES } from "../outcome.ts";

/** How a call ended. Gas is that of execution: no intrinsic gas, no refund taken off. */
export interface CallResult {
  readonly ok: boolean;
  /** Why it failed: "REVERT", "OUT_OF_GAS", "INVALID_JUMP" …; absent where it did not. */
  readonly exceptionError?: string;
  /** Return data, or the data of a revert. */
  readonly returnValue: Uint8Array;
  readonly executionGasUsed: bigint;
  /** What a transaction would get back, before its cap (EIP-3529). */
  readonly gasRefund: bigint;
  readonly logs: readonly LogEntry[];
  /** Which tier finished it. */
  readonly tier: "interpret" | "compile";
  /** 20 bytes: where a creation put its contract. */
  readonly createdAddress?: Uint8Array;
}

const CORE_NAMES = new Map<number, string>(
  Object.entries(OUTCOME).map(([name, code]) => [code, name]),
);

/** The name under which an outcome is told; undefined for success. */
export const exceptionOf = (outcome: number): string | undefined =>
  isOk(outcome) ? undefined : (EVM_OUTCOME_NAMES.get(outcome) ?? CORE_NAMES.get(outcome));
