import { fromBytesBE, toBytesBE } from "@dragoman/word";
import type { CurveGroup } from "./curve-group.ts";
import { isBelow } from "./pairing-curve.ts";

/** Flags of `ark-serialize` (`ec/src/models/short_weierstrass/serialization_flags.rs`) in the highest byte of the last coordinate. */
const NEGATIVE = 0x80;
const INFINITY = 0x40;

/**
 * A point of BN254 as `ark-serialize` reads it without compression: two bits above the last coordinate are flags, of which one makes it infinity
 * whatever the rest is. Undefined for what it refuses to read; whether the point is on the curve is not asked.
 *
 * @param point x ‖ y, big-endian, the coefficient of i first
 * @returns the same without flags
 */
export function readArkworksPoint(
  group: CurveGroup,
  point: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  const last = point.length / 2;
  const flags = (point[last] as number) & (NEGATIVE | INFINITY);
  const plain = new Uint8Array(point);
  plain[last] = (point[last] as number) & ~flags;
  if (flags === (NEGATIVE | INFINITY) || !areFields(group, plain)) return undefined;
  if (flags === INFINITY) return plain.fill(0);
  // Zeros with a flag are not the encoding of infinity but the point (0, 0), which is none.
  return flags !== 0 && plain.every((byte) => byte === 0) ? undefined : plain;
}

/** Compresses a point that is given as for {@link readArkworksPoint}: x with flags. It need not be on the curve. */
export function compressArkworksPoint(
  group: CurveGroup,
  point: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  const size = point.length / 2;
  const compressed = new Uint8Array(size);
  if (point.every((byte) => byte === 0)) return compressed;
  const flags = (point[size] as number) & (NEGATIVE | INFINITY);
  const plain = new Uint8Array(point);
  plain[size] = (point[size] as number) & ~flags;
  if (flags === (NEGATIVE | INFINITY) || !areFields(group, plain)) return undefined;
  if (flags === INFINITY) {
    compressed[0] = INFINITY;
    return compressed;
  }
  compressed.set(plain.subarray(0, size));
  if (isNegative(group, plain.subarray(size))) compressed[0] = (compressed[0] as number) | NEGATIVE;
  return compressed;
}

/** The point that {@link compressArkworksPoint} compressed, on the curve but not always in the group; undefined if there is none. */
export function decompressArkworksPoint(
  group: CurveGroup,
  compressed: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  const flags = (compressed[0] as number) & (NEGATIVE | INFINITY);
  const point = new Uint8Array(2 * compressed.length);
  if (compressed.every((byte) => byte === 0)) return point;
  point.set(compressed);
  point[0] = (compressed[0] as number) & ~flags;
  const x = point.subarray(0, compressed.length);
  if (flags === (NEGATIVE | INFINITY) || !areFields(group, x)) return undefined;
  if (flags === INFINITY) return point.fill(0);
  const y = group.solve(x);
  if (y === undefined) return undefined;
  point.set(isNegative(group, y) === (flags === NEGATIVE) ? y : negate(group, y), x.length);
  return point;
}

/** True if all coordinates are below the prime. */
function areFields({ curve }: CurveGroup, bytes: Uint8Array): boolean {
  const { fieldSize } = curve.row;
  for (let at = 0; at < bytes.length; at += fieldSize) {
    if (!isBelow(bytes, at, curve.primeBytes)) return false;
  }
  return true;
}

/** True if y is larger than -y, the coefficient of i deciding first: as their bytes stand. */
function isNegative(group: CurveGroup, y: Uint8Array): boolean {
  const opposite = negate(group, y);
  const differs = y.findIndex((byte, index) => byte !== opposite[index]);
  return differs >= 0 && (y[differs] as number) > (opposite[differs] as number);
}

function negate({ curve }: CurveGroup, y: Uint8Array): Uint8Array {
  const { fieldSize, prime } = curve.row;
  const opposite = new Uint8Array(y.length);
  for (let at = 0; at < y.length; at += fieldSize) {
    const value = fromBytesBE(y.subarray(at, at + fieldSize));
    if (value > 0n) opposite.set(toBytesBE(prime - value, fieldSize), at);
  }
  return opposite;
}
