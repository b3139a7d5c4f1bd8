import {
  ComputeBudgetProgram,
  type Connection,
  type Keypair,
  type TransactionInstruction,
  VersionedTransaction,
} from "@solana/web3.js";
import { messageOf } from "./market-message.ts";

const POLL_MS = 20;
const UNITS = 1_400_000;

/** Instructions that go into one transaction, which the first of `signers` pays. */
export interface SignedInstructions {
  readonly instructions: readonly TransactionInstruction[];
  readonly signers: readonly Keypair[];
}

/** Signs and sends one transaction after a trial run, and waits until it is confirmed. Rejects if it fails or expires. */
export const sendInstructions = (
  connection: Connection,
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[],
): Promise<void> => sendTransactions(connection, [{ instructions, signers }], false);

/** Transactions that name one blockhash: together they must be done before it is too old. */
export const TOGETHER_MAX = 64;

/** Signs and sends transactions that do not depend on each other, and waits until all are confirmed. Rejects if one fails or expires. */
export async function sendTransactions(
  connection: Connection,
  transactions: readonly SignedInstructions[],
  skipPreflight = true,
): Promise<void> {
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
  const waiting = new Set<string>();
  for (const { instructions, signers } of transactions) {
    const payerKey = signers[0]!.publicKey;
    const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: UNITS });
    // Version 0: web3.js writes data of legacy messages in base58, whose time grows with the square of their length.
    const transaction = new VersionedTransaction(
      messageOf(payerKey, blockhash, [limit, ...instructions]),
    );
    transaction.sign([...signers]);
    waiting.add(await connection.sendRawTransaction(transaction.serialize(), { skipPreflight }));
  }
  // Polling in place of a subscription: no socket outlives the call.
  while (waiting.size > 0) {
    const ids = [...waiting];
    const height = await connection.getBlockHeight();
    const { value } = await connection.getSignatureStatuses(ids);
    for (const [index, id] of ids.entries()) {
      const status = value[index];
      if (status?.err) throw new Error(`transaction ${id} failed: ${JSON.stringify(status.err)}`);
      if (status) waiting.delete(id);
      else if (height > lastValidBlockHeight) {
        throw new Error(`transaction ${id} expired at height ${lastValidBlockHeight}`);
      }
    }
    if (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
