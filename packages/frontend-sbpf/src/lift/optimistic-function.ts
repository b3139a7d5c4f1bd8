import {
  FunctionBuilder,
  I32,
  I64,
  type IrFunction,
  type IrSignature,
  OUTCOME,
  REGION_UNKNOWN,
  type ValueType,
} from "@dragoman/core";
import { endOfSide, meetingPlace, unitsOfSide } from "../analysis/hammocks.ts";
import { neverReturns } from "../analysis/program-graph.ts";
import { NO_REGION, STATE_SIZE, step } from "../analysis/regions.ts";
import { STACK_FRAME_BYTES } from "../isa/version.ts";
import {
  BODY,
  FRAME_POINTER_START,
  frameStep,
  HEADER,
  heapOffset,
  inputOffset,
  REGIONS,
  TEXT_START,
} from "../runtime/layout.ts";
import { Choice } from "./choice.ts";
import { functionEntries, reachableBlocks } from "./exact-function.ts";
import { FunctionLift } from "./function-lift.ts";
import { FUNCTIONS, HOST_INDEX, type LiftContext, type OptimisticContext } from "./lift-context.ts";
import { SBPF_TRAP } from "./outcomes.ts";

/** Variable that holds the host address of the guest frame's first byte. */
const FRAME_START = 10;

const registerLists = new Map<number, readonly number[]>();

/** Registers of a set, ascending. */
export function registersOf(set: number): readonly number[] {
  let registers = registerLists.get(set);
  if (registers === undefined) {
    const all = Array.from({ length: 10 }, (_, register) => register);
    registers = all.filter((register) => ((set >> register) & 1) !== 0);
    registerLists.set(set, registers);
  }
  return registers;
}

/** Parameters of function `fn`: the slot where to begin if there are several entries, live registers, frame start. */
export function optimisticSignature(optimistic: OptimisticContext, fn: number): IrSignature {
  const params: ValueType[] = optimistic.entryCounts[fn] > 1 ? [I32] : [];
  for (const _ of registersOf(optimistic.params[fn])) params.push(I64);
  params.push(I32);
  return { params, results: resultTypes(optimistic) };
}

/** r0, and what some caller reads beside it. */
function resultTypes({ liveness }: OptimisticContext): ValueType[] {
  return new Array<ValueType>(1 + registersOf(liveness.extraResults).length).fill(I64);
}

/** Lifts for compiled code: charges per run of instructions, checks at loops and entries, predicted regions. */
class OptimisticLift extends FunctionLift {
  readonly #optimistic: OptimisticContext;
  readonly #step: number;
  readonly #resultTypes: readonly ValueType[];
  readonly #results: readonly number[];
  /** Regions of the registers before the current instruction. */
  readonly #state = new Uint8Array(STATE_SIZE);
  /** First slot whose unit is not charged yet. */
  #charged = 0;
  /** 1 for blocks to which a jump goes back. */
  readonly #isLoop: Uint8Array;
  readonly #limits = new Limits();
  readonly #choice: Choice;

  constructor(context: LiftContext, optimistic: OptimisticContext, builder: FunctionBuilder) {
    super(context, builder);
    builder.variable(I32);
    this.#optimistic = optimistic;
    this.#step = frameStep(this.text.version);
    this.#resultTypes = resultTypes(optimistic);
    this.#results = [0, ...registersOf(optimistic.liveness.extraResults)];
    this.#isLoop = optimistic.isLoop;
    this.#choice = new Choice(builder);
  }

  // --- registers and memory -----------------------------------------------------------------------

  framePointer(): number {
    const { builder } = this;
    const start = builder.op("i32.sub", this.#frameStart(), builder.op("frame"));
    const base = FRAME_POINTER_START - BigInt(BODY.STACK);
    return builder.op("i64.add", builder.op("i64.extend_u", start), builder.const64(base));
  }

  #frameStart(): number {
    return this.builder.getVar(FRAME_START);
  }

