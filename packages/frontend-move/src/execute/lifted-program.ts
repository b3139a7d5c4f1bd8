import {
  type Frame,
  HOST,
  type HostFunction,
  type IrModule,
  moduleFunction,
  OUTCOME,
  optimise,
} from "@dragoman/core";
import { bcsSink, encodeValue } from "../layout/bcs-encode.ts";
import { isReferenceType, type MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { assertValue } from "../lift/assert-value.ts";
import { liftFunction } from "../lift/function-lift.ts";
import { takeHeap } from "../lift/heap.ts";
import { MOVE_FRAME } from "../lift/move-frame.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { type FunctionInstance, ProgramLift } from "../lift/program-lift.ts";
import type { WithGlobals } from "../natives/global-storage.ts";
import { type EntryLayout, layOutEntry, writeEntry } from "./entry.ts";

/** Units and words of IR up to which a program is compiled; a larger one stays in the interpreter. */
const COMPILED_UNITS_MAX = 4096;
const COMPILED_WORDS_MAX = 1 << 22;

let lifted = 0;

/**
 * One Move function with its type arguments and everything that it calls, as IR. It knows no machine: the process shares it, and
 * code compiled from it.
 */
export class LiftedProgram {
  /**
   * Functions and host functions are numbered as they are first met, so code compiled from this object fits no other one: the
   * number makes the name unique.
   */
  readonly id: string;
  readonly instance: FunctionInstance;
  readonly layout: EntryLayout;
  readonly lift: ProgramLift;
  readonly exact: IrModule;
  #optimistic: IrModule | undefined | null = null;

  /** Faults: MoveFault where the function's own types cannot be laid out. */
  constructor(instance: FunctionInstance, asserted = false) {
    this.instance = instance;
    this.lift = new ProgramLift(instance.fn.module.linkage, liftFunction, asserted);
    this.layout = layOutEntry(this.lift, instance);
    const none = { params: [], results: [] };
    const finish: HostFunction = (frame) => finishFrame(frame, this.layout, asserted);
    this.lift.routine("entry", none, (lift) => writeEntry(lift, instance, this.layout, finish));
    const name = instanceName(instance);
    this.id = `move ${name} ${instance.fn.module.linkage.hash} ${lifted++}`;
    this.exact = this.lift.module(name, true);
  }

  get hosts(): readonly HostFunction[] {
    return this.lift.hostFunctions;
  }

  /** All functions that the entry can reach, lifted with merged charges; undefined if there are too many. */
  optimistic(): IrModule | undefined {
    if (this.#optimistic === null) {
      this.#optimistic = liftOptimistic(this.lift, this.exact.name);
    }
    return this.#optimistic;
  }
}

/** All functions that the entry can reach, lifted with merged charges; undefined if there are too many. */
export function liftOptimistic(lift: ProgramLift, name: string): IrModule | undefined {
  const module = lift.module(name, false);
  let words = 0;
  for (let unit = 0; unit < lift.unitCount; unit++) {
    words += moduleFunction(module, unit).code.length;
    if (unit > COMPILED_UNITS_MAX || words > COMPILED_WORDS_MAX) return undefined;
  }
  return optimise(module);
}

/** `0xA::m::f<u64>`. */
function instanceName({ fn, typeArguments }: FunctionInstance): string {
  const types = typeArguments.map((type) => formatType(type)).join();
  return `${fn.module.name}::${fn.name}${types === "" ? "" : `<${types}>`}`;
}

/** Writes changed resources to the journal and the BCS of the results, one behind the other, as output. */
export function finishFrame(frame: Frame, layout: EntryLayout, asserted: boolean): number {
  const outcome = (frame.context as WithGlobals).globals.flush(frame);
  if (outcome !== OUTCOME.OK) return frame.leave(outcome);
  const sink = bcsSink();
  const stack = frame.address + MOVE_FRAME.STACK;
  for (const { type, offset } of layout.results) {
    if (asserted) assertResult(frame, type, stack + offset);
    encodeValue(frame.memory, type, stack + offset, sink);
  }
  if (sink.length === 0) return HOST.CONTINUE;
  const at = takeHeap(frame, sink.length);
  if (at < 0) return frame.leave(MOVE_TRAP.MEMORY);
  frame.memory.u8.set(sink.bytes.subarray(0, sink.length), at);
  frame.setOutput(at, sink.length);
  return HOST.CONTINUE;
}

function assertResult(frame: Frame, type: MoveType, address: number): void {
  const isReference = isReferenceType(type);
  const at = isReference ? frame.memory.view.getUint32(address, true) : address;
  assertValue(frame, isReference ? (type.element as MoveType) : type, at, "a result");
}

/** Programs that the process keeps; more, and all are lifted anew. */
const SHARED_MAX = 4096;
const shared = new Map<string, LiftedProgram>();

/** The lifted program of an instance: the same one for the same code, whichever linkage it comes from. */
export function liftedProgram(instance: FunctionInstance, asserted = false): LiftedProgram {
  const { linkage, name } = instance.fn.module;
  // A script has no name to be found by again: its program lives as long as whoever holds it.
  if (name === "script") return new LiftedProgram(instance, asserted);
  const key = `${linkage.hash} ${instanceName(instance)}${asserted ? " asserted" : ""}`;
  let program = shared.get(key);
  if (program === undefined) {
    program = new LiftedProgram(instance, asserted);
    if (shared.size >= SHARED_MAX) shared.clear();
    shared.set(key, program);
  }
  return program;
}
