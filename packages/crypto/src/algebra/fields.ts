import { fromBytesBE, fromBytesLE, toBytesBE, toBytesLE } from "@dragoman/word";
import type { IField } from "@noble/curves/abstract/modular.js";
import type { Fp2, Fp12 } from "@noble/curves/abstract/tower.js";
import type { AlgebraStructure, ElementFormat, FieldOperations } from "./structure.ts";

/** Operations of a field of noble; `embed` makes an element of a number below the prime. */
export function fieldOperations<E>(
  field: IField<E>,
  prime: bigint,
  embed: (value: bigint) => E,
): FieldOperations<E> {
  return {
    multiply: (left, right) => field.mul(left, right),
    square: (element) => field.sqr(element),
    invert: (element) => (field.is0(element) ? undefined : field.inv(element)),
    fromNumber: (value) => embed(value % prime),
  };
}

/** Numbers below `prime` as bytes of `size`. */
export function numberFormat(
  prime: bigint,
  size: number,
  order: "little" | "big",
): ElementFormat<bigint> {
  const read = order === "little" ? fromBytesLE : fromBytesBE;
  const write = order === "little" ? toBytesLE : toBytesBE;
  return {
    encode: (element) => write(element, size),
    decode(bytes) {
      if (bytes.length !== size) return undefined;
      const value = read(bytes);
      return value < prime ? value : undefined;
    },
  };
}

/** A prime field: formats are named after `name` and the byte that comes first, `Lsb` or `Msb`. */
export function primeField(
  field: IField<bigint>,
  prime: bigint,
  size: number,
  name: string,
): AlgebraStructure<bigint> {
  return {
    order: toBytesLE(prime, size),
    zero: field.ZERO,
    one: field.ONE,
    add: (left, right) => field.add(left, right),
    subtract: (left, right) => field.sub(left, right),
    negate: (element) => field.neg(element),
    equals: (left, right) => field.eql(left, right),
    field: fieldOperations(field, prime, (value) => value),
    formats: new Map([
      [`Format${name}Lsb`, numberFormat(prime, size, "little")],
      [`Format${name}Msb`, numberFormat(prime, size, "big")],
    ]),
  };
}

/** The twelve coefficients, lowest degree first. */
function coefficients({ c0, c1 }: Fp12): bigint[] {
  return [c0, c1].flatMap((six) => [six.c0, six.c1, six.c2]).flatMap((two) => [two.c0, two.c1]);
}

function fromCoefficients(values: readonly bigint[]): Fp12 {
  const two = (at: number): Fp2 => ({ c0: values[at] as bigint, c1: values[at + 1] as bigint });
  const six = (at: number) => ({ c0: two(at), c1: two(at + 2), c2: two(at + 4) });
  return { c0: six(0), c1: six(6) };
}

/** Coefficients of the extension of degree 12, each little-endian, lowest degree first. */
export function extensionFormat(prime: bigint, size: number): ElementFormat<Fp12> {
  const format = numberFormat(prime, size, "little");
  return {
    encode(element) {
      const bytes = new Uint8Array(12 * size);
      coefficients(element).forEach((value, index) => {
        bytes.set(format.encode(value), index * size);
      });
      return bytes;
    },
    decode(bytes) {
      if (bytes.length !== 12 * size) return undefined;
      const values = Array.from({ length: 12 }, (_, index) =>
        format.decode(bytes.subarray(index * size, (index + 1) * size)),
      ).filter((value) => value !== undefined);
      return values.length === 12 ? fromCoefficients(values) : undefined;
    },
  };
}

/** The extension of degree 12 in which a pairing has its values. */
export function extensionField(
  field: IField<Fp12>,
  prime: bigint,
  size: number,
): AlgebraStructure<Fp12> {
  const embed = (value: bigint): Fp12 =>
    fromCoefficients([value, ...Array.from({ length: 11 }, () => 0n)]);
  return {
    order: toBytesLE(prime ** 12n, 12 * size),
    zero: field.ZERO,
    one: field.ONE,
    add: (left, right) => field.add(left, right),
    subtract: (left, right) => field.sub(left, right),
    negate: (element) => field.neg(element),
    equals: (left, right) => field.eql(left, right),
    field: fieldOperations(field, prime, embed),
    formats: new Map([["FormatFq12LscLsb", extensionFormat(prime, size)]]),
  };
}

/** The values of a pairing: a group of prime order inside of the extension, whose product is written as a sum. */
export function targetGroup(
  field: IField<Fp12>,
  generator: () => Fp12,
  orders: { readonly prime: bigint; readonly scalars: bigint; readonly size: number },
): AlgebraStructure<Fp12> {
  const { prime, scalars, size } = orders;
  const format = extensionFormat(prime, size);
  const isMember = (element: Fp12): boolean => field.eql(field.pow(element, scalars), field.ONE);
  return {
    order: toBytesLE(scalars, 32),
    zero: field.ONE,
    get one() {
      return generator();
    },
    add: (left, right) => field.mul(left, right),
    subtract: (left, right) => field.mul(left, field.inv(right)),
    negate: (element) => field.inv(element),
    equals: (left, right) => field.eql(left, right),
    group: {
      double: (element) => field.sqr(element),
      multiply: (element, scalar) => field.pow(element, scalar),
    },
    formats: new Map([
      [
        "FormatGt",
        {
          encode: (element) => format.encode(element),
          decode(bytes) {
            const element = format.decode(bytes);
            return element !== undefined && isMember(element) ? element : undefined;
          },
        },
      ],
    ]),
  };
}
