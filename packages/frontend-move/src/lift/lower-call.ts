import { FRAME, OP } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import type { LinkedFunction } from "../load/linkage.ts";
import { customNative } from "../natives/custom-native.ts";
import { findNative } from "../natives/native-table.ts";
import { assertedNative } from "./assert-value.ts";
import type { FunctionLift, Target } from "./function-lift.ts";
import { emitEnterModule, emitLeaveModule } from "./module-entry.ts";
import { ROOT_NONE } from "./operand.ts";
import { carrierOf, type FunctionInstance } from "./program-lift.ts";

/** Arguments that a host function can have. */
const SCRATCH_SLOTS = (FRAME.BODY - FRAME.SCRATCH) / FRAME.SLOT;

/** What a call pushes: values that it returned, and memory that it was given for the others. */
export function callTargets(
  f: FunctionLift,
  results: readonly MoveType[],
  inputs: FunctionLift["stack"],
): (Target | undefined)[] {
  const exposed = inputs.some((operand) => operand.type.kind === "reference");
  const last = results.length - 1;
  return results.map((type, index) => {
    if (!isInMemory(type)) return undefined;
    return index === last && last === 0 ? f.destination(type, inputs, exposed) : f.temporary(type);
  });
}

/** Pushes what a call gave back: values, and what it laid into the targets. */
export function pushResults(
  f: FunctionLift,
  results: readonly MoveType[],
  targets: readonly (Target | undefined)[],
  values: readonly number[],
): void {
  let next = 0;
  results.forEach((type, index) => {
    const target = targets[index];
    if (target === undefined) f.push(type, values[next++], 0, ROOT_NONE);
    else f.push(type, target.base, target.offset, target.root);
  });
}

function callInstance(f: FunctionLift, instance: FunctionInstance): void {
  const parameters = f.program.parameterTypes(instance);
  const results = f.program.resultTypes(instance);
  const operands = f.popMany(parameters.length);
  const targets = callTargets(f, results, operands);
  const entry = emitEnterModule(f, instance.fn);
  const prefix = f.callPrefix();
  const args = operands.map((operand) => f.carried(operand));
  args.push(...targetAddresses(f, targets));
  f.settle();
  const carriers = results.filter((type) => !isInMemory(type)).map(carrierOf);
  const unit = f.program.function(instance.fn, instance.typeArguments);
  const values = f.b.call(unit, carriers, [...prefix, ...args]);
  f.returned();
  emitLeaveModule(f, entry);
  for (const operand of operands) f.done(operand);
  pushResults(f, results, targets, values);
}

/** Addresses of the memory that a callee gets for its results. */
export function targetAddresses(
  f: FunctionLift,
  targets: readonly (Target | undefined)[],
): number[] {
  return targets.flatMap((target) => (target === undefined ? [] : [addressOf(f, target)]));
}

function addressOf(f: FunctionLift, { base, offset }: Target): number {
  return offset === 0 ? base : f.b.emit(OP["i32.add"], base, f.b.const32(offset));
}

/** A native function: lowered in place, or a host function with the same arguments and result addresses. */
function callNative(f: FunctionLift, instance: FunctionInstance): void {
  const { fn, typeArguments } = instance;
  const name = `${fn.module.name}::${fn.name}`;
  const native = findNative(fn);
  if (native?.lower !== undefined) return native.lower(f, typeArguments);
  const implement = native?.host ?? (() => customNative(name));
  const parameters = f.program.parameterTypes(instance);
  const results = f.program.resultTypes(instance);
  const operands = f.popMany(parameters.length);
  const targets = callTargets(f, results, operands);
  const args = operands.map((operand) => f.carried(operand));
  args.push(...targetAddresses(f, targets));
  if (args.length > SCRATCH_SLOTS) {
    throw new MoveFault(
      "FUNCTION_RESOLUTION_FAILURE",
      { pc: f.pc },
      `${name} has too many arguments`,
    );
  }
  const carriers = results.filter((type) => !isInMemory(type)).map(carrierOf);
  const params = [...parameters, ...results.filter(isInMemory)].map(carrierOf);
  const key = `${name}<${typeArguments.map((type) => type.id).join()}>`;
  const host = f.program.host(key, { params, results: carriers }, () => {
    const plain = implement(typeArguments, parameters, results);
    return f.program.asserted ? assertedNative(name, plain, parameters, results) : plain;
  });
  f.settle();
  const values = f.b.host(host, carriers, args);
  for (const operand of operands) f.done(operand);
  pushResults(f, results, targets, values);
}

function callFunction(
  f: FunctionLift,
  fn: LinkedFunction,
  typeArguments: readonly MoveType[],
): void {
  const instance = { fn, typeArguments };
  if (fn.definition.code === undefined) callNative(f, instance);
  else callInstance(f, instance);
}

export const CALLS = {
  Call: (f: FunctionLift, handle: number) => {
    const fn = f.module.functionOf(handle);
    // Code of files calls no generic function so: it is the wrapper of a native, see `closure-thunk.ts`.
    const isGeneric = fn.handle.typeParameters.length > 0;
    callFunction(f, fn, isGeneric ? f.instance.typeArguments : []);
  },
  CallGeneric: (f: FunctionLift, at: number) => {
    const { of, typeArguments } = f.compiled.functionInstantiations[at];
    const types = f.compiled.signatures[typeArguments].map((token) => f.type(token));
    callFunction(f, f.module.functionOf(of), types);
  },
};
