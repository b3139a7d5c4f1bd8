import { I32, I256, type IrSignature, OP } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import {
  borrowGlobal,
  existsGlobal,
  moveFromGlobal,
  moveToGlobal,
} from "../natives/global-storage.ts";
import type { FunctionLift } from "./function-lift.ts";
import { structInstanceType, structType } from "./lower-struct.ts";
import { emitResourceGuard } from "./module-entry.ts";
import { MOVE_TRAP } from "./outcome.ts";

const BY_ADDRESS: IrSignature = { params: [I256], results: [I32] };
const BY_ADDRESS_AND_VALUE: IrSignature = { params: [I256, I32], results: [I32] };

/** Calls a host function of global storage; charges are exact where it looks at the meter. */
function call(f: FunctionLift, host: number, args: readonly number[]): number {
  f.settle();
  return f.b.host(host, [I32], args)[0];
}

function exists(f: FunctionLift, type: MoveType): void {
  emitResourceGuard(f);
  const host = f.program.host(`exists ${type.id}`, BY_ADDRESS, () => existsGlobal(type));
  const found = call(f, host, [f.popScalar()]);
  f.push(f.program.pool.primitive("bool"), found);
}

/** The address of the resource in memory; traps MISSING_DATA where there is none. */
function find(f: FunctionLift, host: number): number {
  emitResourceGuard(f);
  const at = call(f, host, [f.popScalar()]);
  f.trapIf(f.b.emit(OP["i32.eqz"], at), MOVE_TRAP.MISSING_DATA);
  return at;
}

function borrow(f: FunctionLift, type: MoveType, mutable: boolean): void {
  const key = `borrow ${mutable ? "mut" : "imm"} ${type.id}`;
  const host = f.program.host(key, BY_ADDRESS, () => borrowGlobal(type, mutable));
  f.push(f.program.pool.reference(type), find(f, host));
}

function moveFrom(f: FunctionLift, type: MoveType): void {
  const host = f.program.host(`move_from ${type.id}`, BY_ADDRESS, () => moveFromGlobal(type));
  // The resource's memory is given to nobody else afterwards.
  f.push(type, find(f, host));
}

/** The resource is on top, below it a reference to a signer, whose 32 bytes are its address. */
function moveTo(f: FunctionLift, type: MoveType): void {
  emitResourceGuard(f);
  const resource = f.pop();
  const { value, offset } = f.pop();
  const account = f.b.emit(OP["i256.load_le"], value, offset, 32);
  const host = f.program.host(`move_to ${type.id}`, BY_ADDRESS_AND_VALUE, () => moveToGlobal(type));
  const stored = call(f, host, [account, f.address(resource)]);
  f.trapIf(f.b.emit(OP["i32.eqz"], stored), MOVE_TRAP.RESOURCE_EXISTS);
  f.done(resource);
}

export const GLOBALS = {
  Exists: (f: FunctionLift, at: number) => exists(f, structType(f, at)),
  ExistsGeneric: (f: FunctionLift, at: number) => exists(f, structInstanceType(f, at)),
  MutBorrowGlobal: (f: FunctionLift, at: number) => borrow(f, structType(f, at), true),
  ImmBorrowGlobal: (f: FunctionLift, at: number) => borrow(f, structType(f, at), false),
  MutBorrowGlobalGeneric: (f: FunctionLift, at: number) =>
    borrow(f, structInstanceType(f, at), true),
  ImmBorrowGlobalGeneric: (f: FunctionLift, at: number) =>
    borrow(f, structInstanceType(f, at), false),
  MoveFrom: (f: FunctionLift, at: number) => moveFrom(f, structType(f, at)),
  MoveFromGeneric: (f: FunctionLift, at: number) => moveFrom(f, structInstanceType(f, at)),
  MoveTo: (f: FunctionLift, at: number) => moveTo(f, structType(f, at)),
  MoveToGeneric: (f: FunctionLift, at: number) => moveTo(f, structInstanceType(f, at)),
};
