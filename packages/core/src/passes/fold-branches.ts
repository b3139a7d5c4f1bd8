import { OP, type OpName, opWord } from "../ir/ops.ts";
import {
  argumentOf,
  CHANGED,
  constant,
  DROPPED,
  definition,
  isConstant,
  KEPT,
} from "./constants.ts";
import type { Rule } from "./identities.ts";
import type { Rewriter } from "./rewriter.ts";

/** The i32 that is zero exactly when `value` is, or the one that is zero exactly when it is not. */
function conditionOf(
  r: Rewriter,
  value: number,
): { source: number; inverted: boolean } | undefined {
  const op = definition(r, value);
  if (op === OP["i32.eqz"]) return { source: argumentOf(r, value, 0), inverted: true };
  if (op === OP["i32.ne"] && isConstant(r, argumentOf(r, value, 1), 0)) {
    return { source: argumentOf(r, value, 0), inverted: false };
  }
  return undefined;
}

/** A condition that is an operand and may not be inverted: `not not x` is as good as `x`. */
const unlessDropped =
  (conditionAt: number): Rule =>
  (r, at) => {
    const { code } = r;
    const known = constant(r, code[at + conditionAt]);
    if (known === 0) {
      r.length = at;
      return DROPPED;
    }
    if (known !== undefined) return KEPT;
    const first = conditionOf(r, code[at + conditionAt]);
    if (first === undefined) return KEPT;
    if (!first.inverted) code[at + conditionAt] = first.source;
    else {
      const second = conditionOf(r, first.source);
      if (second === undefined || !second.inverted) return KEPT;
      code[at + conditionAt] = second.source;
    }
    return CHANGED;
  };

const brIf: Rule = (r, at) => {
  const { code } = r;
  const known = constant(r, code[at + 2]);
  const first = at + 3;
  const second = at + 5 + code[at + 4];
  if (known !== undefined) return toBr(r, at, known === 0 ? second : first);
  if (sameEdges(code, first, second)) return toBr(r, at, first);
  const condition = conditionOf(r, code[at + 2]);
  if (condition === undefined) return KEPT;
  code[at + 2] = condition.source;
  if (condition.inverted) exchangeEdges(code, first, second);
  return CHANGED;
};

function sameEdges(code: Int32Array, first: number, second: number): boolean {
  const words = second - first;
  if (code[first + 1] !== code[second + 1]) return false;
  for (let i = 0; i < words; i++) if (code[first + i] !== code[second + i]) return false;
  return true;
}

/** Makes the branch at `at` one that always takes the edge at `edge`. */
function toBr(r: Rewriter, at: number, edge: number): number {
  const { code } = r;
  const words = 2 + code[edge + 1];
  code.copyWithin(at + 2, edge, edge + words);
  code[at] = opWord(OP.br, 2 + words);
  r.length = at + 2 + words;
  return CHANGED;
}

function exchangeEdges(code: Int32Array, first: number, second: number): void {
  const firstEdge = code.slice(first, second);
  const secondWords = 2 + code[second + 1];
  code.copyWithin(first, second, second + secondWords);
  code.set(firstEdge, first + secondWords);
}

const switchOnConstant: Rule = (r, at) => {
  const { code } = r;
  const known = constant(r, code[at + 2]);
  const count = code[at + 3];
  let target = code[at + 4 + count];
  if (known !== undefined) {
    const index = Number(known) >>> 0;
    if (index < count) target = code[at + 4 + index];
  } else {
    for (let i = 0; i < count; i++) if (code[at + 4 + i] !== target) return KEPT;
  }
  code[at] = opWord(OP.br, 4);
  code[at + 2] = target;
  code[at + 3] = 0;
  r.length = at + 4;
  return CHANGED;
};

/** Rules for branches and for what has a condition. */
export const BRANCH_RULES: Partial<Record<OpName, Rule>> = {
  "br.if": brIf,
  switch: switchOnConstant,
  "trap.if": unlessDropped(2),
  "host.if": unlessDropped(3),
};
