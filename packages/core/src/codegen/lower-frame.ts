import { FRAME } from "../host/frame-layout.ts";
import { FRONTEND_TRAPS, OUTCOME } from "../host/outcome.ts";
import { WASM_TYPE as T, W } from "../wasm/opcodes.ts";
import type { Emitter, Lower } from "./emitter.ts";
import { storeGas } from "./lower-meter.ts";
import { storeStackTop } from "./lower-stack.ts";

// Calls from one compiled program to another, without JavaScript between them.

const OUTCOME_REVERT = OUTCOME.REVERT;
const OUTCOME_TRAP = OUTCOME.OUT_OF_GAS;

export const place: Lower = (c, at) => {
  c.push(c.code[at + 3]);
  c.const32(c.code[at + 4]);
  c.kernel("framePlace");
};

/**
 * A callee that traps, ends with a trap of the core or without gas takes the whole native stack down to where JavaScript called it: what failed
 * there is run again without such calls. One that reverts has the journal taken back; one that ends with a trap of its frontend loses its
 * gas and its output too.
 */
export const call: Lower = (c, at) => {
  c.flushBeforeCall();
  const [slot, frame, outcome] = [c.temporary(T.i32), c.temporary(T.i32), c.temporary(T.i32)];
  c.push(c.code[at + 3]);
  c.set(slot);
  c.push(c.code[at + 4]);
  c.set(frame);
  storeGas(c);
  storeStackTop(c);
  c.get(frame);
  c.get(c.frame);
  c.get(slot);
  c.kernel("frameEnter");
  c.get(frame);
  c.get(slot);
  c.op(W.callIndirect);
  c.out.unsigned(c.module.typeIndex("i>i"));
  c.out.unsigned(c.module.frameTable);
  c.set(outcome);
  trapIfUncertain(c, outcome, frame);
  c.get(frame);
  c.kernel("frameLeave");
  rollBackIfReverted(c, outcome, frame);
  c.get(outcome);
  for (const local of [slot, frame, outcome]) c.free(local);
};

/** A trap of the core may be due to a guess or an early charge, and so may be any ending without gas. */
function trapIfUncertain(c: Emitter, outcome: number, frame: number): void {
  c.get(frame);
  c.memory(W.i64Load, FRAME.GAS);
  c.const64(0);
  c.op(W.i64LtS);
  c.trapIf();
  c.get(outcome);
  c.const32(OUTCOME_TRAP);
  c.op(W.i32GeU);
  c.op(W.if);
  c.op(T.empty);
  c.get(outcome);
  c.const32(FRONTEND_TRAPS);
  c.op(W.i32LtU);
  c.trapIf();
  c.get(frame);
  c.const64(0);
  c.memory(W.i64Store, FRAME.GAS);
  c.get(frame);
  c.const32(0);
  c.memory(W.i32Store, FRAME.OUTPUT_LENGTH);
  c.op(W.end);
}

function rollBackIfReverted(c: Emitter, outcome: number, frame: number): void {
  c.get(outcome);
  c.const32(OUTCOME_REVERT);
  c.op(W.i32GeU);
  c.op(W.if);
  c.op(T.empty);
  c.get(frame);
  c.callFunction(c.module.rollBackFunction);
  c.op(W.end);
}
