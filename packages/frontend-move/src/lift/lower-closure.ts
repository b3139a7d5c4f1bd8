import { I32, type IrSignature, OP } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { CLOSURE, isInMemory, type MoveType } from "../layout/move-type.ts";
import { VALUE_DEPTH_MAX } from "../layout/type-pool.ts";
import type { LinkedClosure } from "../load/closure-registry.ts";
import { sealNewClosure } from "./closure-host.ts";
import type { FunctionLift } from "./function-lift.ts";
import { callTargets, pushResults, targetAddresses } from "./lower-call.ts";
import { emitEnterClosure, emitLeaveModule } from "./module-entry.ts";
import { carrierOf } from "./program-lift.ts";
import { allocateRoutine } from "./routines.ts";

const BY_CLOSURE: IrSignature = { params: [I32], results: [] };

/** Captured operands go into a new closure on the heap. */
function pack(
  f: FunctionLift,
  handle: number,
  typeArguments: readonly MoveType[],
  mask: bigint,
): void {
  const { b, program } = f;
  const closure = program.linkage.closures.closure(
    f.module.functionOf(handle),
    typeArguments,
    mask,
  );
  const operands = f.popMany(closure.captured.length);
  const [at] = b.call(allocateRoutine(program), [I32], [b.const32(closure.size)]);
  b.emit(OP["i32.store"], at, b.const32(closure.id), CLOSURE.ID);
  b.emit(OP["i32.store"], at, b.const32(closure.moduleWord), CLOSURE.MODULE);
  closure.captured.forEach((field, index) => {
    f.moveTo(at, field.offset, operands[index]);
    f.done(operands[index]);
  });
  seal(f, closure, at);
  program.thunk(closure);
  f.push(typeOf(f, closure), at);
}

function typeOf(f: FunctionLift, { parameters, results, abilities }: LinkedClosure): MoveType {
  return f.program.pool.function(parameters, results, abilities);
}

/** Notes how deep the new closure is: known here unless it captured what may hold closures. */
function seal(f: FunctionLift, closure: LinkedClosure, at: number): void {
  const { b } = f;
  if (closure.captured.some(({ type }) => type.holdsClosures)) {
    const host = f.program.host(`closure.seal ${closure.id}`, BY_CLOSURE, () =>
      sealNewClosure(closure),
    );
    f.settle();
    b.host(host, [], [at]);
    return;
  }
  const depth = 1 + Math.max(0, ...closure.captured.map(({ type }) => type.depth));
  if (depth > VALUE_DEPTH_MAX) {
    throw new MoveFault("VM_MAX_VALUE_DEPTH_REACHED", { pc: f.pc }, "a closure is too deep");
  }
  b.emit(OP["i32.store"], at, b.const32(depth), CLOSURE.DEPTH);
}

/**
 * The closure is on top of its arguments. Its number is the index of its thunk in the program's table: a function that puts the
 * captured values among the arguments.
 */
function call(f: FunctionLift, signature: number): void {
  const { b, program } = f;
  const type = f.type(f.compiled.signatures[signature][0]);
  const shape = type.shape as NonNullable<MoveType["shape"]>;
  const results = shape.results.map((passed) => passed.type);
  const closure = f.popScalar();
  const operands = f.popMany(shape.parameters.length);
  const targets = callTargets(f, results, operands);
  const id = b.emit(OP["i32.load"], closure, CLOSURE.ID);
  f.settle();
  const entry = emitEnterClosure(f, closure);
  const prefix = f.callPrefix();
  const args = operands.map((operand) => f.carried(operand));
  const carriers = results.filter((result) => !isInMemory(result)).map(carrierOf);
  const values = b.callIndirect(program.thunkSignature(shape.parameters, results), id, carriers, [
    ...prefix,
    closure,
    ...args,
    ...targetAddresses(f, targets),
  ]);
  f.returned();
  emitLeaveModule(f, entry);
  for (const operand of operands) f.done(operand);
  pushResults(f, results, targets, values);
}

export const CLOSURES = {
  PackClosure: (f: FunctionLift, handle: number, mask: number) =>
    pack(f, handle, [], f.code.wide[mask]),
  PackClosureGeneric: (f: FunctionLift, at: number, mask: number) => {
    const { of, typeArguments } = f.compiled.functionInstantiations[at];
    const types = f.compiled.signatures[typeArguments].map((token) => f.type(token));
    pack(f, of, types, f.code.wide[mask]);
  },
  CallClosure: (f: FunctionLift, signature: number) => call(f, signature),
};
