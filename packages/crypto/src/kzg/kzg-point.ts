import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { G1_BYTES } from "../curve/pairing-curve.ts";
import { POINT_SIZE } from "./kzg-sizes.ts";

/** Reads a compressed point of the group of prime order, as consensus-specs' `validate_kzg_g1`; false if the bytes are none. */
export function readKzgPoint(to: Pointer, bytes: Uint8Array): boolean {
  if (bytes.length !== POINT_SIZE) return false;
  const { curve, g1 } = bls12381();
  return g1.readCompressed(to, bytes) && curve.mcl.mclBnG1_isValidOrder(to) === 1;
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
