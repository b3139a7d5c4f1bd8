import { ByteWriter } from "@dragoman/bytes";
import type { CellChange } from "@dragoman/core";
import { sha256 } from "@dragoman/crypto";
import type { LedgerBlock } from "@dragoman/ledger";
import type { ExecutedTransaction } from "./executed-transaction.ts";

/** A block: its height is its slot, and its hash the blockhash that transactions name. Slots that time travel left out have none. */
export interface SolanaBlock extends LedgerBlock {
  /** Blocks before it: what Solana calls the height of a block. */
  readonly number: number;
  readonly transactions: readonly ExecutedTransaction[];
}

/**
 * Blockhash over all that makes a block: parent, slot, time, salt, the transactions with their outcomes, and every changed cell. Two ledgers
 * with one hash have one state.
 */
export function hashBlock(
  content: Omit<SolanaBlock, "hash" | "number"> & { readonly salt: number },
  changes: readonly CellChange[],
): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(content.parentHash);
  writer.u64(BigInt(content.height));
  writer.u64(BigInt(content.timestamp));
  writer.u32(content.salt);
  for (const { transaction, error } of content.transactions) {
    writer.bytes(transaction.signatures[0]!);
    writer.u8(error === undefined ? 0 : 1);
  }
  for (const { account, key, after } of changes) {
    writer.bytes(account);
    writer.bytes(key);
    writer.u32(after === undefined ? 0xffff_ffff : after.length);
    if (after !== undefined) writer.bytes(after);
  }
  return sha256(writer.finish());
}
