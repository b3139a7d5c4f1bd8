import type { SignedTransaction, TransactionStatus } from "@dragoman/chain";
import {
  type Hash,
  type PublicClient,
  type Transaction,
  TransactionNotFoundError,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from "viem";
import { refOf } from "./block-ref.ts";
import { marketErrorOf } from "./evm-error.ts";

/** What has become of a transaction. */
export async function evmStatus(
  client: PublicClient,
  { id, sender, nonce }: SignedTransaction,
  finalityDepth: number,
): Promise<TransactionStatus> {
  const hash = id as Hash;
  const head = await client.getBlockNumber();
  const receipt = await client.getTransactionReceipt({ hash }).catch(absent);
  if (receipt !== undefined) return await placedStatus(client, receipt, head, finalityDepth);
  const transaction = await client.getTransaction({ hash }).catch(absent);
  if (transaction !== undefined) return { state: "pending" };
  if (nonce !== undefined) {
    const depth = BigInt(finalityDepth);
    const blockNumber = head > depth ? head - depth : 0n;
    const address = sender as Hash;
    const used = await client.getTransactionCount({ address, blockNumber });
    if (BigInt(used) > nonce) {
      return { state: "expired", reason: `nonce ${nonce} has been used by another transaction` };
    }
  }
  return { state: "unknown" };
}

function absent(error: unknown): undefined {
  if (error instanceof TransactionReceiptNotFoundError) return undefined;
  if (error instanceof TransactionNotFoundError) return undefined;
  throw error;
}

async function placedStatus(
  client: PublicClient,
  receipt: TransactionReceipt,
  head: bigint,
  finalityDepth: number,
): Promise<TransactionStatus> {
  const block = refOf(await client.getBlock({ blockHash: receipt.blockHash }));
  const isFinal = head - receipt.blockNumber >= BigInt(finalityDepth);
  const place = { block, finality: isFinal ? "FINAL" : "LATEST" } as const;
  if (receipt.status === "success") return { state: "included", ...place };
  const transaction = await client.getTransaction({ hash: receipt.transactionHash });
  const marketError = await replay(client, transaction, receipt.blockNumber);
  const reason = marketError === undefined ? "execution reverted" : `market error ${marketError}`;
  return {
    state: "failed",
    ...place,
    reason,
    ...(marketError === undefined ? {} : { marketError }),
  };
}

/** The market's error of a failed transaction, by running it again on the block's state: receipts do not say it. */
async function replay(
  client: PublicClient,
  { from, to, input, value }: Transaction,
  blockNumber: bigint,
): Promise<number | undefined> {
  for (const at of [blockNumber, blockNumber - 1n]) {
    try {
      await client.call({ account: from, to, data: input, value, blockNumber: at });
    } catch (error) {
      return marketErrorOf(error);
    }
  }
  return undefined;
}
