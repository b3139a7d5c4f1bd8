import { decodeHex } from "@dragoman/bytes";
import type { SignedTransaction, TransactionStatus } from "@dragoman/chain";
import { evmMarketError } from "@dragoman/protocol";
import {
  BlockNotFoundError,
  type Hash,
  type PublicClient,
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
  if (error instanceof BlockNotFoundError) return undefined;
  throw error;
}

async function placedStatus(
  client: PublicClient,
  receipt: TransactionReceipt,
  head: bigint,
  finalityDepth: number,
): Promise<TransactionStatus> {
  const found = await client.getBlock({ blockHash: receipt.blockHash }).catch(absent);
  // A reorganisation came between the two questions.
  if (found === undefined) return { state: "pending" };
  const isFinal = head - receipt.blockNumber >= BigInt(finalityDepth);
  const place = { block: refOf(found), finality: isFinal ? "FINAL" : "LATEST" } as const;
  if (receipt.status === "success") return { state: "included", ...place };
  const marketError = told(receipt) ?? (await replay(client, receipt));
  const reason = marketError === undefined ? "execution reverted" : `market error ${marketError}`;
  return {
    state: "failed",
    ...place,
    reason,
    ...(marketError === undefined ? {} : { marketError }),
  };
}

/** The market's error that the receipt itself names, on nodes whose receipts have `revertReason`: Besu, and the devnet's. */
function told(receipt: TransactionReceipt): number | undefined {
  const { revertReason } = receipt as { readonly revertReason?: unknown };
  return typeof revertReason === "string" ? evmMarketError(decodeHex(revertReason)) : undefined;
}

/** The market's error of a failed transaction by running it again, on the state before its block and then on that after it. */
async function replay(
  client: PublicClient,
  { transactionHash, blockNumber }: TransactionReceipt,
): Promise<number | undefined> {
  const transaction = await client.getTransaction({ hash: transactionHash });
  const { from, to, input, value } = transaction;
  for (const at of [blockNumber - 1n, blockNumber]) {
    try {
      await client.call({ account: from, to, data: input, value, blockNumber: at });
    } catch (error) {
      const marketError = marketErrorOf(error);
      if (marketError !== undefined) return marketError;
    }
  }
  return undefined;
}
