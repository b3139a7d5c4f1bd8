import {
  type CallRequest,
  type Frame,
  FunctionBuilder,
  HOST,
  type HostFunction,
  I32,
  type IrFunction,
  type IrModule,
  type MemoryRegion,
  OP,
  type Program,
} from "@dragoman/core";
import { type EntryLayout, layOutEntry, writeEntry } from "../execute/entry.ts";
import type { MoveFailure } from "../execute/failure.ts";
import { finishFrame, liftOptimistic } from "../execute/lifted-program.ts";
import { prepareFrame } from "../execute/message.ts";
import { MoveContext } from "../execute/move-context.ts";
import { describeFailure } from "../execute/program.ts";
import type { MoveType } from "../layout/move-type.ts";
import { liftFunction } from "../lift/function-lift.ts";
import { MOVE_REGIONS } from "../lift/memory-regions.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { type FunctionInstance, ProgramLift } from "../lift/program-lift.ts";
import type { WithNatives } from "../natives/custom-native.ts";

/** One function of a {@link ModuleProgram}. */
export interface ModuleEntry {
  readonly instance: FunctionInstance;
  readonly layout: EntryLayout;
}

/** Context of a frame, and which of the program's entries it runs. */
class EntryContext extends MoveContext {
  readonly entry: number;

  constructor(entry: number, gas: bigint) {
    super({ module: "", function: "", gas });
    this.entry = entry;
  }
}

const NOTHING = { params: [], results: [] } as const;
const CHOICE = { params: [], results: [I32] } as const;
let programs = 0;

/**
 * Several functions as one program, so that they are lifted, optimised and compiled once and together: a call says which one it runs. For
 * tests that call all functions of many modules.
 */
export class ModuleProgram implements Program, WithNatives {
  readonly vm = "move";
  readonly id = `move functions ${programs++}`;
  readonly regions: readonly MemoryRegion[] | undefined;
  readonly natives: ReadonlyMap<string, HostFunction> = new Map();
  readonly entries: readonly ModuleEntry[];
  readonly exact: IrModule;
  readonly #lift: ProgramLift;
  #optimistic: IrModule | undefined | null = null;

  /**
   * `asserted`: every address is, see memory-regions.ts. Faults: MoveFault where the types of a function cannot be laid out; see
   * {@link checkEntry}.
   */
  constructor(instances: readonly FunctionInstance[], asserted: boolean) {
    this.regions = asserted ? MOVE_REGIONS : undefined;
    const { linkage } = (instances[0] as FunctionInstance).fn.module;
    this.#lift = new ProgramLift(linkage, liftFunction, asserted);
    this.entries = instances.map((instance) => ({
      instance,
      layout: layOutEntry(this.#lift, instance),
    }));
    this.#lift.routine("dispatch", NOTHING, (lift) => this.#writeDispatch(lift));
    this.exact = this.#lift.module("functions", true);
  }

  get hosts(): readonly HostFunction[] {
    return this.#lift.hostFunctions;
  }

  optimistic(): IrModule | undefined {
    if (this.#optimistic === null) this.#optimistic = liftOptimistic(this.#lift, "functions");
    return this.#optimistic;
  }

  describe(frame: Frame): MoveFailure {
    return describeFailure(this.#lift, frame);
  }

  /** A call of entry `entry`; `args` are the BCS of its parameters, signers included. */
  request(entry: number, args: readonly Uint8Array[], gas: bigint): CallRequest {
    const context = new EntryContext(entry, gas);
    const called = this.entries[entry];
    return {
      program: this,
      gas,
      context,
      prepare: (frame) => prepareFrame(frame, called, args, context),
      finish: () => HOST.CONTINUE,
    };
  }

  /** The function that the engine enters: the host says which entry is to run. */
  #writeDispatch(lift: ProgramLift): IrFunction {
    const b = new FunctionBuilder("dispatch", [], [], lift.words);
    const choose = lift.host("choose", CHOICE, () => (frame) => {
      frame.resultI32(0, (frame.context as EntryContext).entry);
      return HOST.CONTINUE;
    });
    const finish: HostFunction = (frame) =>
      finishFrame(
        frame,
        this.entries[(frame.context as EntryContext).entry].layout,
        this.#lift.asserted,
      );
    b.begin(0);
    const blocks = this.entries.map(() => b.block());
    const none = b.block();
    b.switch(b.host(choose, [I32], [])[0], blocks, none);
    this.entries.forEach(({ instance, layout }, index) => {
      b.begin(blocks[index]);
      const unit = lift.routine(`entry ${index}`, NOTHING, (inner) =>
        writeEntry(inner, instance, layout, finish),
      );
      b.call(unit, [], []);
      b.ret();
    });
    b.begin(none);
    b.emit(OP.trap, MOVE_TRAP.UNKNOWN);
    return b.build();
  }
}

/** Faults: MoveFault where the types of the function's parameters and results cannot be laid out. */
export function checkEntry(instance: FunctionInstance): void {
  layOutEntry(new ProgramLift(instance.fn.module.linkage, liftFunction, true), instance);
}

/** The parameters' types of an entry: of a reference what it points to. */
export function entryParameters({ layout }: ModuleEntry): MoveType[] {
  return layout.parameters.map(({ type }) => type);
}
