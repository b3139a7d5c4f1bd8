import { I32, type IrSignature, OP } from "@dragoman/core";
import type { JumpTable } from "../format/index.ts";
import { ENUM_TAG, isInMemory } from "../layout/move-type.ts";
import { abortWithMessage } from "./abort-message.ts";
import { emitLeaveAccess } from "./access.ts";
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
  emitLeaveAccess(f);
  f.b.ret(values);
}

function abort(f: FunctionLift): void {
  const code = f.popScalar();
  f.settle();
  f.b.emit(OP["i64.store"], f.b.emit(OP.frame), code, MOVE_FRAME.ABORT_CODE);
  f.b.emit(OP.trap, MOVE_TRAP.ABORTED);
}

const BY_MESSAGE: IrSignature = { params: [I32], results: [] };

/** The message is on top, the code below. */
function abortMessage(f: FunctionLift): void {
  const message = f.pop();
  const code = f.popScalar();
  f.settle();
  f.b.emit(OP["i64.store"], f.b.emit(OP.frame), code, MOVE_FRAME.ABORT_CODE);
  const host = f.program.host("abort message", BY_MESSAGE, () => abortWithMessage);
  f.b.host(host, [], [f.address(message)]);
  f.b.emit(OP.trap, MOVE_TRAP.ABORTED);
}

/** Jumps by the variant of the enum behind a reference; the table has all of them. */
function switchVariant(f: FunctionLift, table: number): void {
  const { value, offset } = f.pop();
  const { targets } = (f.code.jumpTables as readonly JumpTable[])[table];
  const tag = f.b.emit(OP["i32.load"], value, offset + ENUM_TAG);
  f.settle();
  const blocks = targets.map((target) => f.blockAt(target));
  f.b.switch(tag, blocks, blocks[0]);
}

export const CONTROL = {
  Nop: () => {},
  Pop: (f: FunctionLift) => f.done(f.pop()),
  Ret: ret,
  Branch: (f: FunctionLift, target: number) => f.jump(target),
  BrTrue: (f: FunctionLift, target: number) => branchIf(f, target, f.pc + 1),
  BrFalse: (f: FunctionLift, target: number) => branchIf(f, f.pc + 1, target),
  Abort: abort,
  AbortMsg: abortMessage,
  VariantSwitch: switchVariant,
};
