import {
  isUserTransactionResponse,
  type TransactionResponse,
  TransactionResponseType,
} from "@aptos-labs/ts-sdk";
import type { BlockRef, SignedTransaction, TransactionStatus } from "@dragoman/chain";
import { moveMarketError } from "@dragoman/protocol";
import type { MoveNode, NodeBlock } from "./move-node.ts";

const find = (node: MoveNode, id: string): Promise<TransactionResponse | undefined> =>
  node.find<TransactionResponse>(`transactions/by_hash/${id}`);

/** What the node says of a transaction. Rejects with a ChainError. */
export async function transactionStatus(
  node: MoveNode,
  signed: SignedTransaction,
  finalityDepth: number,
  packageAddress: string,
): Promise<TransactionStatus> {
  const found = await find(node, signed.id);
  if (found === undefined) return absentStatus(node, signed, finalityDepth);
  if (found.type === TransactionResponseType.Pending) return { state: "pending" };
  const [block, final] = await Promise.all([
    node.find<NodeBlock>(`blocks/by_version/${"version" in found ? found.version : 0}`),
    node.finalBlock(finalityDepth),
  ]);
  // A reorganisation between two answers: ask again.
  if (block === undefined) return { state: "unknown" };
  const ref: BlockRef = await node.refOf(block);
  const finality = ref.height <= Number(final.block_height) ? "FINAL" : "LATEST";
  if (!isUserTransactionResponse(found) || found.success) {
    return { state: "included", block: ref, finality };
  }
  const reason = found.vm_status;
  const marketError = moveMarketError(reason, packageAddress);
  const failed = { state: "failed", block: ref, finality, reason } as const;
  return marketError === undefined ? failed : { ...failed, marketError };
}

/** Expired if the final state rules the transaction out, else unknown. */
async function absentStatus(
  node: MoveNode,
  { id, sender, nonce, validUntil }: SignedTransaction,
  finalityDepth: number,
): Promise<TransactionStatus> {
  const final = await node.finalBlock(finalityDepth);
  const version = final.last_version;
  const account = await node.find<{ sequence_number: string }>(`accounts/${sender}`, {
    ledger_version: version,
  });
  const time = Number(BigInt(final.block_timestamp) / 1_000_000n);
  const isLate =
    validUntil !== undefined && "timestamp" in validUntil && time >= validUntil.timestamp;
  const next = BigInt(account?.sequence_number ?? 0);
  const isPassed = nonce !== undefined && next > nonce;
  // It may have been included since the first look.
  if ((!isLate && !isPassed) || (await find(node, id)) !== undefined) return { state: "unknown" };
  const reason = isPassed
    ? `sequence number ${nonce} has been used by another transaction`
    : "its validity has passed";
  return { state: "expired", reason };
}
