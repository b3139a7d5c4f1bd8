import { FunctionBuilder, I32, type IrFunction, type IrSignature, OP } from "@dragoman/core";
import { type Code, OP as MOVE_OP } from "../format/index.ts";
import { alignUp } from "../layout/lay-out.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import type { LinkedClosure } from "../load/closure-registry.ts";
import type { LinkedFunction } from "../load/linkage.ts";
import { emitAddress, emitLoad } from "./emit-memory.ts";
import { GAS_PER } from "./gas-schedule.ts";
import { MOVE_FRAME, positionOf } from "./move-frame.ts";
import { MOVE_TRAP } from "./outcome.ts";
import { carrierOf, type FunctionInstance, type ProgramLift } from "./program-lift.ts";
import { emitCopyValue } from "./routines.ts";

/**
 * (state, address of the free stack, closure, given arguments, addresses for the results that lie in memory) -> the other results:
 * how every closure of a function type is called.
 */
export function thunkSignature(
  parameters: readonly MoveType[],
  results: readonly MoveType[],
): IrSignature {
  return {
    params: [
      I32,
      I32,
      I32,
      ...parameters.map(carrierOf),
      ...results.filter(isInMemory).map(carrierOf),
    ],
    results: results.filter((type) => !isInMemory(type)).map(carrierOf),
  };
}

/**
 * Calls the function of a closure with copies of the captured values among the given arguments: the function owns its arguments,
 * the closure stays as it is.
 */
export function writeThunk(
  lift: ProgramLift,
  closure: LinkedClosure,
  unit: number,
  exact: boolean,
): IrFunction {
  const types = (passed: LinkedClosure["parameters"]) => passed.map(({ type }) => type);
  const { params, results } = thunkSignature(types(closure.parameters), types(closure.results));
  const b = new FunctionBuilder(`closure ${closure.id}`, params, results, lift.words);
  b.begin(0);
  b.position = positionOf(unit, 0);
  const [state, frame, address, ...rest] = b.blockParams(0);
  chargeCall(b, closure, exact);
  let end = 0;
  const places = closure.captured.map(({ type }) => {
    const at = alignUp(end, 8);
    if (isInMemory(type)) end = at + type.size;
    return at;
  });
  const next = emitAddress(b, frame, alignUp(end, 8));
  if (end > 0) {
    const limit = emitAddress(b, b.emit(OP.frame), MOVE_FRAME.STACK_LARGE_END);
    b.emit(OP["trap.if"], b.emit(OP["i32.gt_u"], next, limit), MOVE_TRAP.CALL_STACK);
    if (lift.asserted) b.emit(OP["i32.store"], b.emit(OP.frame), next, MOVE_FRAME.STACK_END);
  }
  const captured = closure.captured.map(({ type, offset }, index) => {
    if (!isInMemory(type)) return emitLoad(b, type, address, offset);
    emitCopyValue(lift, b, type, frame, places[index], address, offset);
    return emitAddress(b, frame, places[index]);
  });
  const given = rest.slice(0, closure.parameters.length);
  const args = compose(closure.mask, captured, given);
  const target = targetOf(closure);
  const called = lift.function(target.fn, target.typeArguments);
  const targets = rest.slice(closure.parameters.length);
  b.ret(b.call(called, results, [state, next, ...args, ...targets]));
  return b.build();
}

/** What a static call would charge for arguments and locals that the caller of a closure does not see. */
function chargeCall(b: FunctionBuilder, { captured, fn }: LinkedClosure, exact: boolean): void {
  const { code } = fn.definition;
  const { signatures } = fn.module.compiled;
  const locals = code === undefined ? 0 : signatures[code.locals].length;
  const gas = GAS_PER.ARGUMENT * captured.length + GAS_PER.LOCAL * locals;
  if (gas > 0) b.emit(exact ? OP.meter : OP.charge, gas);
}

/** Captured and given arguments in the order of the parameters. */
function compose(mask: bigint, captured: readonly number[], given: readonly number[]): number[] {
  let nextCaptured = 0;
  let nextGiven = 0;
  return Array.from({ length: captured.length + given.length }, (_, index) =>
    ((mask >> BigInt(index)) & 1n) === 1n ? captured[nextCaptured++] : given[nextGiven++],
  );
}

/** The function to call; a native one gets a wrapper with code, because natives are no IR functions. */
function targetOf({ fn, typeArguments }: LinkedClosure): FunctionInstance {
  return { fn: fn.definition.code === undefined ? nativeWrapper(fn) : fn, typeArguments };
}

function nativeWrapper(fn: LinkedFunction): LinkedFunction {
  const count = fn.module.compiled.signatures[fn.handle.parameters].length;
  const code: Code = {
    locals: NO_LOCALS,
    ops: Uint8Array.from([...Array(count).fill(MOVE_OP.MoveLoc), MOVE_OP.Call, MOVE_OP.Ret]),
    a: Uint32Array.from([...Array(count).keys(), fn.definition.handle, 0]),
    b: new Uint32Array(count + 2),
    wide: [],
  };
  return { ...fn, id: -1 - fn.id, definition: { ...fn.definition, code } };
}

/** The signature index of code that no file has: the code has parameters alone. */
export const NO_LOCALS = -1;
