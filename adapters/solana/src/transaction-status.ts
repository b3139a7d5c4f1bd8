import type { Finality, SignedTransaction, TransactionStatus } from "@dragoman/chain";
import type { Connection } from "@solana/web3.js";
import { executionFailure } from "./execution-failure.ts";
import type { SolanaBlocks } from "./solana-blocks.ts";

/** Where a transaction is. A Solana node does not tell of transactions that wait, so none is ever `pending`. */
export async function transactionStatus(
  connection: Connection,
  blocks: SolanaBlocks,
  { id, validUntil }: SignedTransaction,
  programId: string,
): Promise<TransactionStatus> {
  // First the height: what is not there afterwards, and was too late before, can never be included.
  const height = await connection.getBlockHeight("finalized");
  const { value } = await connection.getSignatureStatus(id, { searchTransactionHistory: true });
  const block = value === null ? undefined : await blocks.ref(value.slot);
  if (value === null || block === undefined) {
    const isLate = validUntil !== undefined && "height" in validUntil && validUntil.height < height;
    return isLate
      ? { state: "expired", reason: `its blockhash was valid until height ${validUntil.height}` }
      : { state: "unknown" };
  }
  const finality: Finality = value.confirmationStatus === "finalized" ? "FINAL" : "LATEST";
  if (value.err === null) return { state: "included", block, finality };
  const transaction = await connection.getTransaction(id, {
    commitment: "confirmed",
    maxSupportedTransactionVersion: 0,
  });
  const logs = transaction?.meta?.logMessages ?? [];
  return { state: "failed", block, finality, ...executionFailure(value.err, logs, programId) };
}
