import { OP } from "@dragoman/core";
import { CLOSURE } from "../layout/move-type.ts";
import { hasModuleLock } from "../load/closure-registry.ts";
import type { LinkedFunction } from "../load/linkage.ts";
import type { FunctionLift } from "./function-lift.ts";
import { MOVE_FRAME } from "./move-frame.ts";
import { MOVE_TRAP } from "./outcome.ts";

/**
 * Where closures are called, a module can be entered while it is active. Then its resources are locked, and a function with a module
 * lock forbids it altogether (RUNTIME_DISPATCH_ERROR). A counter per module and one of locks lie in the frame; programs without
 * closures have none of this.
 */
export interface ModuleEntry {
  /** Address of the counter, without {@link MOVE_FRAME.ACTIVE}, and what it held; -1 = not counted. */
  readonly counter: number;
  readonly count: number;
  /** What the counter of locks held; -1 = not changed. */
  readonly locks: number;
}

const MODULE_INDEX_MASK = 0xffff;

/** Notes that a call enters the module of `callee`; undefined where there is nothing to note. */
export function emitEnterModule(f: FunctionLift, callee: LinkedFunction): ModuleEntry | undefined {
  const isOther = callee.module !== f.module;
  const locksModules = hasModuleLock(callee);
  if (!f.program.linkage.callsClosures || !(isOther || locksModules)) return undefined;
  const { b } = f;
  const frame = b.emit(OP.frame);
  let locks = -1;
  if (locksModules) {
    locks = b.emit(OP["i32.load"], frame, MOVE_FRAME.LOCKS);
    const more = b.emit(OP["i32.add"], locks, b.const32(1));
    b.emit(OP["i32.store"], frame, more, MOVE_FRAME.LOCKS);
  }
  if (!isOther) return { counter: -1, count: -1, locks };
  const counter = b.emit(OP["i32.add"], frame, b.const32(4 * callee.module.index));
  const count = emitCount(f, counter);
  f.trapIf(emitIsLocked(f, frame, count), MOVE_TRAP.DISPATCH);
  return { counter, count, locks };
}

/** Notes that a call of a closure enters its module: the same module as well. */
export function emitEnterClosure(f: FunctionLift, closure: number): ModuleEntry | undefined {
  if (!f.program.linkage.callsClosures) return undefined;
  const { b } = f;
  const frame = b.emit(OP.frame);
  const word = b.emit(OP["i32.load"], closure, CLOSURE.MODULE);
  const locks = b.emit(OP["i32.load"], frame, MOVE_FRAME.LOCKS);
  const lock = b.emit(OP["i32.shr_u"], word, b.const32(31));
  b.emit(OP["i32.store"], frame, b.emit(OP["i32.add"], locks, lock), MOVE_FRAME.LOCKS);
  const index = b.emit(OP["i32.and"], word, b.const32(MODULE_INDEX_MASK));
  const distance = b.emit(OP["i32.shl"], index, b.const32(2));
  const counter = b.emit(OP["i32.add"], frame, distance);
  const count = emitCount(f, counter);
  const isOther = b.emit(OP["i32.ne"], index, b.const32(f.module.index));
  const refused = b.emit(OP["i32.and"], isOther, emitIsLocked(f, frame, count));
  f.trapIf(refused, MOVE_TRAP.DISPATCH);
  return { counter, count, locks };
}

/** Adds one to a counter; gives what it held. */
function emitCount(f: FunctionLift, counter: number): number {
  const { b } = f;
  const count = b.emit(OP["i32.load"], counter, MOVE_FRAME.ACTIVE);
  const more = b.emit(OP["i32.add"], count, b.const32(1));
  b.emit(OP["i32.store"], counter, more, MOVE_FRAME.ACTIVE);
  return count;
}

/** 1 if a module that was active `count` times may not be entered again. */
function emitIsLocked(f: FunctionLift, frame: number, count: number): number {
  const { b } = f;
  const zero = b.const32(0);
  const isActive = b.emit(OP["i32.ne"], count, zero);
  const isLocked = b.emit(OP["i32.ne"], b.emit(OP["i32.load"], frame, MOVE_FRAME.LOCKS), zero);
  return b.emit(OP["i32.and"], isActive, isLocked);
}

/** The call has returned. */
export function emitLeaveModule(f: FunctionLift, entry: ModuleEntry | undefined): void {
  if (entry === undefined) return;
  const { b } = f;
  const { counter, count, locks } = entry;
  if (counter >= 0) b.emit(OP["i32.store"], counter, count, MOVE_FRAME.ACTIVE);
  if (locks >= 0) b.emit(OP["i32.store"], b.emit(OP.frame), locks, MOVE_FRAME.LOCKS);
}

/** Resources of a module that has been entered again are locked. */
export function emitResourceGuard(f: FunctionLift): void {
  if (!f.program.linkage.callsClosures) return;
  const { b } = f;
  const frame = b.emit(OP.frame);
  const at = MOVE_FRAME.ACTIVE + 4 * f.module.index;
  const count = b.emit(OP["i32.load"], frame, at);
  f.trapIf(b.emit(OP["i32.gt_u"], count, b.const32(1)), MOVE_TRAP.DISPATCH);
}
