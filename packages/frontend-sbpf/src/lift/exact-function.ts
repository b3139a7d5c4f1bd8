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
import { type Blocks, everySlotBlocks } from "../analysis/blocks.ts";
import { ALL_REGISTERS } from "../analysis/liveness.ts";
import { neverReturns } from "../analysis/program-graph.ts";
import { CALL_DEPTH_MAX } from "../isa/version.ts";
import { FRAME_POINTER_START, frameStep, TEXT_START } from "../runtime/layout.ts";
import { FunctionLift } from "./function-lift.ts";
import { FUNCTIONS, HOST_INDEX, type LiftContext } from "./lift-context.ts";
import { SBPF_TRAP } from "./outcomes.ts";

/** Variable that holds r10. */
const FRAME_POINTER = 10;
/** Parameters: slot where to begin, r0 to r9, r10. */
const PARAMS: readonly ValueType[] = [I32, ...new Array<ValueType>(11).fill(I64)];

/** Every exact function has this signature: all registers in; r0 to r5 out, in raw mode r0 to r9. */
export function exactSignature(raw: boolean): IrSignature {
  return { params: PARAMS, results: new Array<ValueType>(raw ? 10 : 6).fill(I64) };
}

/** Lifts for the reference: units by instruction, every fault where and as the machine has it. */
class ExactLift extends FunctionLift {
  readonly #step: number;
  readonly #results: readonly ValueType[];

  constructor(
    context: LiftContext,
    builder: FunctionBuilder,
    results: readonly ValueType[],
    blocks?: Blocks,
  ) {
    super(context, builder, blocks);
    builder.variable(I64);
    this.#step = frameStep(this.text.version);
    this.#results = results;
  }

  framePointer(): number {
    return this.builder.getVar(FRAME_POINTER);
  }

  loadFrom(base: number, offset: number, size: number): number {
    return this.builder.op("region.load", this.get(base), offset, size, REGION_UNKNOWN);
  }

  storeTo(base: number, offset: number, size: number, value: number): void {
    this.builder.op("region.store", this.get(base), value, offset, size, REGION_UNKNOWN);
  }

  liveOut(): number {
    return ALL_REGISTERS;
  }

  leave(live: number): void {
    this.registers.flush(live);
  }

  isInner(): boolean {
    return false;
  }

  beginBlock(): void {}

  beginInstruction(): void {
    this.builder.op("meter", 1);
  }

  overrun(): void {
    this.builder.op("meter", 1);
    this.builder.op("trap", SBPF_TRAP.EXECUTION_OVERRUN);
  }

  callNothing(half: boolean): void {
    if (half) {
      this.#enterFrame();
      this.builder.op("meter", 1);
    }
    this.builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
  }

  /** r10 of the callee; traps if too many calls are open. */
  #enterFrame(): number {
    const { builder } = this;
    const step = builder.const64(BigInt(this.#step));
    const pointer = builder.op("i64.add", this.framePointer(), step);
    const limit = FRAME_POINTER_START + BigInt(CALL_DEPTH_MAX * this.#step);
    const tooDeep = builder.op("i64.ge_u", pointer, builder.const64(limit));
    builder.op("trap.if", tooDeep, OUTCOME.CALL_DEPTH);
    return pointer;
  }

  #arguments(selector: number, pointer: number): number[] {
    const args = [selector];
    for (let register = 0; register < 10; register++) args.push(this.get(register));
    args.push(pointer);
    return args;
  }

  #takeResults(results: readonly number[]): void {
    for (let register = 0; register < 6; register++) this.set(register, results[register]);
  }

  callFunction(target: number): void {
    const { builder, context } = this;
    const pointer = this.#enterFrame();
    const fn = FUNCTIONS + context.graph.functionOf[context.graph.blocks.of[target]];
    const args = this.#arguments(builder.const32(target), pointer);
    this.#takeResults(builder.call(fn, this.#results, args));
    if (neverReturns(context.graph, target)) builder.op("trap", OUTCOME.UNREACHABLE);
  }

