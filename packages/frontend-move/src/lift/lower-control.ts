import { OP } from "@dragoman/core";
import { isInMemory } from "../layout/move-type.ts";
import { emitCopyBytes } from "./emit-memory.ts";
import type { FunctionLift } from "./function-lift.ts";
import { MOVE_FRAME } from "./move-frame.ts";
import { MOVE_TRAP } from "./outcome.ts";

function branchIf(f: FunctionLift, whenTrue: number, whenFalse: number): void {
  const condition = f.popScalar();
  f.settle();
  f.b.brIf(condition, f.blockAt(whenTrue), [], f.blockAt(whenFalse), []);
}

/** Values in memory go where the caller wants them; the others are returned. */
function ret(f: FunctionLift): void {
  const operands = f.popMany(f.resultTypes.length);
  const values: number[] = [];
  operands.forEach((operand, index) => {
    const target = f.resultTargets[index];
    const { type, value, offset } = operand;
    if (!isInMemory(type)) values.push(f.carried(operand));
    else if (value !== target) emitCopyBytes(f.b, target, 0, value, offset, type.size);
  });
  f.settle();
  f.b.ret(values);
}

function abort(f: FunctionLift): void {
  const code = f.popScalar();
  f.settle();
  f.b.emit(OP["i64.store"], f.b.emit(OP.frame), code, MOVE_FRAME.ABORT_CODE);
  f.b.emit(OP.trap, MOVE_TRAP.ABORTED);
}

export const CONTROL = {
  Nop: () => {},
  Pop: (f: FunctionLift) => f.done(f.pop()),
  Ret: ret,
  Branch: (f: FunctionLift, target: number) => f.jump(target),
  BrTrue: (f: FunctionLift, target: number) => branchIf(f, target, f.pc + 1),
  BrFalse: (f: FunctionLift, target: number) => branchIf(f, f.pc + 1, target),
  Abort: abort,
};
