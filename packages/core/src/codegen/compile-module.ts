import { FRAMES } from "../host/frame-layout.ts";
import { scratch } from "../ir/array-source.ts";
import type { IrModule } from "../ir/function.ts";
import { KERNEL_FUNCTIONS, type KernelFunction } from "../kernel/kernel.ts";
import { ByteBuffer } from "../wasm/byte-buffer.ts";
import { ModuleBuilder } from "../wasm/module-builder.ts";
import { W } from "../wasm/opcodes.ts";
import { writeDispatch } from "./dispatch.ts";
import { Emitter } from "./emitter.ts";
import { splitWords } from "./limbs.ts";
import { findLiveValues } from "./live-values.ts";
import { LOWER_BY_CODE } from "./lower.ts";
import { writePrologue } from "./lower-stack.ts";
import {
  type FunctionPlan,
  type ModulePlan,
  planFunctions,
  planWidths,
  signaturesStayDistinct,
  wasmSignature,
} from "./module-plan.ts";
import { nativeStack } from "./native-stack.ts";
import { StructureWriter } from "./structure.ts";

/**
 * Budgets: code from strangers must not cost without measure. Beyond one of them a program stays in
 * the interpreter.
 */
export interface CompileOptions {
  /** Bytes of WebAssembly of the whole module. */
  readonly wasmBytesMax: number;
  /** Words of IR code of one function, and of all that the entry reaches. */
  readonly functionWordsMax: number;
  readonly moduleWordsMax: number;
  /**
   * Wasm locals times basic blocks of one function: V8 keeps the locals' state for every open
   * label.
   */
  readonly localBlocksMax: number;
  /** Loop counters are taken to stay small, with a check: see widths.ts. */
  readonly speculate: boolean;
  /** Every address is asserted by the import `env.assertAddress`: see `Program.regions`. */
  readonly asserts: boolean;
}

export const COMPILE_LIMITS: CompileOptions = {
  wasmBytesMax: 3_000_000,
  functionWordsMax: 400_000,
  moduleWordsMax: 2_000_000,
  localBlocksMax: 6_000_000,
  speculate: true,
  asserts: false,
};

export interface CompiledCode {
  readonly module: WebAssembly.Module;
  readonly wasmBytes: number;
  /** The module that was compiled, where addresses are asserted: it names the places. */
  readonly asserted?: IrModule | undefined;
}

const kernelNames = Object.keys(KERNEL_FUNCTIONS) as KernelFunction[];

/**
 * Compiles what the entry of `module` reaches; undefined = it is over a budget and stays in the
 * interpreter.
 */
export function compileModule(
  module: IrModule,
  options: CompileOptions = COMPILE_LIMITS,
): CompiledCode | undefined {
  const bytes = translateModule(module, options);
  if (bytes === undefined) return undefined;
  const code = { module: new WebAssembly.Module(bytes), wasmBytes: bytes.length };
  return options.asserts ? { ...code, asserted: module } : code;
}

/** The WebAssembly of a module; see {@link compileModule}. */
export function translateModule(
  module: IrModule,
  options: CompileOptions = COMPILE_LIMITS,
): Uint8Array<ArrayBuffer> | undefined {
  const found = planFunctions(module, options);
  if (found === undefined) return undefined;
  const { plans, order } = found;
  if (!order.every((index) => plans[index]!.callees.every((callee) => callee !== module.entry))) {
    return undefined;
  }
  const hasTable = order.some((index) => plans[index]!.callsIndirectly);
  if (hasTable && !signaturesStayDistinct(module)) return undefined;
  const callsFrames = order.some((index) => plans[index]!.callsFrames);
  planWidths(module, plans, options.speculate);
  const builder = new ModuleBuilder();
  const plan = declare(builder, module, plans, order, callsFrames, options.asserts);
  if (hasTable) {
    builder.table(module.table.map((index) => (index < 0 ? -1 : plan.functionIndex(index))));
  }
  const run = builder.declare("i>i");
  builder.export("run", run);
  const localCounts = new Map<number, number>();
  for (const index of order) {
    const translated = translateFunction(plan, plans[index]!, options);
    if (translated === undefined) return undefined;
    builder.body(localDeclarations(translated), translated.out);
    localCounts.set(index, translated.localTypes.length);
    if (builder.codeLength > options.wasmBytesMax) return undefined;
  }
  const stackBytes = nativeStack(plans, localCounts, module.entry);
  builder.body(runBody(plan.functionIndex(module.entry), stackBytes));
  return builder.build();
}

