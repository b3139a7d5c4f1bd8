import {
  type Frame,
  HOST,
  type HostFunction,
  type IrModule,
  moduleFunction,
  OUTCOME,
  type Program,
} from "@dragoman/core";
import { bcsSink, encodeValue } from "../layout/bcs-encode.ts";
import { isReferenceType, type MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { liftFunction } from "../lift/function-lift.ts";
import { takeHeap } from "../lift/heap.ts";
import { MOVE_FRAME, positionPc, positionUnit } from "../lift/move-frame.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { type FunctionInstance, ProgramLift } from "../lift/program-lift.ts";
import type { WithGlobals } from "../natives/global-storage.ts";
import { type EntryLayout, layOutEntry, writeEntry } from "./entry.ts";
import { failureOf, type MoveFailure } from "./failure.ts";

/** Units and words of IR up to which a program is compiled; a larger one stays in the interpreter. */
const COMPILED_UNITS_MAX = 4096;
const COMPILED_WORDS_MAX = 1 << 22;

/** One Move function with its type arguments, and everything that it calls. */
export class MoveProgram implements Program {
  readonly vm = "move";
  readonly id: string;
  readonly exact: IrModule;
  readonly hosts: readonly HostFunction[];
  readonly instance: FunctionInstance;
  readonly layout: EntryLayout;
  readonly lift: ProgramLift;
  #optimistic: IrModule | undefined | null = null;

  /**
   * `natives` are host functions for native functions of the user's own.
   *
   * Faults: MoveFault where the function's own types cannot be laid out.
   */
  constructor(instance: FunctionInstance, natives: ReadonlyMap<string, HostFunction>) {
    const { fn, typeArguments } = instance;
    this.instance = instance;
    this.lift = new ProgramLift(fn.module.linkage, liftFunction, natives);
    this.layout = layOutEntry(this.lift, instance);
    const none = { params: [], results: [] };
    const finish: HostFunction = (frame) => this.#finish(frame);
    this.lift.routine("entry", none, (lift) => writeEntry(lift, instance, this.layout, finish));
    const types = typeArguments.map((type) => formatType(type)).join();
    const name = `${fn.module.name}::${fn.name}<${types}>`;
    this.id = `move ${fn.module.linkage.hash} ${name}`;
    this.exact = this.lift.module(name, true);
    this.hosts = this.lift.hostFunctions;
  }

  /** All functions that the entry can reach, lifted with merged charges; undefined if there are too many. */
  optimistic(): IrModule | undefined {
    if (this.#optimistic === null) this.#optimistic = this.#liftAll();
    return this.#optimistic;
  }

  #liftAll(): IrModule | undefined {
    const module = this.lift.module(this.exact.name, false);
    let words = 0;
    for (let unit = 0; unit < this.lift.unitCount; unit++) {
      words += moduleFunction(module, unit).code.length;
      if (unit > COMPILED_UNITS_MAX || words > COMPILED_WORDS_MAX) return undefined;
    }
    return module;
  }

  /** Writes changed resources to the journal and the BCS of the results, one behind the other, as output. */
  #finish(frame: Frame): number {
    const outcome = (frame.context as WithGlobals).globals.flush(frame);
    if (outcome !== OUTCOME.OK) return frame.leave(outcome);
    const sink = bcsSink();
    const stack = frame.address + MOVE_FRAME.STACK;
    for (const { type, offset } of this.layout.results) {
      encodeValue(frame.memory, type, stack + offset, sink);
    }
    if (sink.length === 0) return HOST.CONTINUE;
    const at = takeHeap(frame, sink.length);
    if (at < 0) return frame.leave(MOVE_TRAP.MEMORY);
    frame.memory.u8.set(sink.bytes.subarray(0, sink.length), at);
    frame.setOutput(at, sink.length);
    return HOST.CONTINUE;
  }

  /** Types of the results; what a reference points to for a reference. */
  get resultTypes(): readonly MoveType[] {
    return this.layout.results.map(({ type }) =>
      isReferenceType(type) ? (type.element as MoveType) : type,
    );
  }

  /** The note on a frame that failed: status, sub-status, abort code, place. */
  describe(frame: Frame): MoveFailure {
    const abortCode = frame.memory.view.getBigUint64(frame.address + MOVE_FRAME.ABORT_CODE, true);
    const instance = this.lift.instance(positionUnit(frame.position));
    const place =
      frame.position < 0 || instance === undefined
        ? undefined
        : {
            module: instance.fn.module.name,
            function: instance.fn.index,
            offset: positionPc(frame.position),
          };
    return failureOf(frame.outcome, abortCode, place);
  }
}