  callPointer(address: number): void {
    const { builder } = this;
    const pointer = this.#enterFrame();
    const start = builder.const64(TEXT_START + BigInt(this.context.textOffset));
    const offset = builder.op("i64.sub", address, start);
    const end = builder.const64(BigInt(this.text.count * 8));
    builder.op("trap.if", builder.op("i64.ge_u", offset, end), SBPF_TRAP.CALL_OUTSIDE_TEXT);
    const slot = builder.op("i32.shr_u", builder.op("i32.wrap", offset), builder.const32(3));
    const args = this.#arguments(slot, pointer);
    this.#takeResults(builder.callIndirect(0, slot, this.#results, args));
  }

  callSyscall(index: number): void {
    const { builder, context } = this;
    const args: number[] = [];
    for (let i = 1; i <= context.syscalls[index].params; i++) args.push(this.get(i));
    const [result] = builder.host(HOST_INDEX.SYSCALLS + index, [I64], args);
    this.set(0, result);
    if (context.syscalls[index].noReturn === true) builder.op("trap", OUTCOME.UNREACHABLE);
  }

  exit(): void {
    this.builder.ret(this.#results.map((_, register) => this.get(register)));
  }

  /** Stores the parameters in the variables. */
  enter(): void {
    const { builder } = this;
    builder.begin(0);
    const params = builder.blockParams(0);
    for (let register = 0; register <= FRAME_POINTER; register++) {
      builder.setVar(register, params[register + 1]);
    }
  }

  get selector(): number {
    return this.builder.blockParams(0)[0];
  }
}

/** Lifts function `fn` of the graph with its known entries. */
export function liftExact(context: LiftContext, fn: number, signature: IrSignature): IrFunction {
  const { graph, pool } = context;
  const { blocks } = graph;
  const builder = new FunctionBuilder(`f${fn}`, signature.params, signature.results, pool);
  const lift = new ExactLift(context, builder, signature.results);
  const entries = functionEntries(context, fn);
  lift.enter();
  lift.dispatch(
    lift.selector,
    entries.map((block) => blocks.start[block]),
    entries.map((block) => lift.irBlock(block)),
  );
  lift.liftBlocks(reachableBlocks(context, entries));
  return builder.build();
}

/**
 * Lifts function `fn` so that it can begin at any of its slots, each a block: where a callx goes that no analysis foresaw.
 */
export function liftExactAnywhere(
  context: LiftContext,
  fn: number,
  signature: IrSignature,
): IrFunction {
  const { graph, pool } = context;
  const blocks = everySlotBlocks(graph.text, graph.calls, (target) => neverReturns(graph, target));
  const name = `f${fn}_anywhere`;
  const builder = new FunctionBuilder(name, signature.params, signature.results, pool);
  const lift = new ExactLift(context, builder, signature.results, blocks);
  const slots: number[] = [];
  for (let i = graph.first[fn]; i < graph.first[fn + 1]; i++) {
    const block = graph.members[i];
    for (let pc = graph.blocks.start[block]; pc < graph.blocks.start[block + 1]; pc++)
      slots.push(pc);
  }
  lift.enter();
  lift.dispatch(
    lift.selector,
    slots,
    slots.map((pc) => lift.irBlock(pc)),
  );
  lift.liftBlocks(slots);
  return builder.build();
}

/** Entry blocks of function `fn`, ascending. */
export function functionEntries({ graph }: LiftContext, fn: number): number[] {
  const entries: number[] = [];
  for (let i = graph.first[fn]; i < graph.first[fn + 1]; i++) {
    const block = graph.members[i];
    if (graph.entries[graph.blocks.start[block]] !== 0) entries.push(block);
  }
  return entries;
}

/** Blocks that jumps and falls reach from `entries`, ascending. */
export function reachableBlocks({ graph }: LiftContext, entries: readonly number[]): number[] {
  const { blocks } = graph;
  const seen = new Set(entries);
  const work = [...entries];
  const visit = (block: number): void => {
    if (block < 0 || block >= blocks.count || seen.has(block)) return;
    seen.add(block);
    work.push(block);
  };
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    visit(blocks.target[block]);
    // FALL and BRANCH; see END.
    if (blocks.end[block] === 0 || blocks.end[block] === 2) visit(block + 1);
  }
  return [...seen].sort((a, b) => a - b);
}
