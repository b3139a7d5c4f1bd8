import type { RecordedCall } from "@dragoman/frontend-sbpf";
import type { SvmMessage } from "./message.ts";
import type { SvmTransactionEnvelope } from "./signed-transaction.ts";
import type { TokenBalance } from "./token-balance.ts";
import type { TransactionError } from "./transaction-error.ts";

/** What a transaction did. One that failed has paid its fee and changed nothing else. */
export interface ExecutedTransaction {
  readonly transaction: SvmTransactionEnvelope;
  /** Its message, with the addresses of its tables among the keys. */
  readonly message: SvmMessage;
  /** Undefined = success. */
  readonly error: TransactionError | undefined;
  /** Lamports. */
  readonly fee: bigint;
  /** The part of the fee that is for the compute units. */
  readonly priorityFee: bigint;
  readonly unitsConsumed: number;
  readonly logs: readonly string[];
  /** Calls between programs, by instruction of the transaction. */
  readonly inner: readonly { readonly index: number; readonly calls: readonly RecordedCall[] }[];
  /** What the last program returned; undefined = nothing. */
  readonly returnData: { readonly programId: Uint8Array; readonly data: Uint8Array } | undefined;
  /** Lamports of the message's keys, in their order. */
  readonly preBalances: readonly bigint[];
  readonly postBalances: readonly bigint[];
  readonly preTokens: readonly TokenBalance[];
  readonly postTokens: readonly TokenBalance[];
}

/** A transaction that cannot be in a block: it pays no fee and leaves no trace. */
export interface RefusedTransaction {
  readonly refused: TransactionError;
}
