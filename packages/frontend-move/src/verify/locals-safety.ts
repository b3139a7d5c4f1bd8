import { ABILITY } from "../format/abilities.ts";
import { OP } from "../format/opcodes.ts";
import { type Analysis, interpretAbstractly } from "./abstract-interpretation.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import type { TypeArena } from "./type-arena.ts";
import type { VerificationMeter } from "./verification-meter.ts";

/** Whether a local holds a value: never, on some of the paths, on all of them. */
const EMPTY = 0;
const MAYBE = 1;
const FULL = 2;

/**
 * No local is read or borrowed where it may be empty, and none that cannot be dropped is
 * overwritten or left at a return where it may be full.
 */
export function verifyLocalsSafety(
  view: FunctionView,
  types: TypeArena,
  meter: VerificationMeter,
): void {
  const { locals, parameterCount, typeParameters } = view;
  const initial = new Uint8Array(locals.length);
  initial.fill(FULL, 0, parameterCount);
  const droppable = Uint8Array.from(locals, (token) =>
    (types.abilities(types.token(token), typeParameters) & ABILITY.drop) === 0 ? 0 : 1,
  );
  const analysis: Analysis<Uint8Array> = {
    clone: (state) => state.slice(),
    step(state, pc) {
      meter.add(15);
      if (view.code.ops[pc] === OP.Ret) meter.add(30 * state.length);
      stepLocals(view, droppable, state, pc);
    },
    leaveBlock: (state) => state,
    join(state, other) {
      meter.add(10 + 5 * state.length);
      return joinLocals(state, other);
    },
  };
  interpretAbstractly(view, initial, analysis);
}

function joinLocals(state: Uint8Array, other: Uint8Array): { state: Uint8Array; changed: boolean } {
  let changed = false;
  for (let local = 0; local < state.length; local++) {
    if (state[local] === other[local] || state[local] === MAYBE) continue;
    state[local] = MAYBE;
    changed = true;
  }
  return { state, changed };
}

function stepLocals(
  view: FunctionView,
  droppable: Uint8Array,
  state: Uint8Array,
  pc: number,
): void {
  const local = view.code.a[pc];
  switch (view.code.ops[pc]) {
    case OP.StLoc:
      if (state[local] !== EMPTY && droppable[local] === 0) {
        const sentence = `local ${local} may hold a value that cannot be dropped`;
        refuseAt(view, pc, "STLOC_UNSAFE_TO_DESTROY_ERROR", sentence);
      }
      state[local] = FULL;
      return;
    case OP.MoveLoc:
      if (state[local] !== FULL) {
        refuseAt(view, pc, "MOVELOC_UNAVAILABLE_ERROR", `local ${local} may be empty`);
      }
      state[local] = EMPTY;
      return;
    case OP.CopyLoc:
      if (state[local] !== FULL) {
        refuseAt(view, pc, "COPYLOC_UNAVAILABLE_ERROR", `local ${local} may be empty`);
      }
      return;
    case OP.MutBorrowLoc:
    case OP.ImmBorrowLoc:
      if (state[local] !== FULL) {
        refuseAt(view, pc, "BORROWLOC_UNAVAILABLE_ERROR", `local ${local} may be empty`);
      }
      return;
    case OP.Ret:
      for (let i = 0; i < state.length; i++) {
        if (state[i] === EMPTY || droppable[i] === 1) continue;
        const sentence = `local ${i} may hold a value that cannot be dropped`;
        refuseAt(view, pc, "UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP", sentence);
      }
  }
}
