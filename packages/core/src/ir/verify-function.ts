import { refuse } from "@dragoman/fault";
import { scratch } from "./array-source.ts";
import { analyseControlFlow, type ControlFlow, dominates } from "./control-flow.ts";
import { operandPositions, resultPositions, targetPositions } from "./forms.ts";
import type { IrBlock, IrFunction, IrModule } from "./function.ts";
import { OP, OPS, TERMINATES } from "./ops.ts";
import type { ValueType } from "./value-type.ts";
import { IMMEDIATE_RULES } from "./verify-immediates.ts";
import { instructionLength } from "./verify-layout.ts";
import { verifyTypes } from "./verify-types.ts";

const NOWHERE = -1;

/** What the rules look at. */
export interface Verification {
  readonly fn: IrFunction;
  readonly module: IrModule;
  readonly index: number;
  /** Block and word of the instruction in view. */
  block: number;
  at: number;
}

/** Refuses the function with a rule that the instruction in view breaks. */
export function fail({ fn, index, block, at }: Verification, why: string): never {
  const inside = at >= 0 && at < fn.code.length;
  const name = inside ? OPS[fn.code[at] & 0xff]?.name : undefined;
  const place = `f${index}${block < 0 ? "" : ` block${block}`}${name === undefined ? "" : ` ${name}`}`;
  refuse("INVALID_IR", inside ? fn.code[at + 1] : undefined, `${place}: ${why}`, {
    function: index,
    block,
    word: at,
  });
}

/** Checks one function against every rule; see {@link verifyModule}. */
export function verifyFunction(fn: IrFunction, module: IrModule, index: number): void {
  const view: Verification = { fn, module, index, block: -1, at: -1 };
  verifyHeader(view);
  fn.blocks.forEach((block, i) => {
    view.block = i;
    view.at = -1;
    verifyLayout(view, block);
  });
  const definedIn = scratch.int32s(fn.valueCount).fill(NOWHERE);
  const definedAt = scratch.int32s(fn.valueCount);
  define(view, definedIn, definedAt);
  eachInstruction(view, verifyTargets);
  const flow = analyseControlFlow(fn);
  eachInstruction(view, (at) => {
    verifyUses(view, flow, definedIn, definedAt);
    verifyTypes(view);
    IMMEDIATE_RULES[OPS[fn.code[at.at] & 0xff].name]?.(view);
  });
}

function verifyHeader(view: Verification): void {
  const { fn } = view;
  if (fn.valueTypes.length !== fn.valueCount) fail(view, "each value has one type");
  if (fn.valueTypes.some((type) => type > 2)) fail(view, "a value's type is unknown");
  if (fn.vars.some((type) => !(type in [0, 1, 2]))) fail(view, "a variable's type is unknown");
  if (fn.blocks.length === 0) fail(view, "there is no entry block");
}

function eachInstruction(view: Verification, check: (view: Verification) => void): void {
  const { fn } = view;
  for (let b = 0; b < fn.blocks.length; b++) {
    const { start, end } = fn.blocks[b];
    view.block = b;
    for (view.at = start; view.at < end; view.at += fn.code[view.at] >>> 8) check(view);
  }
}

/** Instructions fill the block, have the lengths of their rows, and only the last one terminates. */
function verifyLayout(view: Verification, { start, end }: IrBlock): void {
  const { code } = view.fn;
  if (start < 0 || end > code.length) fail(view, "the block lies outside the code");
  if (start >= end) fail(view, "the block is empty");
  let last = 0;
  for (let at = start; at < end; at += code[at] >>> 8) {
    view.at = at;
    const info = OPS[code[at] & 0xff];
    if (info === undefined) fail(view, `operation ${code[at] & 0xff} is unknown`);
    const words = code[at] >>> 8;
    if (words < 2 || at + words > end) fail(view, "the instruction leaves its block");
    if (instructionLength(code, at, words) !== words) {
      fail(view, "the instruction's length differs from its form");
    }
    last = info.effects & TERMINATES;
    if (last !== 0 && at + words < end) fail(view, "a terminator stands before the end");
  }
  if (last === 0) fail(view, "the block does not end with a terminator");
}

/** Every value has at most one definition. */
function define(view: Verification, definedIn: Int32Array, definedAt: Int32Array): void {
  const { fn } = view;
  const define = (value: number, at: number): void => {
    if (value < 0 || value >= fn.valueCount) fail(view, `%${value} is out of range`);
    if (definedIn[value] !== NOWHERE) fail(view, `%${value} is defined twice`);
    definedIn[value] = view.block;
    definedAt[value] = at;
  };
  fn.blocks.forEach(({ params }, block) => {
    view.block = block;
    view.at = -1;
    for (const value of params) define(value, -1);
  });
  view.block = 0;
  const entry = fn.blocks[0].params;
  if (entry.length !== fn.params.length)
    fail(view, "the entry block has the function's parameters");
  entry.forEach((value, i) => {
    if (fn.valueTypes[value] !== fn.params[i]) fail(view, `parameter ${i} has another type`);
  });
  const positions: number[] = [];
  eachInstruction(view, ({ at }) => {
    const count = resultPositions(fn.code, at, positions);
    for (let i = 0; i < count; i++) define(fn.code[positions[i]], at);
  });
}

const targets: number[] = [];

/** Targets are blocks other than the entry and get what they take. */
function verifyTargets(view: Verification): void {
  const { code, blocks } = view.fn;
  const { at } = view;
  const count = targetPositions(code, at, targets);
  const isSwitch = (code[at] & 0xff) === OP.switch;
  for (let i = 0; i < count; i++) {
    const target = code[targets[i]];
    if (target < 0 || target >= blocks.length) fail(view, `block${target} does not exist`);
    if (target === 0) fail(view, "the entry block is nobody's target");
    const expected = blocks[target].params.length;
    if (isSwitch && expected > 0) fail(view, `block${target} has parameters`);
    if (!isSwitch && code[targets[i] + 1] !== expected) {
      fail(view, `block${target} takes ${expected} arguments, not ${code[targets[i] + 1]}`);
    }
  }
}

const operands: number[] = [];

/** What an instruction reads has been defined on every path to it. */
function verifyUses(
  view: Verification,
  flow: ControlFlow,
  definedIn: Int32Array,
  definedAt: Int32Array,
): void {
  const { fn, at, block } = view;
  const reachable = flow.rpoIndex[block] >= 0;
  const count = operandPositions(fn.code, at, operands);
  for (let i = 0; i < count; i++) {
    const value = fn.code[operands[i]];
    if (value < 0 || value >= fn.valueCount) fail(view, `%${value} is out of range`);
    if (!reachable) continue;
    const home = definedIn[value];
    if (home === NOWHERE) fail(view, `%${value} has no definition`);
    if (home === block) {
      if (definedAt[value] >= at) fail(view, `%${value} is read before its definition`);
    } else if (flow.rpoIndex[home] < 0 || !dominates(flow, home, block)) {
      fail(view, `the definition of %${value} does not dominate this use`);
    }
  }
}

/** Type of value `value` is `type`. */
export function requireType(
  view: Verification,
  value: number,
  type: ValueType,
  what: string,
): void {
  if (view.fn.valueTypes[value] !== type) fail(view, `%${value}, ${what}, has the wrong type`);
}