  /** Offset in the guest frame of an access to it, or -1. */
  #inFrame(base: number, offset: number, size: number): number {
    const at = STACK_FRAME_BYTES + offset;
    return base === 10 && at >= 0 && at + size <= STACK_FRAME_BYTES ? at : -1;
  }

  loadFrom(base: number, offset: number, size: number): number {
    const { builder } = this;
    const local = this.#inFrame(base, offset, size);
    if (local >= 0) return builder.op(LOADS[size], this.#frameStart(), local);
    const place = this.#predicted(base, offset, size);
    if (place !== undefined) return builder.op(LOADS[size], place.address, place.offset);
    return builder.op("region.load", this.get(base), offset, size, this.#guess(base));
  }

  storeTo(base: number, offset: number, size: number, value: number): void {
    const { builder } = this;
    const local = this.#inFrame(base, offset, size);
    if (local >= 0) {
      builder.op(STORES[size], this.#frameStart(), value, local);
      return;
    }
    const place =
      this.#guess(base) > REGIONS.PROGRAM ? this.#predicted(base, offset, size) : undefined;
    if (place !== undefined) builder.op(STORES[size], place.address, value, place.offset);
    else builder.op("region.store", this.get(base), value, offset, size, this.#guess(base));
  }

  #guess(register: number): number {
    const region = this.#state[register];
    return region === NO_REGION || region === 0 ? REGION_UNKNOWN : region - 1;
  }

  /**
   * Checks an access to heap or input against a length that the function reads once; the rest goes through the region table. Returns
   * where the bytes are.
   */
  #predicted(
    base: number,
    offset: number,
    size: number,
  ): { address: number; offset: number } | undefined {
    const region = this.#guess(base);
    if (region !== REGIONS.HEAP && region !== REGIONS.INPUT) return undefined;
    const { builder, context } = this;
    const start = (BigInt(region) << 32n) - BigInt(offset);
    const inside = builder.op("i64.sub", this.get(base), builder.const64(start));
    const limit = this.#limits.get(builder, region, size);
    builder.op("trap.if", builder.op("i64.ge_u", inside, limit), OUTCOME.ACCESS_VIOLATION);
    const address = builder.op("i32.add", builder.op("i32.wrap", inside), builder.op("frame"));
    const { version } = this.text;
    const at =
      region === REGIONS.HEAP ? heapOffset(version) : inputOffset(version, context.rodataBytes);
    return { address, offset: at };
  }

  // --- charges ------------------------------------------------------------------------------------

  beginBlock(): void {
    const { atStart } = this.#optimistic.guesses;
    this.#state.set(atStart.subarray(this.block * STATE_SIZE, (this.block + 1) * STATE_SIZE));
    this.#last = -1;
    // What follows in the same IR block is charged with its beginning.
    if (this.follower === this.block) return;
    this.#limits.forget();
    this.#choice.forget();
    this.#charged = this.pc;
    this.#charge(this.#isLoop[this.block] !== 0);
  }

  beginInstruction(): void {
    if (this.#last >= 0) step(this.context.graph, this.#last, this.#state);
    this.#last = this.pc;
  }

  /** Slot of the instruction lifted last in this block. */
  #last = -1;

  /**
   * Charges the instructions from here up to the next host call or call, or to the end of the IR block, both ways of hammocks. Checks if a
   * loop begins in it.
   */
  #charge(isLoop: boolean): void {
    const { text, blocks, builder, context } = this;
    const { hammocks } = this.#optimistic;
    let { block } = this;
    let units = 0;
    let pc = this.#charged;
    let checks = isLoop;
    for (let goesOn = true; goesOn; ) {
      const end = blocks.start[block + 1];
      while (pc < end && goesOn) {
        const code = text.op[pc];
        units++;
        pc += code === 0x18 ? 2 : 1;
        goesOn = code !== 0x85 && code !== 0x8d;
      }
      const side = hammocks.side[block];
      if (!goesOn || side < 0) break;
      units += unitsOfSide(context.graph, side);
      block = meetingPlace(context.graph, hammocks, block);
      goesOn = hammocks.isInner[block] !== 0;
      if (goesOn) pc = blocks.start[block];
      checks ||= goesOn && this.#isLoop[block] !== 0;
    }
    this.#charged = pc;
    if (units > 0) builder.op(checks ? "meter" : "charge", units);
  }

  /** Units that were charged for sides and not used, to be given back before anything can see it; -1 = none. */
  #unused = -1;

  #settle(): void {
    if (this.#unused >= 0) this.builder.op("gas.refill", this.#unused);
    this.#unused = -1;
  }

  leave(live: number): void {
    this.#settle();
    this.registers.flush(live);
  }

  isInner(block: number): boolean {
    return this.#optimistic.hammocks.isInner[block] !== 0;
  }

  override constant(low: number, high: number): number {
    return this.#choice.constant(low, high);
  }

  override branch(condition: number): void {
    const side = this.#optimistic.hammocks.side[this.block];
    if (side < 0) super.branch(condition);
    else this.#chooseSide(condition, side);
  }

  /** Whether the branch jumps, or where `inverted` whether it does not, as an i64 of 0 or 1. */
  #isTaken(condition: number, inverted: boolean): number {
    const { builder, text, pc } = this;
    const code = text.op[pc];
    const jumpsUnlessZero = code === JNE || code === JNE32;
    const looksAtZero = text.imm[pc] === 0 && (jumpsUnlessZero || code === JEQ || code === JEQ32);
    const value = looksAtZero ? this.get(this.dst) : -1;
    if (!this.#choice.isBoolean(value)) {
      const taken = inverted ? builder.op("i32.eqz", condition) : condition;
      return this.#choice.boolean(builder.op("i64.extend_u", taken));
    }
    if (jumpsUnlessZero !== inverted) return value;
    return this.#choice.boolean(builder.op("i64.xor", value, builder.const64(1n)));
  }

  override set(register: number, value: number): void {
    const { text, pc } = this;
    const { op, dst, src } = text;
    if (isBitwise(op[pc]) && this.#choice.isBoolean(this.get(src[pc]))) {
      if (this.#choice.isBoolean(this.get(dst[pc]))) this.#choice.boolean(value);
    }
    super.set(register, value);
  }

  /** Computes what `side` does and keeps it unless the branch steps over it. */
  #chooseSide(condition: number, side: number): void {
    const { builder, text, blocks, context } = this;
    const { graph } = context;
    const { hammocks, liveness } = this.#optimistic;
    const meet = meetingPlace(graph, hammocks, this.block);
    const end = endOfSide(graph, side);
    const old = new Map<number, number>();
    for (let pc = blocks.start[side]; pc < end; pc += text.op[pc] === 0x18 ? 2 : 1) {
      const register = text.dst[pc];
      const isRead = ((liveness.liveIn[meet] >> register) & 1) !== 0;
      if (isRead && !old.has(register)) old.set(register, this.get(register));
    }
    const isKept = this.#isTaken(condition, side !== this.block + 1);
    this.liftRange(blocks.start[side], end);
    this.#choice.begin(isKept);
    const unused = this.#choice.unused(unitsOfSide(graph, side));
    this.#unused = this.#unused < 0 ? unused : builder.op("i64.add", this.#unused, unused);
    for (const [register, value] of old) {
      this.set(register, this.#choice.choose(value, this.get(register)));
    }
    if (hammocks.isInner[meet] !== 0) {
      this.follower = meet;
      return;
    }
    this.leave(liveness.liveIn[meet]);
    builder.br(this.next(blocks.start[meet]));
  }

  liveOut(): number {
    return this.#optimistic.liveness.liveOut[this.block];
  }

  overrun(): void {
    this.builder.op("trap", SBPF_TRAP.EXECUTION_OVERRUN);
  }

  // --- calls --------------------------------------------------------------------------------------

  callNothing(): void {
    this.builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
  }

  #calleeFrame(): number {
    const { builder } = this;
    return builder.op("i32.add", this.#frameStart(), builder.const32(this.#step));
  }

  #takeResults(values: readonly number[]): void {
    this.#results.forEach((register, index) => {
      this.set(register, values[index]);
    });
    this.#charge(false);
  }

  callFunction(target: number): void {
    const { builder, context } = this;
    const { graph } = context;
    if (neverReturns(graph, target)) {
      // Whatever it does ends in a fault: the exact run finds which.
      builder.op("trap", OUTCOME.UNREACHABLE);
      return;
    }
    const fn = graph.functionOf[graph.blocks.of[target]];
    const args = this.#optimistic.entryCounts[fn] > 1 ? [builder.const32(target)] : [];
    for (const register of registersOf(this.#optimistic.params[fn])) args.push(this.get(register));
    args.push(this.#calleeFrame());
    this.#settle();
    this.#takeResults(builder.call(FUNCTIONS + fn, this.#resultTypes, args));
  }

  callPointer(address: number): void {
    const { builder } = this;
    const start = builder.const64(TEXT_START + BigInt(this.context.textOffset));
    const offset = builder.op("i64.sub", address, start);
    const end = builder.const64(BigInt(this.text.count * 8));
    builder.op("trap.if", builder.op("i64.ge_u", offset, end), SBPF_TRAP.CALL_OUTSIDE_TEXT);
    const slot = builder.op("i32.shr_u", builder.op("i32.wrap", offset), builder.const32(3));
    const args = registersOf(this.#optimistic.liveness.pointerParams).map((r) => this.get(r));
    args.push(this.#calleeFrame());
    this.#settle();
    this.#takeResults(builder.callIndirect(0, slot, this.#resultTypes, args));
  }

  callSyscall(index: number): void {
    const { builder, context } = this;
    const syscall = context.syscalls[index];
    if (syscall.noReturn === true) {
      builder.op("trap", OUTCOME.UNREACHABLE);
      return;
    }
    const args: number[] = [];
    for (let i = 1; i <= syscall.params; i++) args.push(this.get(i));
    const compiled = this.#optimistic.compiledSyscalls[index];
    this.#settle();
    // A host function must not see units that are not there: it would fail for a reason of its own.
    if (compiled < 0) builder.op("check");
    const [result] =
      compiled < 0
        ? builder.host(HOST_INDEX.SYSCALLS + index, [I64], args)
        : builder.call(compiled, [I64], args);
    this.set(0, result);
    this.#charge(false);
  }

  exit(): void {
    this.#settle();
    this.builder.ret(this.#results.map((register) => this.get(register)));
  }

  // --- entry --------------------------------------------------------------------------------------

  /** Takes the parameters and makes sure that the guest frame may be used. */
  enter(params: number, hasSelector: boolean): number {
    const { builder } = this;
    builder.begin(0);
    const values = builder.blockParams(0);
    registersOf(params).forEach((register, index) => {
      builder.setVar(register, values[index + (hasSelector ? 1 : 0)]);
    });
    const start = values[values.length - 1];
    builder.setVar(FRAME_START, start);
    builder.op("check");
    const grow = builder.block();
    const body = builder.block();
    const limit = builder.op("i32.load", builder.op("frame"), HEADER.STACK_LIMIT);
    builder.brIf(builder.op("i32.gt_u", start, limit), grow, [], body, []);
    builder.begin(grow);
    const [ready] = builder.host(HOST_INDEX.GROW_STACK, [I32], [start]);
    builder.op("trap.if", builder.op("i32.eqz", ready), OUTCOME.CALL_DEPTH);
    builder.br(body);
    builder.begin(body);
    return hasSelector ? values[0] : -1;
  }
}

const JEQ = 0x15;
const JEQ32 = 0x16;
const JNE = 0x55;
const JNE32 = 0x56;

/** True for and, or, xor of two registers. */
const isBitwise = (code: number): boolean => [0x4c, 0x4f, 0x5c, 0x5f, 0xac, 0xaf].includes(code);

const LOADS: Readonly<Record<number, "i64.load8" | "i64.load16" | "i64.load32" | "i64.load">> = {
  1: "i64.load8",
  2: "i64.load16",
  4: "i64.load32",
  8: "i64.load",
};
const STORES: Readonly<Record<number, "i64.store8" | "i64.store16" | "i64.store32" | "i64.store">> =
  {
    1: "i64.store8",
    2: "i64.store16",
    4: "i64.store32",
    8: "i64.store",
  };

/** Limits of heap and input: first offset at which an access of a size is illegal, read from the header. */
class Limits {
  readonly #values = new Map<number, number>();

  forget(): void {
    this.#values.clear();
  }

  get(builder: FunctionBuilder, region: number, size: number): number {
    const at = HEADER.LIMITS + ((region - REGIONS.HEAP) * 4 + (31 - Math.clz32(size))) * 8;
    let value = this.#values.get(at);
    if (value === undefined) {
      value = builder.op("i64.load", builder.op("frame"), at);
      this.#values.set(at, value);
    }
    return value;
  }
}

/** Lifts function `fn` of the graph for compilation. */
export function liftOptimistic(
  context: LiftContext,
  optimistic: OptimisticContext,
  fn: number,
  signature: IrSignature,
): IrFunction {
  const { graph, pool } = context;
  const { blocks } = graph;
  const builder = new FunctionBuilder(`f${fn}`, signature.params, signature.results, pool);
  const lift = new OptimisticLift(context, optimistic, builder);
  const entries = functionEntries(context, fn);
  const hasSelector = optimistic.entryCounts[fn] > 1;
  const selector = lift.enter(optimistic.params[fn], hasSelector);
  const targets = entries.map((block) => lift.irBlock(block));
  if (hasSelector)
    lift.dispatch(
      selector,
      entries.map((block) => blocks.start[block]),
      targets,
    );
  else builder.br(targets[0]);
  lift.liftBlocks(reachableBlocks(context, entries));
  return builder.build();
}
