import type { Fp2, Fp12 } from "@noble/curves/abstract/tower.js";
import type { WeierstrassPoint } from "@noble/curves/abstract/weierstrass.js";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { bn254 } from "@noble/curves/bn254.js";
import { extensionField, numberFormat, primeField, targetGroup } from "./fields.ts";
import { pointGroup } from "./groups.ts";
import { arkworksFormat, zcashFormat } from "./point-encoding.ts";
import type { AlgebraStructure, ElementFormat } from "./structure.ts";

type G1Point = WeierstrassPoint<bigint>;
type G2Point = WeierstrassPoint<Fp2>;

/** The fields and groups around one pairing, and the pairing. Names of formats are those of the Move modules that offer them. */
export interface PairingAlgebra {
  /** Scalars: numbers below the order of the groups. */
  readonly scalars: AlgebraStructure<bigint>;
  /** Coordinates of G1. Undefined where nobody offers them. */
  readonly coordinates: AlgebraStructure<bigint> | undefined;
  readonly extension: AlgebraStructure<Fp12>;
  readonly g1: AlgebraStructure<G1Point>;
  readonly g2: AlgebraStructure<G2Point>;
  readonly target: AlgebraStructure<Fp12>;
  /** The element of the extension, if it is one of the target group. */
  toTarget(element: Fp12): Fp12 | undefined;
  /** The product of the pairings of points at the same index. */
  pair(left: readonly G1Point[], right: readonly G2Point[]): Fp12;
  /** A point of RFC 9380's random oracle suite with SHA-256 and SSWU. Undefined where the curve has none. */
  readonly hashToG1?: (message: Uint8Array, domain: Uint8Array) => G1Point;
  readonly hashToG2?: (message: Uint8Array, domain: Uint8Array) => G2Point;
}

type Curve = typeof bn254;

/** Points at infinity pair to one, and noble takes none. */
function pairWith(curve: Curve) {
  return (left: readonly G1Point[], right: readonly G2Point[]): Fp12 => {
    const pairs = left
      .map((g1, index) => ({ g1, g2: right[index] as G2Point }))
      .filter(({ g1, g2 }) => !g1.is0() && !g2.is0());
    return pairs.length === 0 ? curve.fields.Fp12.ONE : curve.pairingBatch(pairs);
  };
}

function structures(curve: Curve, size: number) {
  const { Fr, Fp, Fp12 } = curve.fields;
  let made: Fp12 | undefined;
  // A pairing takes long where it is the first: it is made when it is wanted.
  const generator = (): Fp12 => {
    made ??= curve.pairing(curve.G1.Point.BASE, curve.G2.Point.BASE);
    return made;
  };
  const target = targetGroup(Fp12, generator, { prime: Fp.ORDER, scalars: Fr.ORDER, size });
  return {
    scalars: primeField(Fr, Fr.ORDER, 32, "Fr"),
    extension: extensionField(Fp12, Fp.ORDER, size),
    target,
    toTarget: (element: Fp12) =>
      Fp12.eql(Fp12.pow(element, Fr.ORDER), Fp12.ONE) ? element : undefined,
    pair: pairWith(curve),
  };
}

const pointFormats = <P>(
  name: string,
  format: (compressed: boolean) => ElementFormat<P>,
): ReadonlyMap<string, ElementFormat<P>> =>
  new Map([
    [`Format${name}Uncompr`, format(false)],
    [`Format${name}Compr`, format(true)],
  ]);

let bn: PairingAlgebra | undefined;
let bls: PairingAlgebra | undefined;

/** BN254 (alt_bn128), encoded as `ark-serialize` does; made when it is first wanted. */
export function bn254Algebra(): PairingAlgebra {
  bn ??= makeBn254();
  return bn;
}

function makeBn254(): PairingAlgebra {
  const { Fp, Fp2 } = bn254.fields;
  const prime = Fp.ORDER;
  const part = numberFormat(prime, 32, "little");
  const isLarge = (value: bigint): boolean => 2n * value > prime;
  const g1 = {
    Point: bn254.G1.Point,
    field: Fp,
    coordinate: part,
    size: 32,
    isNegative: isLarge,
  };
  const pair: ElementFormat<Fp2> = {
    encode: ({ c0, c1 }) => Uint8Array.of(...part.encode(c0), ...part.encode(c1)),
    decode(bytes) {
      const c0 = part.decode(bytes.subarray(0, 32));
      const c1 = part.decode(bytes.subarray(32));
      return c0 === undefined || c1 === undefined ? undefined : { c0, c1 };
    },
  };
  const g2 = {
    Point: bn254.G2.Point,
    field: Fp2,
    coordinate: pair,
    size: 64,
    // The coefficient of u decides, unless it is zero.
    isNegative: ({ c0, c1 }: Fp2) => (c1 === 0n ? isLarge(c0) : isLarge(c1)),
  };
  return {
    ...structures(bn254, 32),
    coordinates: primeField(Fp, prime, 32, "Fq"),
    g1: pointGroup(
      g1.Point,
      pointFormats("G1", (compressed) => arkworksFormat(g1, compressed)),
    ),
    g2: pointGroup(
      g2.Point,
      pointFormats("G2", (compressed) => arkworksFormat(g2, compressed)),
    ),
  };
}

/** BLS12-381, points encoded as ZCash does; made when it is first wanted. */
export function bls12381Algebra(): PairingAlgebra {
  bls ??= makeBls12381();
  return bls;
}

function makeBls12381(): PairingAlgebra {
  const { G1, G2 } = bls12_381;
  return {
    ...structures(bls12_381, 48),
    coordinates: undefined,
    g1: pointGroup(
      G1.Point,
      pointFormats("G1", (compressed) => zcashFormat(G1.Point, 48, compressed)),
    ),
    g2: pointGroup(
      G2.Point,
      pointFormats("G2", (compressed) => zcashFormat(G2.Point, 96, compressed)),
    ),
    hashToG1: (message, domain) => G1.hashToCurve(message, { DST: domain }) as G1Point,
    hashToG2: (message, domain) => G2.hashToCurve(message, { DST: domain }) as G2Point,
  };
}
