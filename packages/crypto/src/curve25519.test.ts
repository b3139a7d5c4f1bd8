import { expect, test } from "vitest";
import { edwards25519, ristretto } from "./curve25519.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (point: Uint8Array | undefined): string | undefined =>
  point && Buffer.from(point).toString("hex");
/** A small number as a scalar or as y. */
const small = (value: number): Uint8Array => Uint8Array.of(value, ...new Uint8Array(31));

/** Multiples 0 to 6 of the generator (RFC 9496, appendix A.1). */
const RISTRETTO = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
  "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
  "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
  "da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57",
  "e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e",
  "f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403",
].map(bytes);
const at = (index: number): Uint8Array => RISTRETTO[index] as Uint8Array;

test("ristretto adds, subtracts and multiplies to the multiples of RFC 9496", () => {
  expect(ristretto.add(at(2), at(3))).toEqual(at(5));
  expect(ristretto.subtract(at(2), at(2))).toEqual(at(0));
  expect(ristretto.multiply(small(3), at(2))).toEqual(at(6));
  expect(ristretto.multiply(small(0), at(2))).toEqual(at(0));
  expect(ristretto.sumProducts([small(2), small(1)], [at(1), at(4)])).toEqual(at(6));
  expect(ristretto.sumProducts([], [])).toEqual(at(0));
});

test("ristretto has no encodings that are negative or above the prime (RFC 9496, appendix A.3)", () => {
  const bad = [
    "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
  ].map(bytes);
  for (const point of bad) {
    expect(ristretto.isPoint(point)).toBe(false);
    expect(ristretto.add(at(1), point)).toBeUndefined();
    expect(ristretto.sumProducts([small(1)], [point])).toBeUndefined();
  }
});

test("edwards25519 keeps points of small order and takes encodings that are not canonical", () => {
  // (0, -1) has order 2, (0, 1) is zero; -1 and 1 + p encode y as well.
  const minusOne = bytes(`ec${"ff".repeat(30)}7f`);
  const one = small(1);
  expect(edwards25519.add(minusOne, minusOne)).toEqual(one);
  expect(edwards25519.multiply(small(3), minusOne)).toEqual(minusOne);
  const onePlusPrime = bytes(`ee${"ff".repeat(30)}7f`);
  expect(edwards25519.isPoint(onePlusPrime)).toBe(true);
  expect(edwards25519.add(onePlusPrime, minusOne)).toEqual(minusOne);
  const negativeZero = bytes(`01${"00".repeat(30)}80`);
  expect(edwards25519.isPoint(negativeZero)).toBe(true);
  expect(edwards25519.isPoint(small(2))).toBe(false);
});

test("scalars are below the order of the group", () => {
  const base = bytes(`58${"66".repeat(31)}`);
  const order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  const last = bytes("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  expect(edwards25519.multiply(order, base)).toBeUndefined();
  expect(edwards25519.sumProducts([order], [base])).toBeUndefined();
  const opposite = edwards25519.multiply(last, base) as Uint8Array;
  expect(hex(edwards25519.add(opposite, base))).toBe(hex(small(1)));
});
