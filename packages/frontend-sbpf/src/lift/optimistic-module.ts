import {
  FunctionBuilder,
  I32,
  I64,
  type IrFunction,
  type IrModule,
  type IrSignature,
  OUTCOME,
  type ValueType,
} from "@dragoman/core";
import { findHammocks } from "../analysis/hammocks.ts";
import { findLiveness } from "../analysis/liveness.ts";
import type { ProgramGraph } from "../analysis/program-graph.ts";
import { guessRegions } from "../analysis/regions.ts";
import { BODY, HEADER } from "../runtime/layout.ts";
import { leaveMain } from "./exact-module.ts";
import {
  FUNCTIONS,
  HOST_INDEX,
  type LiftContext,
  MAIN,
  type OptimisticContext,
} from "./lift-context.ts";
import { liftOptimistic, optimisticSignature, registersOf } from "./optimistic-function.ts";
import { SBPF_TRAP } from "./outcomes.ts";

/** Instructions of a program that is compiled at most; larger ones stay in the interpreter. */
const INSTRUCTIONS_MAX = 400_000;

/**
 * The module to compile; undefined if the program is over the budget. Agrees with the exact one in hosts, frame and entry. Functions that
 * are not `wanted` trap; absent: all are wanted.
 */
export function optimisticModule(
  context: LiftContext,
  exact: IrModule,
  wanted?: ReadonlySet<number>,
): IrModule | undefined {
  const { graph } = context;
  if (graph.text.count > INSTRUCTIONS_MAX) return undefined;
  const optimistic = analysisOf(context);
  const count = graph.functionCount;
  const signatures: IrSignature[] = [{ params: [], results: [] }];
  for (let fn = 0; fn < count; fn++) signatures.push(optimisticSignature(optimistic, fn));
  const used = context.syscalls.filter((_, index) => optimistic.compiledSyscalls[index] >= 0);
  for (const { params } of used) {
    signatures.push({ params: new Array<ValueType>(params).fill(I64), results: [I64] });
  }
  const lift = (index: number): IrFunction => {
    if (index === MAIN) return liftMain(context, optimistic, signatures);
    const fn = index - FUNCTIONS;
    if (fn >= count) return liftSyscall(context, optimistic, index);
    const isWanted = wanted === undefined || wanted.has(fn);
    if (!isWanted || optimistic.entryCounts[fn] === 0)
      return liftUnused(context, signatures[index]);
    return liftOptimistic(context, optimistic, fn, signatures[index]);
  };
  return {
    ...exact,
    functions: new Array<IrFunction | undefined>(signatures.length).fill(undefined),
    lift,
    signatures,
    table: graph.hasCallx ? pointerTable(graph, optimistic) : new Int32Array(0),
    indirect: [pointerSignature(optimistic, signatures)],
  };
}

function pointerSignature(
  { liveness }: OptimisticContext,
  signatures: readonly IrSignature[],
): IrSignature {
  const params = registersOf(liveness.pointerParams).map((): ValueType => I64);
  return { params: [...params, I32], results: signatures[FUNCTIONS]?.results ?? [I64] };
}

/** Functions that calls through pointers reach: known entries of functions that have one. */
function pointerTable(graph: ProgramGraph, { entryCounts }: OptimisticContext): Int32Array {
  const table = new Int32Array(graph.text.count).fill(-1);
  for (let pc = 0; pc < table.length; pc++) {
    if (graph.pointers[pc] === 0) continue;
    const fn = graph.functionOf[graph.blocks.of[pc]];
    if (entryCounts[fn] === 1) table[pc] = FUNCTIONS + fn;
  }
  return table;
}

const analyses = new WeakMap<LiftContext, OptimisticContext>();

/** What is known of a program, found once: a part and the whole are lifted from it. */
function analysisOf(context: LiftContext): OptimisticContext {
  let analysis = analyses.get(context);
  if (analysis === undefined) {
    analysis = analyse(context);
    analyses.set(context, analysis);
  }
  return analysis;
}

