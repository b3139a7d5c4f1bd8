import { Bn254Membership } from "./bn254-membership.ts";
import { CurveGroup } from "./curve-group.ts";
import { type CurveRow, PairingCurve } from "./pairing-curve.ts";

/** BN254 as EIP-196 has it, `BN_SNARK1` of mcl. EIP-197 encodes the coefficient of i first. */
const BN254: CurveRow = {
  id: 4,
  prime: 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47n,
  order: 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n,
  fieldSize: 32,
  imaginaryFirst: true,
  g1Constant: 3n,
  // 3 / (9 + i)
  g2Constant: [
    0x2b149d40ceb8aaae81be18991be06ac3b5b4c5e559dbefa33267e6dc24a138e5n,
    0x9713b03af0fed4cd2cafadeed8fdf4a74fa084e52d1852e4a2bd0685c315d2n,
  ],
};

/** BLS12-381. EIP-2537 encodes the coefficient of i second. */
const BLS12_381: CurveRow = {
  id: 5,
  prime: BigInt(
    "0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
  ),
  order: 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n,
  fieldSize: 48,
  imaginaryFirst: false,
  g1Constant: 4n,
  g2Constant: [4n, 4n],
};

/** Maps to the curve as RFC 9380 does, number of mcl's `MCL_MAP_TO_MODE_HASH_TO_CURVE_07`. */
const MAP_AS_RFC_9380 = 5;

/** Two groups and their pairing. */
export interface Pairing {
  readonly curve: PairingCurve;
  readonly g1: CurveGroup;
  readonly g2: CurveGroup;
}

let bn: Pairing | undefined;
let bls: Pairing | undefined;

/** BN254 (alt_bn128), made when it is first wanted. */
export function bn254(): Pairing {
  if (bn === undefined) {
    const curve = new PairingCurve(BN254);
    const membership = new Bn254Membership(curve);
    // G1 is the whole curve.
    const g1 = new CurveGroup(curve, 1, () => true);
    bn = { curve, g1, g2: new CurveGroup(curve, 2, (point) => membership.has(point)) };
  }
  return bn;
}

/** BLS12-381, made when it is first wanted. */
export function bls12381(): Pairing {
  if (bls === undefined) {
    const curve = new PairingCurve(BLS12_381);
    curve.mcl.mclBn_setETHserialization(1);
    curve.mcl.mclBn_setMapToMode(MAP_AS_RFC_9380);
    bls = { curve, g1: new CurveGroup(curve, 1), g2: new CurveGroup(curve, 2) };
  }
  return bls;
}

/** Finite pairs that were read: where their points are. */
interface Pairs {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/**
 * Whether the product of pairings is one: `pairs` holds points of G1, each followed by a point of G2, both of the groups of prime order.
 * Undefined if a point is none.
 */
export function checkPairing(pairing: Pairing, pairs: Uint8Array): boolean | undefined {
  const read = readPairs(pairing, pairs);
  return read && pairing.curve.pairingIsOne(read.left, read.right, read.count);
}

/** The product of pairings of such pairs: twelve coefficients, big-endian, lowest degree first. */
export function pairingProduct(
  pairing: Pairing,
  pairs: Uint8Array,
): readonly Uint8Array[] | undefined {
  const read = readPairs(pairing, pairs);
  return read && pairing.curve.pairingProduct(read.left, read.right, read.count);
}

function readPairs({ g1, g2 }: Pairing, pairs: Uint8Array): Pairs | undefined {
  const stride = g1.encodedSize + g2.encodedSize;
  const all = pairs.length / stride;
  const left = g1.reserve(all);
  const right = g2.reserve(all);
  let count = 0;
  for (let i = 0; i < all; i++) {
    const [p, q] = [left + count * g1.pointSize, right + count * g2.pointSize];
    if (!g1.read(p, pairs, i * stride, "group")) return undefined;
    if (!g2.read(q, pairs, i * stride + g1.encodedSize, "group")) return undefined;
    // The pairing with infinity is one.
    if (!g1.isInfinity(p) && !g2.isInfinity(q)) count++;
  }
  return { left, right, count };
}