/** What is called from outside: the entry, and around it the account of the native stack. */
function runBody(entry: number, stackBytes: number): ByteBuffer {
  const out = new ByteBuffer(96);
  out.byte(0);
  addStackUsed(out, stackBytes);
  for (const byte of [W.localGet, 0, W.call]) out.byte(byte);
  out.unsigned(entry);
  addStackUsed(out, -stackBytes);
  out.byte(W.end);
  return out;
}

/** FRAMES.STACK_USED += bytes. */
function addStackUsed(out: ByteBuffer, bytes: number): void {
  const constant = (value: number): void => {
    out.byte(W.i32Const);
    out.signed32(value);
  };
  const access = (op: number): void => {
    out.byte(op);
    out.byte(ALIGNED_4);
    out.unsigned(FRAMES.STACK_USED);
  };
  constant(0);
  constant(0);
  access(W.i32Load);
  constant(bytes);
  out.byte(W.i32Add);
  access(W.i32Store);
}

const ALIGNED_4 = 2;

function declare(
  builder: ModuleBuilder,
  module: IrModule,
  plans: readonly (FunctionPlan | undefined)[],
  order: readonly number[],
  callsFrames: boolean,
  asserts: boolean,
): ModulePlan {
  builder.importMemory("env", "memory", 1);
  const hostFunction = builder.importFunction("env", "host", "ii>i");
  const rollBackFunction = callsFrames ? builder.importFunction("env", "rollBack", "i>") : -1;
  const assertFunction = asserts ? builder.importFunction("env", "assertAddress", "iiiii>") : -1;
  const frameTable = callsFrames ? builder.importTable("env", "frames") : -1;
  const kernel = new Map<KernelFunction, number>();
  for (const name of kernelNames) {
    const [params, results] = KERNEL_FUNCTIONS[name];
    kernel.set(name, builder.importFunction("kernel", name, `${params}>${results}`));
  }
  const indices = scratch.int32s(plans.length).fill(-1);
  for (const index of order) {
    const plan = plans[index]!;
    indices[index] = builder.declare(plan.isEntry ? "i>i" : wasmSignature(plan));
  }
  return {
    module,
    plans,
    order,
    wordLimbs: splitWords(module.words),
    hostFunction,
    rollBackFunction,
    assertFunction,
    frameTable,
    functionTable: frameTable + 1,
    kernelFunction: (name) => kernel.get(name)!,
    functionIndex: (index) => indices[index],
    typeIndex: (signature) => builder.type(signature),
  };
}

/** One function, translated: its code is what was written last. */
function translateFunction(
  module: ModulePlan,
  plan: FunctionPlan,
  options: CompileOptions,
): Emitter | undefined {
  const { fn, flow } = plan;
  const live = findLiveValues(fn, flow);
  const c = new Emitter(module, plan, live, LOWER_BY_CODE);
  if (c.localTypes.length * flow.blockCount > options.localBlocksMax) return undefined;
  writePrologue(c);
  if (flow.isReducible) new StructureWriter(c).write();
  else writeDispatch(c);
  if (c.localTypes.length > LOCALS_MAX || c.out.length > FUNCTION_BYTES_MAX) return undefined;
  c.op(W.end);
  return c;
}

/** Limits of V8: 50,000 locals and 7,654,321 bytes a function. */
const LOCALS_MAX = 40_000;
const FUNCTION_BYTES_MAX = 2_000_000;

/** Declarations of the locals, equal neighbours together. */
function localDeclarations({ localTypes, parameterCount }: Emitter): ByteBuffer {
  const runs = new ByteBuffer(64);
  let count = 0;
  for (let from = parameterCount; from < localTypes.length; ) {
    let to = from;
    while (to < localTypes.length && localTypes[to] === localTypes[from]) to++;
    runs.unsigned(to - from);
    runs.byte(localTypes[from]!);
    count++;
    from = to;
  }
  const head = new ByteBuffer(runs.length + 8);
  head.unsigned(count);
  head.append(runs.view());
  return head;
}
