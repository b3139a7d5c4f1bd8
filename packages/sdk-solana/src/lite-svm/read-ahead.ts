import { FaultError, refuse } from "@dragoman/fault";
import { hasValidSignaturesOffThread, type SvmTransactionEnvelope } from "@dragoman/ledger-svm";
import { readTransaction, type TransactionInput } from "./transaction-input.ts";

/** A transaction, and whether its signatures are good; undefined where nobody asked. */
export interface ReadTransaction {
  readonly transaction: SvmTransactionEnvelope;
  readonly isSigned: boolean | undefined;
}

/** Transactions whose signatures are being checked at most: enough for many cores, and little memory. */
const AHEAD_MAX = 128;

/**
 * Transactions in their order, of bytes of their own, while signatures of the next ones are checked on the platform's threads.
 *
 * Faults: those of a transaction that is malformed, with its position, once those before it have been taken.
 */
export async function* readAhead(
  inputs: Iterable<TransactionInput>,
  verifies: boolean,
): AsyncGenerator<ReadTransaction, void, undefined> {
  const waiting: Promise<ReadTransaction>[] = [];
  let position = 0;
  for (const input of inputs) {
    const next = readOne(input, position++, verifies);
    // A failure is heard when it is this one's turn, or never if one before it failed.
    next.catch(() => undefined);
    if (waiting.push(next) > AHEAD_MAX) yield (await waiting.shift())!;
  }
  for (const next of waiting) yield await next;
}

async function readOne(
  input: TransactionInput,
  position: number,
  verifies: boolean,
): Promise<ReadTransaction> {
  const transaction = readOwn(input, position);
  const isSigned = verifies ? await hasValidSignaturesOffThread(transaction) : undefined;
  return { transaction, isSigned };
}

/** Reads a copy: what was checked is what runs, whatever the sender does to the bytes meanwhile. */
function readOwn(input: TransactionInput, position: number): SvmTransactionEnvelope {
  try {
    return readTransaction(input instanceof Uint8Array ? Uint8Array.from(input) : input);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { name, at, message } = error.fault;
    return refuse(name, at, `transaction ${position}: ${message}`);
  }
}
