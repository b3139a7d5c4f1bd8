import { concatBytes } from "@dragoman/bytes";
import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import { RLP } from "@ethereumjs/rlp";
import { integerBytes, integerOf, rlpList, rlpString } from "../trie/rlp.ts";
import { type Authorization, S_MAX } from "./authorization.ts";
import { BLOB_BYTES, type BlobSidecar, CELLS_PER_BLOB } from "./blob-sidecar.ts";
import type { AccessListEntry, EvmTransaction, TransactionFields } from "./evm-transaction.ts";

type Item = Uint8Array | Item[];

/** Bytes of a transaction without blobs, as geth's pool takes them. */
const SIZE_MAX = 128 * 1024;
/** Blobs of one transaction in any fork. */
const BLOBS_MAX = 9;
/** Bytes of blobs, commitments and proofs with their RLP heads at most. */
const SIDECAR_MAX = BLOBS_MAX * (BLOB_BYTES + 4 + 49 * (1 + CELLS_PER_BLOB)) + 64;

/**
 * Decodes a signed transaction (EIP-2718) of type 0 to 4 and recovers its sender. Type 3 comes with its blobs or, from a block, without.
 *
 * Faults: MALFORMED_TRANSACTION, INVALID_SIGNATURE, INVALID_TRANSACTION for types that are not taken; in the words of geth.
 */
export function decodeTransaction(raw: Uint8Array): EvmTransaction {
  if (raw.length === 0) return malformed("typed transaction too short");
  const type = raw[0]!;
  const sizeMax = type === 3 ? SIZE_MAX + SIDECAR_MAX : SIZE_MAX;
  if (raw.length > sizeMax) {
    const sizes = `transaction size ${raw.length}, limit ${sizeMax}`;
    return refuse("INVALID_TRANSACTION", undefined, `oversized data: ${sizes}`);
  }
  if (type >= 0xc0) return decodeLegacy(raw);
  if (type === 1 || type === 2 || type === 4) {
    return decodeTyped(raw, readList(raw.subarray(1), ITEMS[type]), type);
  }
  if (type === 3) return decodeBlobTransaction(raw);
  return refuse("INVALID_TRANSACTION", 0, "transaction type not supported");
}

/** With blobs a list of lists: the transaction, then what stands beside it (EIP-4844, EIP-7594). */
function decodeBlobTransaction(raw: Uint8Array): EvmTransaction {
  const items = decodeList(raw.subarray(1));
  const [body] = items;
  if (!Array.isArray(body)) return decodeTyped(raw, requireLength(items, ITEMS[3]), 3);
  const canonical = concatBytes(Uint8Array.of(3), encode(body));
  const tx = decodeTyped(canonical, requireLength(body, ITEMS[3]), 3);
  return { ...tx, sidecar: sidecarOf(items) };
}

function sidecarOf(items: readonly Item[]): BlobSidecar {
  const hasVersion = items.length === 5;
  if (!hasVersion && items.length !== 4) return malformed("a blob transaction has 4 or 5 items");
  if (hasVersion && integer(items, 1, 1) !== 1n) return malformed("unknown sidecar version");
  const [blobs, commitments, proofs] = items.slice(hasVersion ? 2 : 1);
  return {
    proofKind: hasVersion ? "cells" : "blob",
    blobs: fixedItems(blobs, BLOB_BYTES, "a blob"),
    commitments: fixedItems(commitments, 48, "a commitment"),
    proofs: fixedItems(proofs, 48, "a proof"),
  };
}

function fixedItems(list: Item | undefined, size: number, what: string): Uint8Array[] {
  if (!Array.isArray(list)) return malformed(`expected input list for ${what}`);
  return list.map((item) =>
    item instanceof Uint8Array && item.length === size
      ? item
      : malformed(`${what} has ${size} bytes`),
  );
}

function decodeLegacy(raw: Uint8Array): EvmTransaction {
  const items = readList(raw, 9);
  const v = integer(items, 6, 8);
  const isBound = v >= 35n;
  const chainId = isBound ? (v - 35n) / 2n : undefined;
  const parity = isBound ? (v - 35n) % 2n : v - 27n;
  const price = integer(items, 1, 32);
  const signed =
    chainId === undefined
      ? items.slice(0, 6)
      : [...items.slice(0, 6), integerBytes(chainId), EMPTY, EMPTY];
  return {
    type: 0,
    chainId,
    ...fieldsAt(items, 0, 1),
    maxFee: price,
    maxPriorityFee: price,
    accessList: [],
    ...sign(raw, encode(signed), v, parity, items),
  };
}

/** Items of each type: chain, nonce, fees, gas limit, recipient, value, data, access list, blobs or delegations, signature. */
const ITEMS = { 1: 11, 2: 12, 3: 14, 4: 13 } as const;

