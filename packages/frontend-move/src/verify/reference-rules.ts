import type { OpName } from "../format/opcodes.ts";
import { fieldOperand, packedFields, plainName, structOperand } from "./instruction-shape.ts";
import { type ReferenceStep, stepCall, stepCallClosure, stepReturn } from "./reference-safety.ts";
import { label, PLAIN, type TrackedValue } from "./reference-state.ts";

type Rule = (step: ReferenceStep) => void;

const RULES: Partial<Record<OpName, Rule>> = {
  CopyLoc(step) {
    const { state, pc, stack } = step;
    const local = operand(step);
    const value = state.locals[local];
    if (value === PLAIN) {
      if (state.isLocalMutablyBorrowed(local)) {
        const sentence = `local ${local} is mutably borrowed`;
        state.refuse(pc, "COPYLOC_EXISTS_BORROW_ERROR", sentence);
      }
      stack.push(PLAIN);
      return;
    }
    const copy = state.newReference(state.graph.isMutable(value));
    state.graph.addStrongBorrow(value, [], copy);
    stack.push(copy);
  },
  MoveLoc(step) {
    const { state, pc, stack } = step;
    const local = operand(step);
    const value = state.locals[local];
    state.locals[local] = PLAIN;
    if (value === PLAIN && state.isLocalBorrowed(local)) {
      state.refuse(pc, "MOVELOC_EXISTS_BORROW_ERROR", `local ${local} is borrowed`);
    }
    stack.push(value);
  },
  StLoc(step) {
    const { state, pc } = step;
    const local = operand(step);
    const old = state.locals[local];
    state.locals[local] = pop(step);
    if (old === PLAIN && state.isLocalBorrowed(local)) {
      state.refuse(pc, "STLOC_UNSAFE_TO_DESTROY_ERROR", `local ${local} is borrowed`);
    }
    state.release(old);
  },
  FreezeRef(step) {
    const { state, pc, stack } = step;
    const id = pop(step);
    if (state.graph.isBorrowed(id, undefined, true)) {
      const sentence = "the reference is mutably borrowed from";
      state.refuse(pc, "FREEZEREF_EXISTS_MUTABLE_BORROW_ERROR", sentence);
    }
    const frozen = state.newReference(false);
    state.graph.addStrongBorrow(id, [], frozen);
    state.release(id);
    stack.push(frozen);
  },
  ReadRef: read,
  TestVariant: read,
  Eq: compare,
  Neq: compare,
  WriteRef(step) {
    const { state, pc } = step;
    const id = pop(step);
    state.release(pop(step));
    if (!state.graph.isWritable(id)) {
      state.refuse(pc, "WRITEREF_EXISTS_BORROW_ERROR", "the reference is borrowed from");
    }
    state.release(id);
  },
  MutBorrowLoc: (step) => borrowLocal(step, true),
  ImmBorrowLoc: (step) => borrowLocal(step, false),
  MutBorrowField: (step) => borrowField(step, true),
  ImmBorrowField: (step) => borrowField(step, false),
  MutBorrowVariantField: (step) => borrowField(step, true),
  ImmBorrowVariantField: (step) => borrowField(step, false),
  MutBorrowGlobal: (step) => borrowGlobal(step, true),
  ImmBorrowGlobal: (step) => borrowGlobal(step, false),
  MoveFrom(step) {
    const { view, state, pc, stack } = step;
    pop(step);
    const { definition } = structOperand(view, pc);
    if (state.isResourceBorrowed(definition)) {
      state.refuse(pc, "GLOBAL_REFERENCE_ERROR", `resource ${definition} is borrowed`);
    }
    stack.push(PLAIN);
  },
  VecLen(step) {
    step.state.release(pop(step));
    step.stack.push(PLAIN);
  },
  VecImmBorrow: (step) => borrowElement(step, false),
  VecMutBorrow: (step) => borrowElement(step, true),
  VecPushBack(step) {
    pop(step);
    changeVector(step);
  },
  VecPopBack(step) {
    changeVector(step);
    step.stack.push(PLAIN);
  },
  VecSwap(step) {
    pop(step);
    pop(step);
    changeVector(step);
  },
  UnpackVariantImmRef: (step) => unpackReference(step, false),
  UnpackVariantMutRef: (step) => unpackReference(step, true),
  VariantSwitch: ({ state, stack }) => state.release(stack.pop() as TrackedValue),
  Call: stepCall,
  CallClosure: stepCallClosure,
  Ret: stepReturn,
};

/**
 * The rule of an instruction that has to do with references; undefined for the others, which take
 * values and give values (and Pop and MoveTo, which release what they take).
 */
export function referenceRule(op: number): Rule | undefined {
  return RULES[plainName(op)];
}

