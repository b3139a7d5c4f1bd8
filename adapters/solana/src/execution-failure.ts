import type { TransactionError } from "@solana/web3.js";

/** Why a transaction failed. */
export interface ExecutionFailure {
  /** Number of the market's error, if it was the market that refused. */
  readonly marketError?: number;
  readonly reason: string;
}

const FAILED = /^Program (\S+) failed: (.*)$/;

/**
 * What a transaction's error and log say. A custom error is the market's own if the market is the first program that failed: a caller fails with
 * the number of what it called.
 */
export function executionFailure(
  error: TransactionError,
  logs: readonly string[],
  programId: string,
): ExecutionFailure {
  const first = logs.map((line) => FAILED.exec(line)).find((match) => match !== null);
  const [, program, sentence] = first ?? [];
  const custom = customError(error);
  const text = typeof error === "string" ? error : JSON.stringify(error);
  if (custom !== undefined && (program === undefined || program === programId)) {
    return { marketError: custom, reason: `market error ${custom}` };
  }
  return { reason: program === undefined ? text : `${program}: ${sentence}` };
}

/** Number of a custom error of an instruction; undefined for other errors. */
function customError(error: TransactionError): number | undefined {
  if (typeof error === "string" || !("InstructionError" in error)) return undefined;
  const [, reason] = error.InstructionError as [number, unknown];
  if (typeof reason !== "object" || reason === null || !("Custom" in reason)) return undefined;
  return Number(reason.Custom);
}
