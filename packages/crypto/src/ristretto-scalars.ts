import { fromBytesLE, toBytesLE } from "@dragoman/word";
import { ristretto255, ristretto255_hasher } from "@noble/curves/ed25519.js";
import { sha512 } from "./hashes.ts";

const { Fn } = ristretto255.Point;
const ORDER = Fn.ORDER;

/** Numbers modulo the order of ristretto255, as 32 bytes little-endian, and what makes points of bytes. */
export const ristrettoScalars = {
  isCanonical: (bytes: Uint8Array): boolean => bytes.length === 32 && fromBytesLE(bytes) < ORDER,
  fromNumber: (value: bigint): Uint8Array => toBytesLE(value % ORDER, 32),
  /** Of any number of bytes. */
  reduce: (bytes: Uint8Array): Uint8Array => toBytesLE(fromBytesLE(bytes) % ORDER, 32),
  hash: (message: Uint8Array): Uint8Array => toBytesLE(fromBytesLE(sha512(message)) % ORDER, 32),
  add: (left: Uint8Array, right: Uint8Array): Uint8Array => combine(left, right, (a, b) => a + b),
  subtract: (left: Uint8Array, right: Uint8Array): Uint8Array =>
    combine(left, right, (a, b) => a - b),
  multiply: (left: Uint8Array, right: Uint8Array): Uint8Array =>
    combine(left, right, (a, b) => a * b),
  negate: (scalar: Uint8Array): Uint8Array => combine(scalar, ZERO, (a) => -a),
  /** Of a scalar that is not zero. */
  invert: (scalar: Uint8Array): Uint8Array => toBytesLE(Fn.inv(fromBytesLE(scalar) % ORDER), 32),
  /** The encoded point of 64 uniform bytes (RFC 9496, section 4.3.4). */
  pointOfBytes: (bytes: Uint8Array): Uint8Array =>
    (ristretto255_hasher.deriveToCurve as DeriveToCurve)(bytes).toBytes(),
};

type DeriveToCurve = (bytes: Uint8Array) => { toBytes(): Uint8Array };

const ZERO = new Uint8Array(32);

function combine(
  left: Uint8Array,
  right: Uint8Array,
  by: (a: bigint, b: bigint) => bigint,
): Uint8Array {
  const value = by(fromBytesLE(left), fromBytesLE(right)) % ORDER;
  return toBytesLE(value < 0n ? value + ORDER : value, 32);
}
