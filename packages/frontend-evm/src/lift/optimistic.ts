import type { IrFunction, IrModule } from "@dragoman/core";
import { MEMORY } from "../frame-header.ts";
import { directRoutines } from "../lower/direct-routines.ts";
import type { LiftInput } from "../lower/emitter.ts";
import { HOST_SIGNATURES } from "../lower/host-index.ts";
import { ROUTINES } from "../lower/routines.ts";
import { analyseCalls, type CallGraph } from "./call-graph.ts";
import { Discovery } from "./discovery.ts";
import { FunctionLift } from "./function-lift.ts";
import { findLoopHeads } from "./loop-heads.ts";

/** Attempts at discovery: each disproves one function. */
export const ATTEMPTS_MAX = 24;

/**
 * Lifts a program for speed: guest functions become IR functions, return addresses vanish, charges are merged. Undefined if the code
 * keeps a jump from being resolved or exceeds a budget: it is interpreted then.
 */
export function liftOptimistic(input: LiftInput): IrModule | undefined {
  const notCalled = new Set<number>();
  let cloned = false;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const discovery = new Discovery(input, notCalled, budgetOf(input.code));
    if (!discovery.run()) {
      if (discovery.exhausted || discovery.disproved === -1) return undefined;
      notCalled.add(discovery.disproved!);
      continue;
    }
    const graph = analyseCalls(discovery);
    if (graph === undefined) return undefined;
    if (!cloned && graph.clones.length > 0) {
      cloned = true;
      for (const key of graph.clones) notCalled.add(key);
      continue;
    }
    const functions = liftFunctions(input, discovery, graph);
    if (Array.isArray(functions)) return moduleOf(input, functions);
    if (functions < 0) return undefined;
    notCalled.add(functions);
  }
  return undefined;
}

/** What discovery may cost for code of a size. */
export function budgetOf(code: Uint8Array): { states: number; slots: number } {
  return {
    states: Math.min(20_000, 1000 + Math.ceil(code.length / 3)),
    slots: Math.min(2_000_000, 20_000 + 100 * code.length),
  };
}

/** Words of IR that the functions of a program may have in all: solc output needs about seven a byte. */
function wordsMax(code: Uint8Array): number {
  return Math.min(1_500_000, 40_000 + 12 * code.length);
}

/** The functions; or the key of one that is none, or -1 if the program is too large. */
function liftFunctions(
  input: LiftInput,
  discovery: Discovery,
  graph: CallGraph,
): IrFunction[] | number {
  const heads = findLoopHeads(discovery);
  const functions: IrFunction[] = [];
  let left = wordsMax(input.code);
  for (let fn = 0; fn < discovery.functions.length; fn++) {
    const lift = new FunctionLift(input, discovery, graph, fn, heads);
    const lifted = lift.lift(left);
    if (lifted === undefined) return lift.failed && fn > 0 ? discovery.keyOf(fn) : -1;
    left -= lifted.code.length;
    functions.push(lifted);
  }
  return functions;
}

function moduleOf(input: LiftInput, guest: readonly IrFunction[]): IrModule {
  const routines = [...ROUTINES, ...directRoutines(input.schedule)];
  const functions = [guest[0]!, ...routines, ...guest.slice(1)];
  return {
    name: "evm",
    functions,
    signatures: functions.map(({ params, results }) => ({ params, results })),
    entry: 0,
    hosts: HOST_SIGNATURES,
    words: input.pool.words,
    table: new Int32Array(0),
    indirect: [],
    frameSize: MEMORY,
    operandStack: 0,
  };
}
