import { OP, type OpName } from "../ir/ops.ts";
import { isBoolean } from "./boolean.ts";
import {
  argumentOf,
  constant,
  definition,
  isConstant,
  KEPT,
  toBinary,
  toConstant,
  toUnary,
  toValue,
} from "./constants.ts";
import { IDENTITIES, type Rule } from "./identities.ts";
import type { Rewriter } from "./rewriter.ts";

// Rules that bring 256-bit operations back to the width of what their words were made from.

const FROM_I32 = OP["i256.from_i32"];
const FROM_I64 = OP["i256.from_i64"];

/** Comparisons of words and of what zero-extended words were made from. */
const UNSIGNED_NARROW: readonly [OpName, OpName, OpName][] = [
  ["i256.eq", "i32.eq", "i64.eq"],
  ["i256.lt_u", "i32.lt_u", "i64.lt_u"],
  ["i256.gt_u", "i32.gt_u", "i64.gt_u"],
];

const compareNarrow =
  (in32: number, in64: number): Rule =>
  (r, at) => {
    const a = r.code[at + 3];
    const b = r.code[at + 4];
    const op = definition(r, a);
    if (op !== definition(r, b) || (op !== FROM_I32 && op !== FROM_I64)) return KEPT;
    return toBinary(r, at, op === FROM_I32 ? in32 : in64, argumentOf(r, a, 0), argumentOf(r, b, 0));
  };

const eqz: Rule = (r, at) => {
  const value = r.code[at + 3];
  const op = definition(r, value);
  if (op === FROM_I32) return toUnary(r, at, OP["i32.eqz"], argumentOf(r, value, 0));
  if (op === FROM_I64 || op === OP["i256.from_i64_s"]) {
    return toUnary(r, at, OP["i64.eqz"], argumentOf(r, value, 0));
  }
  if (op === OP["i256.sub"] || op === OP["i256.xor"]) {
    return toBinary(r, at, OP["i256.eq"], argumentOf(r, value, 0), argumentOf(r, value, 1));
  }
  return KEPT;
};

const eq: Rule = (r, at) => {
  const a = r.code[at + 3];
  const b = r.code[at + 4];
  if (a === b) return toConstant(r, at, 1);
  if (isConstant(r, b, 0)) return toUnary(r, at, OP["i256.eqz"], a);
  if (definition(r, a) !== FROM_I32 || !isConstant(r, b, 1)) return KEPT;
  const inner = argumentOf(r, a, 0);
  return isBoolean(r, inner) ? toValue(r, at, inner) : KEPT;
};

/** `word < 1` is `word == 0`. */
const ltU: Rule = (r, at) =>
  isConstant(r, r.code[at + 4], 1) ? toUnary(r, at, OP["i256.eqz"], r.code[at + 3]) : KEPT;

/** `x & mask` of a word made from 32 or 64 bits, all of which are in the mask. */
const and: Rule = (r, at) => {
  const a = r.code[at + 3];
  const op = definition(r, a);
  if (op !== FROM_I32 && op !== FROM_I64) return KEPT;
  const mask = constant(r, r.code[at + 4]);
  if (mask === undefined) return KEPT;
  const low = (1n << (op === FROM_I32 ? 32n : 64n)) - 1n;
  return (BigInt(mask) & low) === low ? toValue(r, at, a) : KEPT;
};

const wrap: Rule = (r, at) => {
  const value = r.code[at + 3];
  const op = definition(r, value);
  if (op === FROM_I32) return toValue(r, at, argumentOf(r, value, 0));
  if (op === FROM_I64 || op === OP["i256.from_i64_s"]) {
    return toUnary(r, at, OP["i32.wrap"], argumentOf(r, value, 0));
  }
  return KEPT;
};

const clamp32: Rule = (r, at) => {
  const value = r.code[at + 3];
  if (definition(r, value) !== FROM_I32) return KEPT;
  const inner = argumentOf(r, value, 0);
  return isBoolean(r, inner) ? toValue(r, at, inner) : KEPT;
};

const clamp64: Rule = (r, at) => {
  const value = r.code[at + 3];
  if (definition(r, value) !== FROM_I32) return KEPT;
  return toUnary(r, at, OP["i64.extend_u"], argumentOf(r, value, 0));
};

const fits: Rule = (r, at) => {
  const bits = r.code[at + 4];
  const op = definition(r, r.code[at + 3]);
  const has = op === FROM_I32 ? 32 : op === FROM_I64 ? 64 : 256;
  return bits >= has ? toConstant(r, at, 1) : KEPT;
};

const limb: Rule = (r, at) => {
  const value = r.code[at + 3];
  const index = r.code[at + 4];
  const op = definition(r, value);
  if (op === OP["i256.make"]) return toValue(r, at, argumentOf(r, value, index));
  if (op !== FROM_I32 && op !== FROM_I64) return KEPT;
  if (index > 0) return toConstant(r, at, 0);
  const inner = argumentOf(r, value, 0);
  return op === FROM_I64 ? toValue(r, at, inner) : toUnary(r, at, OP["i64.extend_u"], inner);
};

const make: Rule = (r, at) => {
  const { code } = r;
  const low = code[at + 3];
  if (isConstant(r, code[at + 6], 0) && isConstant(r, code[at + 5], 0)) {
    return isConstant(r, code[at + 4], 0) ? toUnary(r, at, FROM_I64, low) : KEPT;
  }
  if (definition(r, low) !== OP["i256.limb"]) return KEPT;
  const source = argumentOf(r, low, 0);
  for (let i = 0; i < 4; i++) {
    if (!isLimb(r, code[at + 3 + i], source, i)) return KEPT;
  }
  return toValue(r, at, source);
};

/** True if `value` is limb `i` of `word`. */
function isLimb(r: Rewriter, value: number, word: number, i: number): boolean {
  return (
    definition(r, value) === OP["i256.limb"] &&
    argumentOf(r, value, 0) === word &&
    argumentOf(r, value, 1) === i
  );
}

const fromI64: Rule = (r, at) => {
  const value = r.code[at + 3];
  if (definition(r, value) !== OP["i64.extend_u"]) return KEPT;
  return toUnary(r, at, FROM_I32, argumentOf(r, value, 0));
};

const both =
  (first: Rule | undefined, second: Rule): Rule =>
  (r, at) =>
    first?.(r, at) || second(r, at);

/** Rules for i256, after those of {@link IDENTITIES} where an operation has both. */
export const WORD_IDENTITIES: Partial<Record<OpName, Rule>> = {
  ...Object.fromEntries(
    UNSIGNED_NARROW.map(([name, in32, in64]) => [
      name,
      both(IDENTITIES[name], compareNarrow(OP[in32], OP[in64])),
    ]),
  ),
  "i256.eq": both(eq, compareNarrow(OP["i32.eq"], OP["i64.eq"])),
  "i256.lt_u": both(
    both(IDENTITIES["i256.lt_u"], ltU),
    compareNarrow(OP["i32.lt_u"], OP["i64.lt_u"]),
  ),
  "i256.and": both(IDENTITIES["i256.and"], and),
  "i256.eqz": eqz,
  "i32.wrap_i256": wrap,
  "i32.clamp_i256": clamp32,
  "i64.clamp_i256": clamp64,
  "i256.fits": fits,
  "i256.limb": limb,
  "i256.make": make,
  "i256.from_i64": fromI64,
};
