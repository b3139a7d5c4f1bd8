import {
  FunctionBuilder,
  type HostSignature,
  I32,
  I64,
  type IrFunction,
  type IrModule,
  type IrSignature,
  OUTCOME,
} from "@dragoman/core";
import { FRAME_POINTER_START, HEADER } from "../runtime/layout.ts";
import { exactSignature, liftExact, liftExactAnywhere } from "./exact-function.ts";
import { FUNCTIONS, HOST_INDEX, type LiftContext, MAIN } from "./lift-context.ts";
import { SBPF_TRAP } from "./outcomes.ts";

const ENTRY_SIGNATURE: IrSignature = { params: [], results: [] };

/** The reference module of a program. Functions are lifted when they are first called. */
export function exactModule(
  context: LiftContext,
  name: string,
  hosts: readonly HostSignature[],
  frameSize: number,
): IrModule {
  const { graph } = context;
  const count = graph.functionCount;
  const signature = exactSignature(context.raw);
  const size = FUNCTIONS + (graph.hasCallx ? 2 : 1) * count;
  const signatures = new Array<IrSignature>(size).fill(signature);
  signatures[MAIN] = ENTRY_SIGNATURE;
  return {
    name,
    functions: new Array<IrFunction | undefined>(size).fill(undefined),
    lift: (index) => {
      if (index === MAIN) return liftMain(context, signature);
      const fn = index - FUNCTIONS;
      if (fn < count) return liftExact(context, fn, signature);
      return liftExactAnywhere(context, fn - count, signature);
    },
    signatures,
    entry: MAIN,
    hosts,
    words: context.pool.words,
    table: graph.hasCallx ? pointerTable(context) : new Int32Array(0),
    indirect: [signature],
    frameSize,
    operandStack: 0,
  };
}

/** Function by slot: with the known entry, or the one that can begin anywhere. */
function pointerTable({ graph }: LiftContext): Int32Array {
  const { text, blocks, functionOf, functionCount, entries } = graph;
  const table = new Int32Array(text.count);
  for (let block = 0; block < blocks.count; block++) {
    const start = blocks.start[block];
    const fn = FUNCTIONS + functionOf[block];
    table.fill(fn + functionCount, start, blocks.start[block + 1]);
    // Entries begin blocks.
    if (entries[start] !== 0) table[start] = fn;
  }
  return table;
}

function liftMain(context: LiftContext, signature: IrSignature): IrFunction {
  const { graph, pool } = context;
  const { text, entryPc } = graph;
  const builder = new FunctionBuilder("main", [], [], pool);
  builder.begin(0);
  builder.host(HOST_INDEX.OPEN_STACK, [], []);
  if (text.op[entryPc] === 0) {
    builder.position = entryPc;
    builder.op("meter", 1);
    builder.op("trap", SBPF_TRAP.UNSUPPORTED_INSTRUCTION);
    return builder.build();
  }
  const frame = builder.op("frame");
  const args = [builder.const32(entryPc)];
  for (let register = 0; register < 10; register++) {
    args.push(builder.op("i64.load", frame, HEADER.REGISTERS + register * 8));
  }
  args.push(builder.const64(FRAME_POINTER_START));
  const fn = FUNCTIONS + graph.functionOf[graph.blocks.of[entryPc]];
  const results = builder.call(fn, signature.results, args);
  results.forEach((value, register) => {
    builder.op("i64.store", frame, value, HEADER.REGISTERS + register * 8);
  });
  leaveMain(builder, results[0]);
  return builder.build();
}

/** Ends the program with r0: the host function EXIT says what that means. */
export function leaveMain(builder: FunctionBuilder, r0: number): void {
  builder.host(HOST_INDEX.EXIT, [], [r0]);
  builder.op("trap", OUTCOME.UNREACHABLE);
}

/** Host table of every program: the three of the frontend, then the syscalls. */
export function hostSignatures(context: Pick<LiftContext, "syscalls">): HostSignature[] {
  return [
    { name: "exit", params: [I64], results: [] },
    { name: "open_stack", params: [], results: [] },
    { name: "grow_stack", params: [I32], results: [I32] },
    ...context.syscalls.map(
      ({ name, params }): HostSignature => ({
        name,
        params: new Array<typeof I64>(params).fill(I64),
        results: [I64],
      }),
    ),
  ];
}
