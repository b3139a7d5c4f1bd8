import type { ExecutedTransaction } from "@dragoman/ledger-svm";

/** A call of a program by another, by positions among the transaction's keys; -1 = a key that is not among them. */
export interface InnerCall {
  readonly program: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
  /** 2 = called by an instruction of the transaction. */
  readonly height: number;
}

/** What is remembered of a transaction that ran. */
export interface TransactionRecord {
  readonly logs: readonly string[];
  readonly unitsConsumed: number;
  /** Lamports. */
  readonly fee: bigint;
  /** Calls by instruction of the transaction. */
  readonly inner: readonly (readonly InnerCall[])[];
  readonly returnData: ExecutedTransaction["returnData"];
}

/** The record of a transaction as the ledger executed it. */
export function transactionRecord(executed: ExecutedTransaction): TransactionRecord {
  const { message, inner, logs, unitsConsumed, fee } = executed;
  const returnData = executed.returnData && {
    programId: executed.returnData.programId.slice(),
    data: executed.returnData.data,
  };
  if (inner.length === 0) {
    const none = message.instructions.map(() => []);
    return { logs, unitsConsumed, fee, returnData, inner: none };
  }
  const { keys } = message;
  const positions = new Map(keys.map((key, index) => [String(key), index]));
  const at = (key: Uint8Array): number => positions.get(String(key)) ?? -1;
  return {
    logs,
    unitsConsumed,
    fee,
    returnData,
    inner: message.instructions.map((_, index) =>
      (inner.find((calls) => calls.index === index)?.calls ?? []).map((call) => ({
        program: at(call.programId),
        accounts: call.accounts.map(at),
        ...{ data: call.data, height: call.height },
      })),
    ),
  };
}
