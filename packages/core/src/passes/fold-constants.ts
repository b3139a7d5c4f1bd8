import { OPS } from "../ir/ops.ts";
import { EXCHANGED } from "./boolean.ts";
import { CHANGED, constant, DROPPED, definition, toConstant } from "./constants.ts";
import { EVALUATE, type Evaluate } from "./evaluate.ts";
import { BRANCH_RULES } from "./fold-branches.ts";
import { IDENTITIES, type Rule } from "./identities.ts";
import type { Rewriter, Visitor } from "./rewriter.ts";
import { WORD_IDENTITIES } from "./word-identities.ts";

/** Rules that may follow from each other on one instruction. */
const ROUNDS_MAX = 4;

const evaluators: readonly (Evaluate | undefined)[] = OPS.map(({ name }) => EVALUATE[name]);
const rules: readonly (Rule | undefined)[] = OPS.map(
  ({ name }) => BRANCH_RULES[name] ?? WORD_IDENTITIES[name] ?? IDENTITIES[name],
);

/** 1 for the three operations that are constants. */
const isConst = Uint8Array.from(OPS, ({ name }) => (name.endsWith(".const") ? 1 : 0));

/**
 * Constant folding: operations on constants become constants, algebraic identities what they are equal to, and branches on
 * constants `br`. Only what cannot trap is folded away; a division by a constant 0 stays.
 */
export const foldConstants: Visitor = {
  visit(r, at) {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const op = r.code[at] & 0xff;
      const answer = fold(r, at, op);
      if (answer === DROPPED) return -1;
      if (answer !== CHANGED) break;
    }
    return at;
  },
};

function fold(r: Rewriter, at: number, op: number): number {
  const evaluate = evaluators[op];
  if (evaluate !== undefined) {
    if (EXCHANGED[op] >= 0) constantToTheRight(r, at, op);
    if (isConst[definition(r, r.code[at + 3])] === 1) {
      const answer = evaluateConstants(r, at, op, evaluate);
      if (answer !== 0) return answer;
    }
  }
  const rule = rules[r.code[at] & 0xff];
  return rule === undefined ? 0 : rule(r, at);
}

/** Puts a constant left operand to the right, where rules look for it. */
function constantToTheRight(r: Rewriter, at: number, op: number): void {
  const { code } = r;
  const a = code[at + 3];
  const b = code[at + 4];
  if (isConst[definition(r, a)] !== 1 || isConst[definition(r, b)] === 1) return;
  code[at] = (code[at] & ~0xff) | EXCHANGED[op];
  code[at + 3] = b;
  code[at + 4] = a;
}

function evaluateConstants(r: Rewriter, at: number, op: number, evaluate: Evaluate): number {
  const { argCount, immediates } = OPS[op];
  const operands: (number | bigint)[] = [];
  for (let i = 0; i < argCount; i++) {
    const value = constant(r, r.code[at + 3 + i]);
    if (value === undefined) return 0;
    operands.push(value);
  }
  for (let i = 0; i < immediates; i++) operands.push(BigInt(r.code[at + 3 + argCount + i]));
  const result = evaluate(...operands);
  if (result === undefined) return 0;
  return toConstant(r, at, typeof result === "boolean" ? Number(result) : result);
}
