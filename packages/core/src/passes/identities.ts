import { OP, type OpName } from "../ir/ops.ts";
import { isBoolean, OPPOSITE } from "./boolean.ts";
import {
  argumentOf,
  CHANGED,
  constant,
  definition,
  isAllOnes,
  isConstant,
  KEPT,
  toBinary,
  toConstant,
  toUnary,
  toValue,
} from "./constants.ts";
import type { Rewriter } from "./rewriter.ts";

/** Changes the last instruction, at `at`, if it can be a simpler one: KEPT, CHANGED or DROPPED. */
export type Rule = (r: Rewriter, at: number) => number;

/** A rule on the two operands of the instruction. A constant stands on the right, if the operation allows that. */
const binary =
  (rule: (r: Rewriter, at: number, a: number, b: number) => number): Rule =>
  (r, at) =>
    rule(r, at, r.code[at + 3], r.code[at + 4]);

const add = binary((r, at, a, b) => (isConstant(r, b, 0) ? toValue(r, at, a) : KEPT));

const sub = binary((r, at, a, b) => {
  if (isConstant(r, b, 0)) return toValue(r, at, a);
  return a === b ? toConstant(r, at, 0) : KEPT;
});

const mul = binary((r, at, a, b) => {
  if (isConstant(r, b, 1)) return toValue(r, at, a);
  return isConstant(r, b, 0) ? toConstant(r, at, 0) : KEPT;
});

const and = binary((r, at, a, b) => {
  if (a === b || isAllOnes(r, b)) return toValue(r, at, a);
  if (isConstant(r, b, 0)) return toConstant(r, at, 0);
  return maskTwice(r, at, a, b) || KEPT;
});

/** `(x & m) & n` where n has all bits of m is `x & m`. */
function maskTwice(r: Rewriter, at: number, a: number, b: number): number {
  if (definition(r, a) !== (r.code[at] & 0xff)) return KEPT;
  const inner = constant(r, argumentOf(r, a, 1));
  if (inner === undefined) return KEPT;
  const outer = constant(r, b);
  if (outer === undefined || (BigInt(inner) & BigInt(outer)) !== BigInt(inner)) return KEPT;
  return toValue(r, at, a);
}

const or = binary((r, at, a, b) => {
  if (a === b || isConstant(r, b, 0)) return toValue(r, at, a);
  return isAllOnes(r, b) ? toConstant(r, at, -1) : KEPT;
});

const xor = binary((r, at, a, b) => {
  if (isConstant(r, b, 0)) return toValue(r, at, a);
  return a === b ? toConstant(r, at, 0) : KEPT;
});

/** Shifts of i32 and i64: value, amount. */
const shift = binary((r, at, a, b) => (isConstant(r, b, 0) ? toValue(r, at, a) : KEPT));

/** Shifts of i256: amount, value. */
const wordShift = binary((r, at, amount, value) => {
  if (isConstant(r, amount, 0)) return toValue(r, at, value);
  if ((r.code[at] & 0xff) === OP["i256.sar"]) return KEPT;
  const bits = constant(r, amount);
  return bits !== undefined && bits >= 256n ? toConstant(r, at, 0) : KEPT;
});

const divide = binary((r, at, a, b) => (isConstant(r, b, 1) ? toValue(r, at, a) : KEPT));

const remainder = binary((r, at, _a, b) => (isConstant(r, b, 1) ? toConstant(r, at, 0) : KEPT));

const compare = (whenSame: number): Rule =>
  binary((r, at, a, b) => (a === b ? toConstant(r, at, whenSame) : KEPT));

const eq32 = binary((r, at, a, b) => {
  if (a === b) return toConstant(r, at, 1);
  if (isConstant(r, b, 0)) return toUnary(r, at, OP["i32.eqz"], a);
  return isConstant(r, b, 1) && isBoolean(r, a) ? toValue(r, at, a) : KEPT;
});

const ne32 = binary((r, at, a, b) => {
  if (a === b) return toConstant(r, at, 0);
  return isConstant(r, b, 0) && isBoolean(r, a) ? toValue(r, at, a) : KEPT;
});

const eq64 = binary((r, at, a, b) => {
  if (a === b) return toConstant(r, at, 1);
  return isConstant(r, b, 0) ? toUnary(r, at, OP["i64.eqz"], a) : KEPT;
});

