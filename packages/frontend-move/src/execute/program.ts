import type { Frame, HostFunction, IrModule, MemoryRegion, Program } from "@dragoman/core";
import { opName } from "../format/opcodes.ts";
import { isReferenceType, type MoveType } from "../layout/move-type.ts";
import { textOf } from "../lift/abort-message.ts";
import { MOVE_REGIONS } from "../lift/memory-regions.ts";
import { MOVE_FRAME, positionPc, positionUnit } from "../lift/move-frame.ts";
import type { FunctionInstance, ProgramLift } from "../lift/program-lift.ts";
import type { WithNatives } from "../natives/custom-native.ts";
import type { EntryLayout } from "./entry.ts";
import { failureOf, type MoveFailure } from "./failure.ts";
import type { LiftedProgram } from "./lifted-program.ts";

/** A lifted program with the native functions of one machine. */
export class MoveProgram implements Program, WithNatives {
  readonly vm = "move";
  readonly natives: ReadonlyMap<string, HostFunction>;
  readonly #lifted: LiftedProgram;

  /** `natives` are host functions for native functions of the user's own, by `0xA::m::f`. */
  constructor(lifted: LiftedProgram, natives: ReadonlyMap<string, HostFunction>) {
    this.#lifted = lifted;
    this.natives = natives;
  }

  get id(): string {
    return this.#lifted.id;
  }

  get exact(): IrModule {
    return this.#lifted.exact;
  }

  get hosts(): readonly HostFunction[] {
    return this.#lifted.hosts;
  }

  /** Present for a program under assertion. */
  get regions(): readonly MemoryRegion[] | undefined {
    return this.#lifted.lift.asserted ? MOVE_REGIONS : undefined;
  }

  optimistic(): IrModule | undefined {
    return this.#lifted.optimistic();
  }

  get instance(): FunctionInstance {
    return this.#lifted.instance;
  }

  /** Where arguments and results lie. */
  get layout(): EntryLayout {
    return this.#lifted.layout;
  }

  /** Types of the results; what a reference points to for a reference. */
  get resultTypes(): readonly MoveType[] {
    return this.layout.results.map(({ type }) =>
      isReferenceType(type) ? (type.element as MoveType) : type,
    );
  }

  /** Function and instruction at a source position; undefined for what no function's text says. */
  instructionAt(position: number): { fn: string; pc: number; op: string } | undefined {
    const instance = this.#lifted.lift.instance(positionUnit(position));
    const pc = positionPc(position);
    const op = instance?.fn.definition.code?.ops[pc];
    if (instance === undefined || op === undefined) return undefined;
    return { fn: `${instance.fn.module.name}::${instance.fn.name}`, pc, op: opName(op) };
  }

  /** The note on a frame that failed: status, sub-status, abort code, place. */
  describe(frame: Frame): MoveFailure {
    return describeFailure(this.#lifted.lift, frame);
  }
}

/** Status, sub-status, abort code and place of a frame of the program behind `lift` that failed. */
export function describeFailure(lift: ProgramLift, frame: Frame): MoveFailure {
  const abortCode = frame.memory.view.getBigUint64(frame.address + MOVE_FRAME.ABORT_CODE, true);
  const instance = lift.instance(positionUnit(frame.position));
  const place =
    frame.position < 0 || instance === undefined
      ? undefined
      : {
          module: instance.fn.module.name,
          function: instance.fn.index,
          offset: positionPc(frame.position),
        };
  const header = frame.address + MOVE_FRAME.ABORT_MESSAGE;
  const at = frame.memory.view.getUint32(header, true);
  const length = frame.memory.view.getUint32(frame.address + MOVE_FRAME.ABORT_MESSAGE_LENGTH, true);
  const bytes = frame.memory.u8.subarray(at, at + length);
  return failureOf(frame.outcome, abortCode, place, length === 0 ? undefined : textOf(bytes));
}
