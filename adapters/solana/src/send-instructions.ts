import {
  ComputeBudgetProgram,
  type Connection,
  type Keypair,
  Transaction,
  type TransactionInstruction,
} from "@solana/web3.js";

const POLL_MS = 20;
const UNITS = 1_400_000;

/** Signs and sends a transaction that the first of `signers` pays, and waits until it is confirmed. Rejects if it fails or expires. */
export async function sendInstructions(
  connection: Connection,
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[],
): Promise<string> {
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
  const transaction = new Transaction({
    ...{ blockhash, lastValidBlockHeight },
    feePayer: signers[0]!.publicKey,
  });
  transaction.add(ComputeBudgetProgram.setComputeUnitLimit({ units: UNITS }), ...instructions);
  transaction.sign(...signers);
  const id = await connection.sendRawTransaction(transaction.serialize());
  // Polling in place of a subscription: no socket outlives the call.
  for (;;) {
    const { value } = await connection.getSignatureStatus(id);
    if (value?.err) throw new Error(`transaction ${id} failed: ${JSON.stringify(value.err)}`);
    if (value !== null) return id;
    if ((await connection.getBlockHeight()) > lastValidBlockHeight) {
      throw new Error(`transaction ${id} expired at height ${lastValidBlockHeight}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
