import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { G1_BYTES } from "../curve/pairing-curve.ts";
import { POINT_SIZE } from "./kzg-sizes.ts";

/** Reads a compressed point of the group of prime order, as consensus-specs' `validate_kzg_g1`; false if the bytes are none. */
export function readKzgPoint(to: Pointer, bytes: Uint8Array): boolean {
  if (bytes.length !== POINT_SIZE) return false;
  return readTrustedPoint(to, bytes) && bls12381().curve.mcl.mclBnG1_isValidOrder(to) === 1;
}

/** Reads a compressed point of the curve; false if the bytes are none. */
export function readTrustedPoint(to: Pointer, bytes: Uint8Array): boolean {
  const { curve } = bls12381();
  // mcl takes a point at infinity with its sign set, and with bits behind it, which are no encodings.
  const flags = (bytes[0] as number) >> 5;
  if (flags < 4) return false;
  if (flags >= 6 && !isInfinity(bytes)) return false;
  curve.bytes.set(bytes, curve.exchange);
  return curve.mcl.mclBnG1_deserialize(to, curve.exchange, POINT_SIZE) === POINT_SIZE;
}

function isInfinity(bytes: Uint8Array): boolean {
  return bytes.every((byte, index) => byte === (index === 0 ? 0xc0 : 0));
}

/** Compresses a point. */
export function writeKzgPoint(from: Pointer): Uint8Array<ArrayBuffer> {
  const { curve } = bls12381();
  curve.mcl.mclBnG1_serialize(curve.exchange, POINT_SIZE, from);
  return new Uint8Array(curve.bytes.slice(curve.exchange, curve.exchange + POINT_SIZE));
}

/** Room for `count` points of G1. */
export const allocatePoints = (count: number): Pointer =>
  bls12381().curve.allocate(count * G1_BYTES);
