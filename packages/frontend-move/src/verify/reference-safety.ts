import type { CompiledModule } from "../format/module.ts";
import { isReference, type SignatureToken } from "../format/signature-token.ts";
import { type Analysis, interpretAbstractly } from "./abstract-interpretation.ts";
import type { FunctionView } from "./function-view.ts";
import { callOperand } from "./instruction-shape.ts";
import { referenceRule } from "./reference-rules.ts";
import { PLAIN, ReferenceState, type TrackedValue } from "./reference-state.ts";
import { stackEffect } from "./stack-usage.ts";
import type { VerificationMeter } from "./verification-meter.ts";

/** The definition's acquires by function handle, for functions of the module. */
export type AcquiresByHandle = ReadonlyMap<number, readonly number[]>;

export function acquiresByHandle({ functionDefinitions }: CompiledModule): AcquiresByHandle {
  return new Map(functionDefinitions.map(({ handle, acquires }) => [handle, acquires]));
}

/** What an instruction's rule works on. */
export interface ReferenceStep {
  readonly view: FunctionView;
  readonly pc: number;
  readonly state: ReferenceState;
  readonly stack: TrackedValue[];
  readonly meter: VerificationMeter;
  readonly acquires: AcquiresByHandle;
}

/**
 * No reference outlives what it points to, and nothing is changed or moved under a reference. Runs
 * after type safety and locals safety.
 */
export function verifyReferenceSafety(
  view: FunctionView,
  meter: VerificationMeter,
  acquires: AcquiresByHandle,
): void {
  const stack: TrackedValue[] = [];
  const analysis: Analysis<ReferenceState> = {
    clone: (state) => state.clone(),
    step(state, pc) {
      meter.add(10 + 20 * state.locals.length + 50 * state.graph.size);
      const rule = referenceRule(view.code.ops[pc]);
      const step: ReferenceStep = { view, pc, state, stack, meter, acquires };
      if (rule === undefined) moveValues(step);
      else rule(step);
    },
    leaveBlock: (state) => state.canonical(),
    join(state, other) {
      meter.add(100 + 10 * state.locals.length + 50 * state.graph.size);
      return { changed: state.join(other), state };
    },
  };
  interpretAbstractly(view, ReferenceState.ofEntry(view), analysis);
}

/** An instruction that takes and gives only values that are no references. */
function moveValues({ view, pc, stack, state }: ReferenceStep): void {
  const [pops, pushes] = stackEffect(view, pc);
  for (let i = 0; i < pops; i++) state.release(stack.pop() ?? PLAIN);
  for (let i = 0; i < pushes; i++) stack.push(PLAIN);
}

/**
 * A call: mutable references are handed over only while nothing borrows from them, and a returned
 * reference borrows from every argument that it may come from.
 */
export function stepCall(step: ReferenceStep): void {
  const { view, pc, state, meter, acquires } = step;
  const { file } = view;
  const { handle } = callOperand(view, pc);
  const { parameters, returns } = file.functionHandles[handle];
  const acquired = acquires.get(handle) ?? [];
  meter.add(100 * acquired.length);
  for (const definition of acquired) {
    if (state.isResourceBorrowed(definition)) {
      const sentence = `the function acquires resource ${definition}, which is borrowed`;
      state.refuse(pc, "GLOBAL_REFERENCE_ERROR", sentence);
    }
  }
  passArguments(step, file.signatures[parameters].length, file.signatures[returns]);
}

/** A call of a closure: what it may acquire is for its run to find out. */
export function stepCallClosure(step: ReferenceStep): void {
  const { view, pc, state, stack } = step;
  const [type] = view.file.signatures[view.code.a[pc]];
  if (type.tag !== "function") return;
  state.release(stack.pop() as TrackedValue);
  passArguments(step, type.parameters.length, type.results);
}

function passArguments(
  { pc, state, stack, meter }: ReferenceStep,
  count: number,
  returns: readonly SignatureToken[],
): void {
  const references = stack.splice(stack.length - count).filter((value) => value !== PLAIN);
  for (const id of references) {
    if (state.graph.isMutable(id) && !state.graph.isWritable(id)) {
      const sentence = "an argument is a mutable reference from which others borrow";
      state.refuse(pc, "CALL_BORROWED_MUTABLE_REFERENCE_ERROR", sentence);
    }
  }
  let returned = 0;
  for (const token of returns) {
    if (!isReference(token)) {
      stack.push(PLAIN);
      continue;
    }
    const mutable = token.tag === "mutableReference";
    const id = state.newReference(mutable);
    for (const parent of references) {
      if (mutable && !state.graph.isMutable(parent)) continue;
      state.graph.addWeakBorrow(parent, [], id);
    }
    returned++;
    stack.push(id);
  }
  chargeEdges(meter, references.length * returned);
  for (const id of references) state.release(id);
}

/** Every further edge costs half as much again. */
function chargeEdges(meter: VerificationMeter, count: number): void {
  let units = 100;
  for (let i = 0; i < count; i++) {
    meter.add(units);
    units += Math.floor(units / 2);
  }
}

/** A return: nothing borrows from locals or resources any more. */
export function stepReturn({ view, pc, state, stack }: ReferenceStep): void {
  const values = stack.splice(stack.length - view.returns.length);
  for (const value of state.locals) state.release(value);
  state.locals.fill(PLAIN);
  if (state.graph.isBorrowed(state.frame, undefined, false)) {
    const sentence = "a returned reference borrows from a local or a resource";
    state.refuse(pc, "UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED", sentence);
  }
  for (const id of values) {
    if (id !== PLAIN && state.graph.isMutable(id) && !state.graph.isWritable(id)) {
      const sentence = "a returned mutable reference is borrowed from by another";
      state.refuse(pc, "RET_BORROWED_MUTABLE_REFERENCE_ERROR", sentence);
    }
  }
  for (const id of values) state.release(id);
}
