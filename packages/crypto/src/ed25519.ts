import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { isEd25519Point } from "./is-ed25519-point.ts";
import { nativeEd25519 } from "./native-ed25519.ts";

/** y of the points of small order, little-endian, in every encoding that is read as one of them. */
const SMALL_ORDER_Y: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

/** Their first bytes: what begins with another needs no closer look. */
const SMALL_ORDER_FIRST: readonly number[] = [...SMALL_ORDER_Y].map((y) =>
  Number.parseInt(y.slice(0, 2), 16),
);

/** Whether 32 bytes encode a point of small order. */
function isSmallOrder(point: Uint8Array): boolean {
  if (!SMALL_ORDER_FIRST.includes(point[0] as number)) return false;
  const y = Uint8Array.from(point);
  y[31] = (y[31] as number) & 127;
  return SMALL_ORDER_Y.has(bytesToHex(y));
}

/** True if 32 bytes are a key that {@link verifyEd25519} takes: a point that is not of small order. */
export const isEd25519Key = (publicKey: Uint8Array): boolean =>
  publicKey.length === 32 && !isSmallOrder(publicKey) && isEd25519Point(publicKey);

const { Point } = ed25519;
const { ORDER } = Point.Fn;

/**
 * True if `signature` (64 bytes) is the key's over `message`, by dalek's `verify_strict`, which Solana and Aptos ask: the equation without the cofactor
 * (RFC 8032, 5.1.7), S below the order, no key and no R of small order. Encodings that are not canonical are read.
 */
export function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const native = nativeFor(signature, publicKey);
  if (native === false) return false;
  if (native === undefined) return verifyPortably(signature, message, publicKey);
  return native.verify(signature, message, publicKey);
}

/**
 * {@link verifyEd25519} on the platform's threads, if it has some: many at once take all of its cores, and the caller's thread goes on. The bytes are
 * read before it returns.
 */
export async function verifyEd25519OffThread(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const native = nativeFor(signature, publicKey);
  if (native === false) return false;
  if (native === undefined) return verifyPortably(signature, message, publicKey);
  return native.verifyOffThread(signature, message, publicKey);
}

/** Who verifies: native code, or undefined for {@link verifyPortably}; false if the signature is wrong already. */
function nativeFor(signature: Uint8Array, publicKey: Uint8Array): typeof nativeEd25519 | false {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const r = signature.subarray(0, 32);
  if (isSmallOrder(r) || isSmallOrder(publicKey)) return false;
  // Native code compares the encoding of R, which is the same as the point where it is canonical.
  return isCanonical(publicKey) && isCanonical(r) ? nativeEd25519 : undefined;
}

/** Whether y of an encoded point is below 2^255 - 19. */
function isCanonical(point: Uint8Array): boolean {
  if (((point[31] as number) & 127) !== 127 || (point[0] as number) < 0xed) return true;
  for (let at = 1; at < 31; at++) if (point[at] !== 255) return true;
  return false;
}

/** The same by bigints, for a key and an R that are not of small order. */
export function verifyPortably(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const s = littleEndian(signature.subarray(32));
  if (s >= ORDER) return false;
  const r = signature.subarray(0, 32);
  const challenge = littleEndian(sha512(concatBytes(r, publicKey, message))) % ORDER;
  try {
    const key = Point.fromBytes(publicKey, true);
    const own = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(challenge));
    return own.equals(Point.fromBytes(r, true));
  } catch {
    // noble throws plain errors for what is no point.
    return false;
  }
}

const littleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${bytesToHex(Uint8Array.from(bytes).reverse())}`);

/** Signature, 64 bytes, of RFC 8032 with a secret of 32 bytes. */
export const signEd25519 = (message: Uint8Array, secret: Uint8Array): Uint8Array =>
  nativeEd25519?.sign(message, secret) ?? ed25519.sign(message, secret);

/** Public key of a secret of 32 bytes. */
export const publicKeyEd25519 = (secret: Uint8Array): Uint8Array =>
  nativeEd25519?.publicKey(secret) ?? ed25519.getPublicKey(secret);
