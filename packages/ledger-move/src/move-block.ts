import { ByteWriter, concatBytes } from "@dragoman/bytes";
import type { CellChange } from "@dragoman/core";
import { sha3_256 } from "@dragoman/crypto";
import type { LedgerBlock } from "@dragoman/ledger";
import type { ExecutionStatus } from "./execution/execution-status.ts";
import type { MoveEvent } from "./move-event.ts";
import type { SignedTransaction } from "./transaction/transaction.ts";

/** What every committed transaction has. */
interface Committed {
  /** Its place in the ledger, from 0. */
  readonly version: number;
  /** Height of its block. */
  readonly height: number;
  readonly hash: Uint8Array;
  readonly status: ExecutionStatus;
  /** Gas units. */
  readonly gasUsed: bigint;
  readonly changes: readonly CellChange[];
  readonly events: readonly MoveEvent[];
  /** SHA3-256 over the changes. */
  readonly stateChangeHash: Uint8Array;
  /** SHA3-256 over the events. */
  readonly eventHash: Uint8Array;
  /**
   * SHA3-256 over that of the version before and this transaction's hashes: names the whole history. A chain, not the Merkle accumulator
   * of Aptos.
   */
  readonly accumulatorHash: Uint8Array;
}

export type CommittedTransaction =
  | (Committed & { readonly kind: "user"; readonly signed: SignedTransaction })
  /** First of every block: sets the time. */
  | (Committed & { readonly kind: "metadata" })
  | (Committed & { readonly kind: "genesis" });

/** A block: versions `firstVersion` up. */
export interface MoveBlock extends LedgerBlock {
  readonly salt: number;
  readonly firstVersion: number;
  readonly transactions: readonly CommittedTransaction[];
}

/** Version of the block's last transaction. */
export const lastVersion = ({ firstVersion, transactions }: MoveBlock): number =>
  firstVersion + transactions.length - 1;

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const BLOCK_PREFIX = sha3_256(ascii("DRAGOMAN::Block"));

/** Identifier of a block: its place, its time, its salt, and through the accumulator everything that happened up to its end. */
export function blockHash(
  parentHash: Uint8Array,
  height: number,
  timestamp: number,
  salt: number,
  accumulatorHash: Uint8Array,
): Uint8Array {
  const writer = new ByteWriter(160);
  writer.bytes(BLOCK_PREFIX);
  writer.bytes(parentHash);
  writer.u64(BigInt(height));
  writer.u64(BigInt(timestamp));
  writer.u32(salt);
  writer.bytes(accumulatorHash);
  return sha3_256(writer.finish());
}

const TRANSACTION_PREFIX = sha3_256(ascii("APTOS::Transaction"));

/** Hash of the transaction that begins a block. */
export const metadataHash = (parentHash: Uint8Array, height: number, salt: number): Uint8Array => {
  const writer = new ByteWriter(64);
  writer.u8(2); // BlockMetadata's variant of Transaction
  writer.bytes(parentHash);
  writer.u64(BigInt(height));
  writer.u32(salt);
  return sha3_256(concatBytes(TRANSACTION_PREFIX, writer.finish()));
};

type Unsealed = Omit<Committed, "stateChangeHash" | "eventHash" | "accumulatorHash">;

/** The hashes of a transaction that follows the one with `previous` as accumulator. */
export function sealTransaction<T extends Unsealed>(
  transaction: T,
  previous: Uint8Array,
): T & Committed {
  const stateChangeHash = changesHash(transaction.changes);
  const eventHash = eventsHash(transaction.events);
  const writer = new ByteWriter(160);
  writer.bytes(previous);
  writer.bytes(transaction.hash);
  writer.bytes(stateChangeHash);
  writer.bytes(eventHash);
  writer.u64(transaction.gasUsed);
  return { ...transaction, stateChangeHash, eventHash, accumulatorHash: sha3_256(writer.finish()) };
}

function changesHash(changes: readonly CellChange[]): Uint8Array {
  const writer = new ByteWriter();
  for (const { domain, account, key, after } of changes) {
    for (const part of [ascii(domain), account, key, after ?? new Uint8Array()]) {
      writer.u32(part.length);
      writer.bytes(part);
    }
    writer.u8(after === undefined ? 0 : 1);
  }
  return sha3_256(writer.finish());
}

function eventsHash(events: readonly MoveEvent[]): Uint8Array {
  const writer = new ByteWriter();
  for (const { key, data } of events) {
    for (const part of [key, data]) {
      writer.u32(part.length);
      writer.bytes(part);
    }
  }
  return sha3_256(writer.finish());
}
