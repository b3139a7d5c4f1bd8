import { type AttesterKey, attesterKey } from "@dragoman/bridge";
import { encodeHex } from "@dragoman/bytes";
import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";

export const THRESHOLD = 3;
/** Attesters of the comparison, ascending by address. */
export const ATTESTERS: readonly AttesterKey[] = [11, 12, 13, 14]
  .map((byte) => attesterKey(new Uint8Array(32).fill(byte)))
  .toSorted((one, other) => (one.address < other.address ? -1 : 1));
/** Signs as well as an attester, and is none. */
export const STRANGER: AttesterKey = attesterKey(new Uint8Array(32).fill(99));

const addresses = new Set(ATTESTERS.map(({ address }) => address));
/** Order of secp256k1 (SEC 2, section 2.4.1). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const numberOf = (bytes: Uint8Array): bigint => BigInt(encodeHex(bytes));

/** Whether the signatures attest the digest by SPEC.md, section 6: the words of the specification, nothing more. */
export function isAttestedBySpecification(
  digest: Uint8Array,
  signatures: readonly Uint8Array[],
): boolean {
  let last = "";
  for (const signature of signatures) {
    if (signature.length !== 65 || signature[64]! > 1) return false;
    const [r, s] = [numberOf(signature.subarray(0, 32)), numberOf(signature.subarray(32, 64))];
    const key = recoverSecp256k1(digest, r, s, signature[64]!);
    if (key === undefined) return false;
    const address = encodeHex(keccak256(key).subarray(12));
    if (address <= last || !addresses.has(address)) return false;
    last = address;
  }
  return signatures.length >= THRESHOLD;
}

/** The other signature of the same key over the same digest: (r, n - s), and the other parity. */
export function mirrored(signature: Uint8Array): Uint8Array {
  const s = ORDER - numberOf(signature.subarray(32, 64));
  const bytes = signature.slice();
  for (let i = 63, rest = s; i >= 32; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  bytes[64] = 1 - bytes[64]!;
  return bytes;
}
