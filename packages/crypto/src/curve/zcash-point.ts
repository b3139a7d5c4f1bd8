import type { CurveGroup } from "./curve-group.ts";

/** Flags of ZCash's encoding of BLS12-381 in its first byte: compressed, infinity, sign. */
const INFINITY = 0x40;
const COMPRESSED_OR_SIGN = 0xa0;

/**
 * A point of BLS12-381 as ZCash encodes it without compression, the coefficient of i first, in the encoding of {@link CurveGroup}; undefined if its
 * flags are wrong. Whether it is on the curve is not asked.
 */
export function fromZcashPoint(
  group: CurveGroup,
  point: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  const first = point[0] as number;
  if ((first & COMPRESSED_OR_SIGN) !== 0) return undefined;
  const isFlagged = (first & INFINITY) !== 0;
  const isZero = point.every((byte, index) => byte === (index === 0 && isFlagged ? INFINITY : 0));
  if (isFlagged !== isZero) return undefined;
  return isZero ? new Uint8Array(point.length) : swapCoefficients(group, point);
}

/** The opposite of {@link fromZcashPoint}. */
export function toZcashPoint(group: CurveGroup, point: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoded = swapCoefficients(group, point);
  if (encoded.every((byte) => byte === 0)) encoded[0] = INFINITY;
  return encoded;
}

/** Swaps the coefficients of each coordinate of G2. */
function swapCoefficients(
  { degree, curve }: CurveGroup,
  point: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const swapped = new Uint8Array(point);
  if (degree === 1) return swapped;
  const size = curve.row.fieldSize;
  for (let at = 0; at < point.length; at += 2 * size) {
    swapped.set(point.subarray(at + size, at + 2 * size), at);
    swapped.set(point.subarray(at, at + size), at + size);
  }
  return swapped;
}
