import { OP, OPS } from "../ir/ops.ts";
import { argumentOf, definition, isConstant } from "./constants.ts";
import type { Rewriter } from "./rewriter.ts";

/** 1 for the operations whose result is 0 or 1. */
const IS_TEST = Uint8Array.from(OPS, ({ name }) =>
  /\.(eqz?|ne|[lg][te]_[us]|fits)$/.test(name) ? 1 : 0,
);

const COMBINES = new Set([OP["i32.and"], OP["i32.or"], OP["i32.xor"]]);

/** True if it is known, with a short look, that the i32 `value` is 0 or 1. */
export function isBoolean(r: Rewriter, value: number, depth = 2): boolean {
  const op = definition(r, value);
  if (op === OP.nop) return false;
  if (IS_TEST[op] === 1) return true;
  if (op === OP["i32.const"]) return isConstant(r, value, 0) || isConstant(r, value, 1);
  if (op === OP["i32.and"] && isConstant(r, argumentOf(r, value, 1), 1)) return true;
  return (
    depth > 0 &&
    COMBINES.has(op) &&
    isBoolean(r, argumentOf(r, value, 0), depth - 1) &&
    isBoolean(r, argumentOf(r, value, 1), depth - 1)
  );
}

const OPPOSITES = [
  ["eq", "ne"],
  ["lt_u", "ge_u"],
  ["lt_s", "ge_s"],
  ["gt_u", "le_u"],
  ["gt_s", "le_s"],
] as const;

/** The comparison that is true exactly when this one is false; -1 = there is none. */
export const OPPOSITE = new Int16Array(OPS.length).fill(-1);
/** The comparison, or other operation, that gives the same with its two operands exchanged; -1 = there is none. */
export const EXCHANGED = new Int16Array(OPS.length).fill(-1);

for (const type of ["i32", "i64"] as const) {
  for (const [a, b] of OPPOSITES) {
    OPPOSITE[OP[`${type}.${a}`]] = OP[`${type}.${b}`];
    OPPOSITE[OP[`${type}.${b}`]] = OP[`${type}.${a}`];
  }
  for (const sign of ["u", "s"] as const) {
    EXCHANGED[OP[`${type}.lt_${sign}`]] = OP[`${type}.gt_${sign}`];
    EXCHANGED[OP[`${type}.gt_${sign}`]] = OP[`${type}.lt_${sign}`];
    EXCHANGED[OP[`${type}.le_${sign}`]] = OP[`${type}.ge_${sign}`];
    EXCHANGED[OP[`${type}.ge_${sign}`]] = OP[`${type}.le_${sign}`];
  }
  EXCHANGED[OP[`${type}.ne`]] = OP[`${type}.ne`];
}
for (const type of ["i32", "i64", "i256"] as const) {
  for (const name of ["add", "mul", "and", "or", "xor", "eq"] as const) {
    EXCHANGED[OP[`${type}.${name}`]] = OP[`${type}.${name}`];
  }
}
for (const sign of ["u", "s"] as const) {
  EXCHANGED[OP[`i256.lt_${sign}`]] = OP[`i256.gt_${sign}`];
  EXCHANGED[OP[`i256.gt_${sign}`]] = OP[`i256.lt_${sign}`];
}
EXCHANGED[OP["i64.mulh_u"]] = OP["i64.mulh_u"];
