import { concatBytes, encodeHex } from "@dragoman/bytes";
import type { ForkName } from "@dragoman/frontend-evm";
import { RLP } from "@ethereumjs/rlp";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { pointFromScalar, signRecoverable } from "tiny-secp256k1";
import { addressHex, type SealedTransaction } from "./block-case.ts";

/** An authorization before it is signed (EIP-7702). */
export interface AuthorizationPlan {
  readonly chainId: bigint;
  readonly address: bigint;
  readonly nonce: bigint;
  /** Index of the key that signs. */
  readonly key: number;
  readonly flaw: SignatureFlaw;
}

/** How a signature is spoilt. */
export type SignatureFlaw = "none" | "high-s" | "wrong-parity" | "parity-2" | "zero-r";

/** A transaction before it is signed. */
export interface TransactionPlan {
  readonly type: 0 | 1 | 2 | 3 | 4;
  /** Undefined: legacy without EIP-155. */
  readonly chainId: bigint | undefined;
  readonly nonce: bigint;
  readonly maxFee: bigint;
  readonly maxPriorityFee: bigint;
  readonly gasLimit: bigint;
  readonly to: bigint | undefined;
  readonly value: bigint;
  readonly data: Uint8Array;
  readonly accessList: readonly (readonly [bigint, readonly bigint[]])[];
  readonly authorizations: readonly AuthorizationPlan[];
  readonly blobHashes: readonly Uint8Array[];
  readonly maxBlobFee: bigint;
  readonly key: number;
  readonly flaw: SignatureFlaw;
  readonly note: string;
}

/** Of secp256k1 (SEC 2). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
/** Keys that sign; the same in every case, so that their public halves are computed once. */
export const KEY_COUNT = 24;
const KEYS = Array.from({ length: KEY_COUNT }, (_, i) => keccak_256(Uint8Array.of(0x6b, i)));

/** Addresses of the keys, as numbers. */
export const KEY_ADDRESSES: readonly bigint[] = KEYS.map((key) => {
  const point = pointFromScalar(key, false) as Uint8Array;
  return BigInt(encodeHex(keccak_256(point.subarray(1)).subarray(12)));
});

type Item = Uint8Array | readonly Item[];

/** Encodes and signs, by the EIP of each type; nothing is checked. */
export function sealTransaction(plan: TransactionPlan, fork: ForkName): SealedTransaction {
  const { type, note } = plan;
  const blobGas = BigInt(plan.blobHashes.length) * BLOB_GAS;
  const about = {
    note,
    payer: addressHex(KEY_ADDRESSES[plan.key] as bigint),
    costMax: plan.gasLimit * plan.maxFee + plan.value + blobGas * plan.maxBlobFee,
  };
  const body = fieldsOf(plan);
  if (type === 0) {
    const signed =
      plan.chainId === undefined ? body : [...body, quantity(plan.chainId), EMPTY, EMPTY];
    const { parity, r, s } = sign(encode(signed), plan);
    const v = plan.chainId === undefined ? 27n + parity : plan.chainId * 2n + 35n + parity;
    return { raw: encode([...body, quantity(v), quantity(r), quantity(s)]), ...about };
  }
  const { parity, r, s } = sign(typed(type, body), plan);
  const fields = [...body, quantity(parity), quantity(r), quantity(s)];
  const raw = typed(type, fields);
  if (type !== 3) return { raw, ...about };
  return {
    raw,
    ...about,
    wrapped: () => typed(3, [fields, ...sidecar(plan.blobHashes.length, fork)]),
  };
}

/** Blobs of zeros with what proves them: the point at infinity, whole (EIP-4844) or for each of 128 cells (EIP-7594). */
function sidecar(count: number, fork: ForkName): Item[] {
  const infinities = (length: number): Uint8Array[] => new Array(length).fill(INFINITY);
  const blobs = new Array<Uint8Array>(count).fill(ZERO_BLOB);
  return fork === "prague"
    ? [blobs, infinities(count), infinities(count)]
    : [Uint8Array.of(1), blobs, infinities(count), infinities(count * CELLS)];
}

/** Of one blob (EIP-4844). */
const BLOB_GAS = 1n << 17n;
const ZERO_BLOB = new Uint8Array(131_072);
const CELLS = 128;
/** Of BLS12-381's G1, compressed. */
const INFINITY = Uint8Array.from({ length: 48 }, (_, i) => (i === 0 ? 0xc0 : 0));

function fieldsOf(plan: TransactionPlan): Item[] {
  const { type, nonce, gasLimit, value, data } = plan;
  const to = plan.to === undefined ? EMPTY : addressBytes(plan.to);
  const tail = [quantity(gasLimit), to, quantity(value), data];
  if (type === 0) return [quantity(nonce), quantity(plan.maxFee), ...tail];
  const fees =
    type === 1 ? [quantity(plan.maxFee)] : [quantity(plan.maxPriorityFee), quantity(plan.maxFee)];
  const accessList = plan.accessList.map(([address, slots]) => [
    addressBytes(address),
    slots.map(wordBytes),
  ]);
  const head = [quantity(plan.chainId ?? 0n), quantity(nonce), ...fees, ...tail, accessList];
  if (type === 3) return [...head, quantity(plan.maxBlobFee), plan.blobHashes];
  return type === 4 ? [...head, plan.authorizations.map(sealAuthorization)] : head;
}

function sealAuthorization(plan: AuthorizationPlan): Item[] {
  const body = [quantity(plan.chainId), addressBytes(plan.address), quantity(plan.nonce)];
  const { parity, r, s } = sign(typed(5, body), plan);
  return [...body, quantity(parity), quantity(r), quantity(s)];
}

function sign(
  message: Uint8Array,
  { key, flaw }: { readonly key: number; readonly flaw: SignatureFlaw },
): { parity: bigint; r: bigint; s: bigint } {
  const { signature, recoveryId } = signRecoverable(keccak_256(message), KEYS[key] as Uint8Array);
  const parity = BigInt(recoveryId);
  const r = BigInt(encodeHex(signature.subarray(0, 32)));
  const s = BigInt(encodeHex(signature.subarray(32)));
  switch (flaw) {
    case "none":
      return { parity, r, s };
    case "high-s":
      return { parity: 1n - parity, r, s: ORDER - s };
    case "wrong-parity":
      return { parity: 1n - parity, r, s };
    case "parity-2":
      return { parity: 2n + parity, r, s };
    case "zero-r":
      return { parity, r: 0n, s };
  }
}

const EMPTY = new Uint8Array(0);

const encode = (items: readonly Item[]): Uint8Array => RLP.encode(items as never);

const typed = (type: number, items: readonly Item[]): Uint8Array =>
  concatBytes(Uint8Array.of(type), encode(items));

function quantity(value: bigint): Uint8Array {
  if (value === 0n) return EMPTY;
  const digits = value.toString(16);
  return Uint8Array.from(
    Buffer.from(digits.padStart(digits.length + (digits.length & 1), "0"), "hex"),
  );
}

const fixed = (length: number) => (value: bigint) =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex"));
const addressBytes = fixed(20);
const wordBytes = fixed(32);
