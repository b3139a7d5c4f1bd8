import { type Code, get, i64, load, moduleOf, OP, set, store } from "./wasm-code.ts";

/** Limbs of an element of the field of 2^255 - 19: signed, 26 and 25 bits in turn, lowest first, eight bytes each. */
export const LIMBS = 10;
/** Bits of limb `index`. */
export const limbBits = (index: number): number => (index % 2 === 0 ? 26 : 25);

/** Parameters: addresses of the result and of both factors. */
const [TO, LEFT, RIGHT] = [0, 1, 2];
const left = (index: number): number => 3 + index;
const right = (index: number): number => 3 + LIMBS + index;
const sum = (index: number): number => 3 + 2 * LIMBS + index;
const CARRY = 3 + 3 * LIMBS;

/** In which order limbs give their carry to the next, so that none has more than its bits and one (ref10 of SUPERCOP). */
const CARRY_ORDER = [0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0];

/** A module with one page of memory and `multiply(to, left, right)`, which multiplies two elements; limbs may have two bits more than they should. */
export function field25519Module(): WebAssembly.Module {
  const limbs = Array.from({ length: LIMBS }, (_, index) => index);
  const begin = limbs.flatMap((index) => [
    ...[...get(LEFT), ...load(8 * index), ...set(left(index))],
    ...[...get(RIGHT), ...load(8 * index), ...set(right(index))],
  ]);
  const products = limbs.flatMap((index) => [...productCode(index), ...set(sum(index))]);
  const carries = CARRY_ORDER.flatMap(carryCode);
  const end = limbs.flatMap((index) => [...get(TO), ...get(sum(index)), ...store(8 * index)]);
  return moduleOf("multiply", 3, 3 * LIMBS + 1, [...begin, ...products, ...carries, ...end]);
}

/** Leaves limb `index` of the product: what wraps around 2^255 counts 19 times, two odd limbs twice, as their bits are halves. */
function productCode(index: number): Code {
  return Array.from({ length: LIMBS }, (_, i) => {
    const j = (index - i + LIMBS) % LIMBS;
    const factor = (i + j >= LIMBS ? 19 : 1) * (i % 2 === 1 && j % 2 === 1 ? 2 : 1);
    return [
      ...[...get(left(i)), ...get(right(j)), OP.i64Mul],
      ...(factor === 1 ? [] : [...i64(factor), OP.i64Mul]),
      ...(i === 0 ? [] : [OP.i64Add]),
    ];
  }).flat();
}

/** Moves what limb `index` has above its bits, rounded to the nearest, to the next one. */
function carryCode(index: number): Code {
  const bits = limbBits(index);
  const next = (index + 1) % LIMBS;
  return [
    ...[
      ...get(sum(index)),
      ...i64(2 ** (bits - 1)),
      OP.i64Add,
      ...i64(bits),
      OP.i64ShrS,
      ...set(CARRY),
    ],
    ...[
      ...get(sum(next)),
      ...get(CARRY),
      ...(next === 0 ? [...i64(19), OP.i64Mul] : []),
      OP.i64Add,
    ],
    ...[...set(sum(next)), ...get(sum(index)), ...get(CARRY), ...i64(bits), OP.i64Shl, OP.i64Sub],
    ...set(sum(index)),
  ];
}
