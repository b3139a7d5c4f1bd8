import type { TransactionError } from "@dragoman/ledger-svm";
import type { Remembered } from "./state-image.ts";
import { liteSvmError } from "./transaction-errors.ts";
import { FailedTransactionMetadata, TransactionMetadata } from "./transaction-metadata.ts";

/** How a transaction ended. */
export type Sent = TransactionMetadata | FailedTransactionMetadata;

/** The end of a transaction that ran. */
export const sentOf = ({ signature, error, record }: Remembered): Sent => {
  const meta = new TransactionMetadata(signature, record);
  return error === undefined ? meta : failed(error, meta);
};

export const failed = (
  error: TransactionError,
  meta: TransactionMetadata,
): FailedTransactionMetadata => new FailedTransactionMetadata(liteSvmError(error), meta);
