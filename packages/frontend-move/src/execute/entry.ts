import { FunctionBuilder, type HostFunction, type IrFunction, OP, OUTCOME } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { alignUp, layOutFields } from "../layout/lay-out.ts";
import { isInMemory, isReferenceType, type LaidField, type MoveType } from "../layout/move-type.ts";
import { emitAddress, emitLoad, emitStore } from "../lift/emit-memory.ts";
import { MOVE_FRAME, SMALL_FRAME, STATE_START } from "../lift/move-frame.ts";
import { carrierOf, type FunctionInstance, type ProgramLift } from "../lift/program-lift.ts";
import { hasModuleLock } from "../load/closure-registry.ts";

/** Where a message's arguments and results lie in the stack of the frame. */
export interface EntryLayout {
  /** The types of what the arguments are decoded as: a reference's target for a reference. */
  readonly parameters: readonly LaidField[];
  readonly parameterTypes: readonly MoveType[];
  readonly results: readonly LaidField[];
  /** Bytes that they take together. */
  readonly size: number;
}

const unnamed = (type: MoveType) => ({ name: "", type });

/** Faults: VM_MAX_TYPE_NODES_REACHED where the arguments do not fit the stack. */
export function layOutEntry(lift: ProgramLift, instance: FunctionInstance): EntryLayout {
  const parameterTypes = lift.parameterTypes(instance);
  const values = parameterTypes.map((type) =>
    unnamed(isReferenceType(type) ? (type.element as MoveType) : type),
  );
  const parameters = layOutFields(values);
  const results = layOutFields(lift.resultTypes(instance).map(unnamed), alignUp(parameters.end, 8));
  const size = alignUp(results.end, 8);
  if (size > SMALL_FRAME * 128) {
    throw new MoveFault("VM_MAX_TYPE_NODES_REACHED", {}, "arguments and results are too large");
  }
  return { parameters: parameters.fields, parameterTypes, results: results.fields, size };
}

/**
 * The function that the engine enters: takes the arguments from the stack, calls the Move function, leaves its results on the
 * stack, and has the host write resources and output.
 */
export function writeEntry(
  lift: ProgramLift,
  instance: FunctionInstance,
  layout: EntryLayout,
  finish: HostFunction,
): IrFunction {
  const b = new FunctionBuilder("entry", [], [], lift.words);
  const unit = lift.function(instance.fn, instance.typeArguments);
  const host = lift.host("finish", { params: [], results: [] }, () => finish);
  b.begin(0);
  const frame = b.emit(OP.frame);
  const place = (field: LaidField): number => MOVE_FRAME.STACK + field.offset;
  const args = layout.parameters.map((field, index) => {
    const type = layout.parameterTypes[index];
    const byAddress = isInMemory(type) || isReferenceType(type);
    return byAddress ? emitAddress(b, frame, place(field)) : emitLoad(b, type, frame, place(field));
  });
  for (const field of layout.results) {
    if (isInMemory(field.type)) args.push(emitAddress(b, frame, place(field)));
  }
  const returned = layout.results.filter(({ type }) => !isInMemory(type));
  const carriers = returned.map(({ type }) => carrierOf(type));
  if (lift.linkage.callsClosures) {
    // The message enters the module of its function.
    const { index } = instance.fn.module;
    b.emit(OP["i32.store"], frame, b.const32(1), MOVE_FRAME.ACTIVE + 4 * index);
    const locks = b.const32(hasModuleLock(instance.fn) ? 1 : 0);
    b.emit(OP["i32.store"], frame, locks, MOVE_FRAME.LOCKS);
  }
  const below = emitAddress(b, frame, MOVE_FRAME.STACK + layout.size);
  const values = b.call(unit, carriers, [b.const32(STATE_START), below, ...args]);
  returned.forEach((field, index) => {
    emitStore(b, field.type, frame, place(field), values[index]);
  });
  b.host(host, [], []);
  b.emit(OP.exit, OUTCOME.OK);
  return b.build();
}