const eqz32: Rule = (r, at) => {
  const value = r.code[at + 3];
  const op = definition(r, value);
  if (OPPOSITE[op] >= 0) {
    return toBinary(r, at, OPPOSITE[op], argumentOf(r, value, 0), argumentOf(r, value, 1));
  }
  if (op !== OP["i32.eqz"]) return KEPT;
  const inner = argumentOf(r, value, 0);
  return isBoolean(r, inner) ? toValue(r, at, inner) : KEPT;
};

const eqz64: Rule = (r, at) => {
  const value = r.code[at + 3];
  const op = definition(r, value);
  if (op === OP["i64.extend_u"] || op === OP["i64.extend_s"]) {
    return toUnary(r, at, OP["i32.eqz"], argumentOf(r, value, 0));
  }
  if (op === OP["i64.sub"] || op === OP["i64.xor"]) {
    return toBinary(r, at, OP["i64.eq"], argumentOf(r, value, 0), argumentOf(r, value, 1));
  }
  return KEPT;
};

/** Both values, or the value and the inverse, of a condition; `not` of `not` is the same. */
const select: Rule = (r, at) => {
  const { code } = r;
  const [condition, a, b] = [code[at + 3], code[at + 4], code[at + 5]];
  if (a === b) return toValue(r, at, a);
  const known = constant(r, condition);
  if (known !== undefined) return toValue(r, at, known === 0 ? b : a);
  if (definition(r, condition) !== OP["i32.eqz"]) return KEPT;
  code[at + 3] = argumentOf(r, condition, 0);
  code[at + 4] = b;
  code[at + 5] = a;
  return CHANGED;
};

const wrap: Rule = (r, at) => {
  const value = r.code[at + 3];
  const op = definition(r, value);
  const extends32 = op === OP["i64.extend_u"] || op === OP["i64.extend_s"];
  return extends32 ? toValue(r, at, argumentOf(r, value, 0)) : KEPT;
};

/** Undoes itself: `not not x`, `bswap bswap x`. */
const involution: Rule = (r, at) => {
  const value = r.code[at + 3];
  return definition(r, value) === (r.code[at] & 0xff)
    ? toValue(r, at, argumentOf(r, value, 0))
    : KEPT;
};

/** A checked division by 1, or addition or subtraction of 0: arguments have the bits already. */
const checked: Rule = binary((r, at, a, b) => {
  switch (r.code[at] & 0xff) {
    case OP["i64.addc"]:
    case OP["i256.addc"]:
    case OP["i64.subc"]:
    case OP["i256.subc"]:
      return isConstant(r, b, 0) ? toValue(r, at, a) : KEPT;
    default:
      return isConstant(r, b, 1) ? toValue(r, at, a) : KEPT;
  }
});

/** Rules for what is the same in all widths, and for i32 and i64. */
export const IDENTITIES: Partial<Record<OpName, Rule>> = {
  ...Object.fromEntries(
    ["i32", "i64", "i256"].flatMap((type): [string, Rule][] => [
      [`${type}.add`, add],
      [`${type}.sub`, sub],
      [`${type}.mul`, mul],
      [`${type}.and`, and],
      [`${type}.or`, or],
      [`${type}.xor`, xor],
      [`${type}.div_u`, divide],
      [`${type}.rem_u`, remainder],
      [`${type}.lt_u`, compare(0)],
      [`${type}.lt_s`, compare(0)],
      [`${type}.gt_u`, compare(0)],
      [`${type}.gt_s`, compare(0)],
      [`${type}.select`, select],
      [`${type}.addc`, checked],
      [`${type}.subc`, checked],
      [`${type}.mulc`, checked],
      [`${type}.divc`, checked],
    ]),
  ),
  ...Object.fromEntries(
    ["i32", "i64"].flatMap((type): [string, Rule][] => [
      [`${type}.shl`, shift],
      [`${type}.shr_u`, shift],
      [`${type}.shr_s`, shift],
      [`${type}.le_u`, compare(1)],
      [`${type}.le_s`, compare(1)],
      [`${type}.ge_u`, compare(1)],
      [`${type}.ge_s`, compare(1)],
    ]),
  ),
  "i32.eq": eq32,
  "i32.ne": ne32,
  "i64.eq": eq64,
  "i64.ne": compare(0),
  "i32.eqz": eqz32,
  "i64.eqz": eqz64,
  "i64.bswap": involution,
  "i32.wrap": wrap,
  "i256.not": involution,
  "i256.div": divide,
  "i256.sdiv": divide,
  "i256.mod": remainder,
  "i256.shl": wordShift,
  "i256.shr": wordShift,
  "i256.sar": wordShift,
};