function analyse(context: LiftContext): OptimisticContext {
  const { graph, syscalls } = context;
  const { blocks } = graph;
  const uses = Uint16Array.from(syscalls, ({ params }) => ((1 << params) - 1) << 1);
  const liveness = findLiveness(graph, uses);
  const params = new Uint16Array(graph.functionCount);
  const entryCounts = new Int32Array(graph.functionCount);
  for (let block = 0; block < blocks.count; block++) {
    const pc = blocks.start[block];
    if (graph.entries[pc] === 0) continue;
    const fn = graph.functionOf[block];
    params[fn] |= liveness.liveIn[block];
    entryCounts[fn]++;
  }
  for (let pc = 0; pc < graph.text.count; pc++) {
    if (graph.pointers[pc] === 0) continue;
    const fn = graph.functionOf[blocks.of[pc]];
    if (entryCounts[fn] === 1) params[fn] = liveness.pointerParams;
    else params[fn] |= liveness.pointerParams;
  }
  const isLoop = new Uint8Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) {
    const target = blocks.target[block];
    if (target >= 0 && target <= block) isLoop[target] = 1;
  }
  return {
    liveness,
    guesses: guessRegions(graph),
    params,
    entryCounts,
    isLoop,
    hammocks: findHammocks(graph, isLoop),
    compiledSyscalls: numberSyscalls(context),
  };
}

/** Numbers of the IR functions of syscalls that the program calls and that have a compiled form; -1 for others. */
function numberSyscalls({ graph, syscalls }: LiftContext): Int32Array {
  const called = new Uint8Array(syscalls.length);
  for (let pc = 0; pc < graph.text.count; pc++) {
    const target = graph.calls[pc];
    if (target < -1 && -2 - target < syscalls.length) called[-2 - target] = 1;
  }
  let next = FUNCTIONS + graph.functionCount;
  return Int32Array.from(syscalls, ({ compile }, index) =>
    compile !== undefined && called[index] !== 0 ? next++ : -1,
  );
}

function liftMain(
  context: LiftContext,
  optimistic: OptimisticContext,
  signatures: readonly IrSignature[],
): IrFunction {
  const { graph, pool } = context;
  const { entryPc, text } = graph;
  const builder = new FunctionBuilder("main", [], [], pool);
  builder.begin(0);
  if (text.op[entryPc] === 0) {
    builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
    return builder.build();
  }
  const frame = builder.op("frame");
  const fn = graph.functionOf[graph.blocks.of[entryPc]];
  const args = optimistic.entryCounts[fn] > 1 ? [builder.const32(entryPc)] : [];
  for (const register of registersOf(optimistic.params[fn])) {
    args.push(builder.op("i64.load", frame, HEADER.REGISTERS + register * 8));
  }
  args.push(builder.op("i32.add", frame, builder.const32(BODY.STACK)));
  const [r0] = builder.call(FUNCTIONS + fn, signatures[FUNCTIONS + fn].results, args);
  builder.op("i64.store", frame, r0, HEADER.REGISTERS);
  builder.op("check");
  leaveMain(builder, r0);
  return builder.build();
}

/** A function that nothing enters, or that is not wanted. */
function liftUnused({ pool }: LiftContext, signature: IrSignature): IrFunction {
  const builder = new FunctionBuilder("unused", signature.params, signature.results, pool);
  builder.begin(0);
  builder.op("trap", OUTCOME.UNREACHABLE);
  return builder.build();
}

function liftSyscall(
  { syscalls, pool }: LiftContext,
  { compiledSyscalls }: OptimisticContext,
  index: number,
): IrFunction {
  const number = compiledSyscalls.indexOf(index);
  const { name, params, compile } = syscalls[number];
  const types = new Array<ValueType>(params).fill(I64);
  const builder = new FunctionBuilder(name, types, [I64], pool);
  builder.begin(0);
  compile!(builder, builder.blockParams(0), HOST_INDEX.SYSCALLS + number);
  return builder.build();
}
