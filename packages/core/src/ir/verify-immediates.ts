import { OPERAND_STACK_WORDS } from "../host/frame-layout.ts";
import { FRONTEND_TRAPS, OUTCOME } from "../host/outcome.ts";
import { REGION } from "../host/region.ts";
import { isChecked } from "./checked.ts";
import { immediatePosition } from "./forms.ts";
import { OPS, type OpName } from "./ops.ts";
import { fail, type Verification } from "./verify-function.ts";

type Rule = (view: Verification) => void;

const immediate = ({ fn, at }: Verification, i: number): number =>
  fn.code[immediatePosition(fn.code, at) + i];

/** Immediate `i` lies in [min, max]. */
const inRange =
  (i: number, min: number, max: number, what: string): Rule =>
  (view) => {
    const value = immediate(view, i);
    if (value < min || value > max) fail(view, `${what} ${value} is not in ${min} to ${max}`);
  };

const oneOf =
  (i: number, values: readonly number[], what: string): Rule =>
  (view) => {
    const value = immediate(view, i);
    if (!values.includes(value)) fail(view, `${what} ${value} is none of ${values.join(", ")}`);
  };

const all =
  (...rules: readonly Rule[]): Rule =>
  (view) => {
    for (const rule of rules) rule(view);
  };

const INT_MAX = 2 ** 31 - 1;
const OUTCOME_MAX = 0xffff;
const traps = (i: number): Rule => inRange(i, OUTCOME.OUT_OF_GAS, OUTCOME_MAX, "trap outcome");

/** A trap of the frontend's own is certain, as no guess leads to it: code may end by it. */
const exitOutcome: Rule = (view) => {
  const min = immediate(view, 0) >= FRONTEND_TRAPS ? FRONTEND_TRAPS : 0;
  const max = min === 0 ? OUTCOME.OUT_OF_GAS - 1 : OUTCOME_MAX;
  inRange(0, min, max, "outcome")(view);
};
const offset = inRange(0, 0, INT_MAX, "offset");
const amount = inRange(0, 0, INT_MAX, "amount");
const guess = (i: number): Rule => inRange(i, -1, REGION.COUNT - 1, "region");

const hasStack: Rule = (view) => {
  if (view.module.operandStack === 0) fail(view, "the module has no operand stack");
};
const depth = all(hasStack, inRange(0, 0, OPERAND_STACK_WORDS - 1, "depth"));

const inPool: Rule = (view) => {
  const index = immediate(view, 0);
  if (index < 0 || index >= view.module.words.length)
    fail(view, `word ${index} is not in the pool`);
};

function memoryRule(name: OpName): Rule | undefined {
  if (/^i\d+\.(load|store)_le$/.test(name)) return all(offset, oneOf(1, [16, 32], "size"));
  return /^i\d+\.(load|store)/.test(name) ? offset : undefined;
}

function checkedRule(name: OpName): Rule {
  return all(inRange(0, 1, name.startsWith("i64") ? 64 : 256, "number of bits"), traps(1));
}

/** What the immediates of an operation must be; the operations without a rule have none or take any. */
export const IMMEDIATE_RULES: Partial<Record<OpName, Rule>> = {
  ...Object.fromEntries(OPS.map(({ name }) => [name, memoryRule(name)])),
  ...Object.fromEntries(
    OPS.filter(({ code }) => isChecked(code)).map(({ name }) => [name, checkedRule(name)]),
  ),
  "i256.const": inPool,
  "i256.limb": inRange(0, 0, 3, "limb"),
  "i256.fits": inRange(0, 0, 256, "number of bits"),
  "region.load": all(oneOf(1, [1, 2, 4, 8], "size"), guess(2)),
  "region.store": all(oneOf(1, [1, 2, 4, 8], "size"), guess(2)),
  "region.host": all(oneOf(0, [0, 1], "mode"), guess(1)),
  meter: amount,
  charge: amount,
  "stack.check": all(
    hasStack,
    inRange(0, 0, OPERAND_STACK_WORDS, "need"),
    inRange(1, 0, OPERAND_STACK_WORDS, "growth"),
  ),
  "stack.get": depth,
  "stack.set": depth,
  "stack.move": all(hasStack, inRange(0, -OPERAND_STACK_WORDS, OPERAND_STACK_WORDS, "move")),
  "frame.place": amount,
  "counter.add": inRange(0, 0, 15, "counter"),
  "log.append": inRange(0, 0, 4, "number of topics"),
  "trap.if": traps(0),
  trap: traps(0),
  exit: exitOutcome,
};
