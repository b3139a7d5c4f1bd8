import { encodeHex } from "@dragoman/bytes";
import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import { secp256k1 } from "@noble/curves/secp256k1.js";

/** What an attester signs with. */
export interface AttesterKey {
  /** 20 bytes in 0x lower-case hex. */
  readonly address: string;
  /** 65 bytes (r, s, v in 0..1, s low) over the 32-byte digest itself. */
  sign(digest: Uint8Array): Uint8Array;
}

/** Key of a secret of 32 bytes. Fault: INVALID_RELAYER_SETTINGS if it is none of secp256k1. */
export function attesterKey(secret: Uint8Array): AttesterKey {
  if (!secp256k1.utils.isValidSecretKey(secret)) {
    refuse("INVALID_RELAYER_SETTINGS", undefined, "an attester's secret is no key of secp256k1");
  }
  const publicKey = secp256k1.getPublicKey(secret, false);
  return {
    address: addressOf(publicKey.subarray(1)),
    sign(digest) {
      const bytes = secp256k1.sign(digest, secret, { prehash: false, format: "recovered" });
      // noble writes the recovery bit first, the market wants it last.
      const signature = new Uint8Array(65);
      signature.set(bytes.subarray(1));
      signature[64] = bytes[0]!;
      return signature;
    },
  };
}

/** Address, 20 bytes in 0x hex, whose key made the signature; undefined if it is none. Both s and n - s count, as in the market (SPEC.md, section 6). */
export function recoverAttester(digest: Uint8Array, signature: Uint8Array): string | undefined {
  const recovery = signature[64];
  if (signature.length !== 65 || recovery === undefined || recovery > 1) return undefined;
  const number = (from: number): bigint => BigInt(encodeHex(signature.subarray(from, from + 32)));
  const publicKey = recoverSecp256k1(digest, number(0), number(32), recovery);
  return publicKey === undefined ? undefined : addressOf(publicKey);
}

/** Address of an uncompressed public key without its first byte. */
const addressOf = (publicKey: Uint8Array): string => encodeHex(keccak256(publicKey).subarray(12));

/** Whether signatures attest a digest as the market checks it: of attesters, strictly ascending, at least `threshold`. */
export function isAttested(
  digest: Uint8Array,
  signatures: readonly Uint8Array[],
  attesters: ReadonlySet<string>,
  threshold: number,
  recover: typeof recoverAttester = recoverAttester,
): boolean {
  if (signatures.length < threshold) return false;
  let last = "";
  for (const signature of signatures) {
    const address = recover(digest, signature);
    if (address === undefined || address <= last || !attesters.has(address)) return false;
    last = address;
  }
  return true;
}
