import { decodeBase58, equalBytes } from "@dragoman/bytes";
import { type SvmAccount, SYSVARS } from "@dragoman/frontend-sbpf";
import type { AddressLookup, SvmMessage } from "./message.ts";
import type { TransactionError } from "./transaction-error.ts";

/** Owner of lookup tables (anza-xyz/solana-sdk `address-lookup-table-interface/src/state.rs`). */
export const LOOKUP_TABLE_PROGRAM: Uint8Array = decodeBase58(
  "AddressLookupTab1e1111111111111111111111111",
);

/** Data before the addresses: u32 kind, u64 slot of deactivation, u64 slot of the last extension and u8 position of its first address, authority. */
const HEADER_BYTES = 56;
const KIND_TABLE = 1;
const KEY_BYTES = 32;
const NEVER = 0xffff_ffff_ffff_ffffn;

/** A table whose addresses can be used. */
interface LookupTable {
  readonly data: Uint8Array;
  /** Those that were there before this block. */
  readonly count: number;
}

/** What a chain knows where a message is read. */
export interface LookupPlace {
  readonly read: (key: Uint8Array) => SvmAccount | undefined;
  readonly sysvar: (idHex: string) => Uint8Array | undefined;
}

/** The message with the addresses of its tables behind its own keys, or why they cannot be had. */
export function loadLookups(
  message: SvmMessage,
  place: LookupPlace,
): { readonly message: SvmMessage } | { readonly error: TransactionError } {
  const { lookups = [] } = message;
  if (lookups.length === 0 || message.loaded !== undefined) return { message };
  const writable: Uint8Array[] = [];
  const readonly: Uint8Array[] = [];
  for (const lookup of lookups) {
    const table = openTable(lookup, place);
    if (typeof table === "string") return { error: table };
    for (const [indexes, keys] of [
      [lookup.writable, writable],
      [lookup.readonly, readonly],
    ] as const) {
      for (const index of indexes) {
        if (index >= table.count) return { error: "InvalidAddressLookupTableIndex" };
        const at = HEADER_BYTES + index * KEY_BYTES;
        keys.push(table.data.slice(at, at + KEY_BYTES));
      }
    }
  }
  const keys = [...message.keys, ...writable, ...readonly];
  const loaded = { writable: writable.length, readonly: readonly.length };
  return { message: { ...message, keys, loaded } };
}

function openTable(
  { table }: AddressLookup,
  { read, sysvar }: LookupPlace,
): LookupTable | Extract<TransactionError, string> {
  const account = read(table);
  if (account === undefined || account.lamports === 0n) return "AddressLookupTableNotFound";
  if (!equalBytes(account.owner, LOOKUP_TABLE_PROGRAM)) return "InvalidAddressLookupTableOwner";
  const { data } = account;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isTable =
    data.length >= HEADER_BYTES &&
    (data.length - HEADER_BYTES) % KEY_BYTES === 0 &&
    view.getUint32(0, true) === KIND_TABLE &&
    data[21]! <= 1;
  if (!isTable) return "InvalidAddressLookupTableData";
  const clock = sysvar(SYSVARS.clock.idHex);
  const slot = clock === undefined ? 0n : viewOf(clock).getBigUint64(0, true);
  const [deactivated, extended] = [view.getBigUint64(4, true), view.getBigUint64(12, true)];
  const hashes = sysvar(SYSVARS.slotHashes.idHex);
  const isActive = deactivated === NEVER || deactivated === slot || listsSlot(hashes, deactivated);
  if (!isActive) return "AddressLookupTableNotFound";
  const count = (data.length - HEADER_BYTES) / KEY_BYTES;
  return { data, count: slot > extended ? count : Math.min(count, data[20]!) };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Whether the sysvar SlotHashes lists a slot: so long a table that was deactivated in it is good. */
function listsSlot(hashes: Uint8Array | undefined, slot: bigint): boolean {
  if (hashes === undefined) return false;
  const view = viewOf(hashes);
  for (let at = 8; at + 40 <= hashes.length; at += 40) {
    if (view.getBigUint64(at, true) === slot) return true;
  }
  return false;
}

/** Addresses that a loaded message took from tables. */
export function loadedAddresses(message: SvmMessage): {
  readonly writable: readonly Uint8Array[];
  readonly readonly: readonly Uint8Array[];
} {
  const { keys, loaded } = message;
  if (loaded === undefined) return { writable: [], readonly: [] };
  const end = keys.length - loaded.readonly;
  return { writable: keys.slice(end - loaded.writable, end), readonly: keys.slice(end) };
}