function decodeTyped(raw: Uint8Array, items: readonly Item[], type: 1 | 2 | 3 | 4): EvmTransaction {
  const fees = type === 1 ? 1 : 2;
  const v = integer(items, items.length - 3, 8);
  const signed = concatBytes(Uint8Array.of(type), encode(items.slice(0, -3)));
  const fields = fieldsAt(items, 1, fees);
  if (type >= 3 && fields.to === undefined) malformed("input string too short for common.Address");
  return {
    type,
    chainId: integer(items, 0, 32),
    ...fields,
    maxPriorityFee: integer(items, 2, 32),
    maxFee: integer(items, 1 + fees, 32),
    accessList: accessListAt(items, 6 + fees),
    ...(type === 3
      ? {
          maxBlobFee: integer(items, 9, 32),
          blobHashes: fixedItems(items[10], 32, "a blob hash"),
        }
      : {}),
    ...(type === 4 ? { authorizations: authorizationsAt(items, 9) } : {}),
    ...sign(raw, signed, v, v, items),
  };
}

/** Nonce at `first`, `fees` items of fees, then gas limit, recipient, value and data. */
function fieldsAt(
  items: readonly Item[],
  first: number,
  fees: number,
): Pick<TransactionFields, "nonce" | "gasLimit" | "to" | "value" | "data"> {
  const next = first + 1 + fees;
  const to = bytes(items, next + 1);
  if (to.length !== 0 && to.length !== 20)
    malformed(`input string of ${to.length} bytes for an address`);
  return {
    nonce: integer(items, first, 8),
    gasLimit: integer(items, next, 8),
    to: to.length === 0 ? undefined : to,
    value: integer(items, next + 2, 32),
    data: bytes(items, next + 3),
  };
}

function sign(
  raw: Uint8Array,
  signed: Uint8Array,
  v: bigint,
  parity: bigint,
  items: readonly Item[],
): Pick<EvmTransaction, "hash" | "sender" | "v" | "r" | "s" | "raw"> {
  const r = integer(items, items.length - 2, 32);
  const s = integer(items, items.length - 1, 32);
  const isInRange = (parity === 0n || parity === 1n) && s <= S_MAX;
  const key = isInRange ? recoverSecp256k1(keccak256(signed), r, s, Number(parity)) : undefined;
  if (key === undefined) {
    return refuse("INVALID_SIGNATURE", undefined, "invalid transaction v, r, s values");
  }
  return { hash: keccak256(raw), sender: keccak256(key).slice(12), v, r, s, raw };
}

function accessListAt(items: readonly Item[], index: number): AccessListEntry[] {
  const list = items[index];
  if (!Array.isArray(list)) return malformed("expected input list for types.AccessList");
  return list.map((entry) => {
    const [address, slots] = entry;
    const isEntry =
      Array.isArray(entry) &&
      entry.length === 2 &&
      address instanceof Uint8Array &&
      address.length === 20;
    if (!isEntry || !Array.isArray(slots))
      return malformed("an access list names addresses and slots");
    const keys = slots.map((slot) =>
      slot instanceof Uint8Array && slot.length === 32 ? slot : malformed("a slot has 32 bytes"),
    );
    return { address: address as Uint8Array, slots: keys };
  });
}

function authorizationsAt(items: readonly Item[], index: number): Authorization[] {
  const list = items[index];
  if (!Array.isArray(list)) return malformed("expected input list for authorizations");
  return list.map((entry) => {
    if (!Array.isArray(entry) || entry.length !== 6)
      return malformed("an authorization has 6 items");
    const address = bytes(entry, 1);
    if (address.length !== 20) return malformed("an authorization names an address");
    return {
      chainId: integer(entry, 0, 32),
      address,
      nonce: integer(entry, 2, 8),
      yParity: integer(entry, 3, 1),
      r: integer(entry, 4, 32),
      s: integer(entry, 5, 32),
    };
  });
}

const readList = (raw: Uint8Array, length: number): Item[] =>
  requireLength(decodeList(raw), length);

function decodeList(raw: Uint8Array): Item[] {
  let decoded: Item;
  try {
    // A copy: what is decoded outlives the buffer of the request.
    decoded = RLP.decode(raw.slice()) as Item;
  } catch (error) {
    return malformed((error as Error).message);
  }
  return Array.isArray(decoded) ? decoded : malformed("expected input list");
}

function requireLength(items: Item[], length: number): Item[] {
  if (items.length === length) return items;
  return malformed(`a list of ${items.length} items, not ${length}`);
}

function bytes(items: readonly Item[], index: number): Uint8Array {
  const item = items[index];
  return item instanceof Uint8Array ? item : malformed(`item ${index} is no string`);
}

function integer(items: readonly Item[], index: number, sizeMax: number): bigint {
  const item = bytes(items, index);
  if (item.length > sizeMax) return malformed(`integer ${index} has more than ${8 * sizeMax} bits`);
  if (item[0] === 0) return malformed("non-canonical integer (leading zero bytes)");
  return integerOf(item);
}

const EMPTY = new Uint8Array(0);

const encode = (items: readonly Item[]): Uint8Array =>
  rlpList(items.map((item) => (item instanceof Uint8Array ? rlpString(item) : encode(item))));

function malformed(why: string): never {
  return refuse("MALFORMED_TRANSACTION", undefined, `rlp: ${why}`);
}