function operand({ view, pc }: ReferenceStep): number {
  return view.code.a[pc];
}

function pop({ stack }: ReferenceStep): TrackedValue {
  return stack.pop() as TrackedValue;
}

function read(step: ReferenceStep): void {
  const { state, pc, stack } = step;
  const id = pop(step);
  if (!state.graph.isReadable(id, undefined)) {
    const sentence = "the reference is mutably borrowed from";
    state.refuse(pc, "READREF_EXISTS_MUTABLE_BORROW_ERROR", sentence);
  }
  state.release(id);
  stack.push(PLAIN);
}

function compare(step: ReferenceStep): void {
  const { state, pc, stack } = step;
  const right = pop(step);
  const left = pop(step);
  for (const id of [right, left]) {
    if (id === PLAIN || state.graph.isReadable(id, undefined)) continue;
    const sentence = "a compared reference is mutably borrowed from";
    state.refuse(pc, "READREF_EXISTS_MUTABLE_BORROW_ERROR", sentence);
  }
  state.release(right);
  state.release(left);
  stack.push(PLAIN);
}

function borrowLocal(step: ReferenceStep, mutable: boolean): void {
  const { state, pc, stack } = step;
  const local = operand(step);
  if (!mutable && state.isLocalMutablyBorrowed(local)) {
    const sentence = `local ${local} is mutably borrowed`;
    state.refuse(pc, "BORROWLOC_EXISTS_BORROW_ERROR", sentence);
  }
  const id = state.newReference(mutable);
  state.graph.addStrongBorrow(state.frame, [label.local(local)], id);
  stack.push(id);
}

function borrowField(step: ReferenceStep, mutable: boolean): void {
  const { view, state, pc, stack } = step;
  const { owner, position, variants } = fieldOperand(view, pc);
  const field =
    variants === undefined ? label.field(owner, position) : label.variantField(owner, position);
  const id = pop(step);
  const isRefused = mutable ? state.graph.hasWholeBorrows(id) : !state.graph.isReadable(id, field);
  if (isRefused) {
    const sentence = "the struct is borrowed in a way that excludes this";
    state.refuse(pc, "BORROWFIELD_EXISTS_MUTABLE_BORROW_ERROR", sentence);
  }
  const borrowed = state.newReference(mutable);
  state.graph.addStrongBorrow(id, [field], borrowed);
  state.release(id);
  stack.push(borrowed);
}

function borrowGlobal(step: ReferenceStep, mutable: boolean): void {
  const { view, state, pc, stack } = step;
  pop(step);
  const { definition } = structOperand(view, pc);
  const isRefused = mutable
    ? state.isResourceBorrowed(definition)
    : state.isResourceMutablyBorrowed(definition);
  if (isRefused) {
    state.refuse(pc, "GLOBAL_REFERENCE_ERROR", `resource ${definition} is borrowed`);
  }
  const id = state.newReference(mutable);
  state.graph.addWeakBorrow(state.frame, [label.resource(definition)], id);
  stack.push(id);
}

function borrowElement(step: ReferenceStep, mutable: boolean): void {
  const { state, pc, stack } = step;
  pop(step);
  const vector = pop(step);
  if (mutable && !state.graph.isWritable(vector)) {
    const sentence = "the vector is borrowed from";
    state.refuse(pc, "VEC_BORROW_ELEMENT_EXISTS_MUTABLE_BORROW_ERROR", sentence);
  }
  const id = state.newReference(mutable);
  state.graph.addWeakBorrow(vector, [], id);
  state.release(vector);
  stack.push(id);
}

function changeVector(step: ReferenceStep): void {
  const { state, pc } = step;
  const vector = pop(step);
  if (!state.graph.isWritable(vector)) {
    const sentence = "the vector is borrowed from";
    state.refuse(pc, "VEC_UPDATE_EXISTS_MUTABLE_BORROW_ERROR", sentence);
  }
  state.release(vector);
}

/** A reference to a variant becomes references to its fields. */
function unpackReference(step: ReferenceStep, mutable: boolean): void {
  const { view, state, pc, stack } = step;
  const operand = structOperand(view, pc);
  const id = pop(step);
  const isRefused = mutable
    ? state.graph.hasWholeBorrows(id)
    : !state.graph.isReadable(id, undefined);
  if (isRefused) {
    const sentence = "the enum is borrowed in a way that excludes this";
    state.refuse(pc, "BORROWFIELD_EXISTS_MUTABLE_BORROW_ERROR", sentence);
  }
  packedFields(view.file, operand)?.forEach((_, position) => {
    const field = state.newReference(mutable);
    const path = label.fieldOfVariant(operand.definition, operand.variant as number, position);
    state.graph.addStrongBorrow(id, [path], field);
    stack.push(field);
  });
  state.release(id);
}
