import { scratch } from "@dragoman/core";
import { type Discovery, functionKey } from "./discovery.ts";
import { END } from "./states.ts";

/** Functions of at most this many instructions are cloned into their callers. */
const CLONE_OPERATIONS_MAX = 40;
/** Instructions that cloning may add in all. */
const CLONE_GROWTH_MAX = 6000;
const STACK_MAX = 1024;

/** What is known of each function once discovery has ended. */
export interface CallGraph {
  /** Functions of which an activation may call the function again. */
  readonly recursive: Uint8Array;
  /** Functions that are recursive or call one that reaches a recursive function. */
  readonly reachesRecursion: Uint8Array;
  /** Largest height of the operand stack in the function and in what it calls short of functions that reach recursion. */
  readonly peak: Int32Array;
  /** Keys of functions that are worth cloning. */
  readonly clones: readonly number[];
}

/** Analyses calls between functions. Undefined if the root can overflow the operand stack. */
export function analyseCalls(discovery: Discovery): CallGraph | undefined {
  const { states, functions } = discovery;
  const count = functions.length;
  const callees: Set<number>[] = functions.map(() => new Set());
  const sites = scratch.int32s(count);
  const operations = scratch.int32s(count);
  for (let state = 0; state < states.count; state++) {
    const fn = states.fn[state];
    operations[fn] += states.operations[state];
    if (states.end[state] !== END.CALL) continue;
    callees[fn]!.add(states.callee[state]);
    sites[states.callee[state]]++;
  }
  const order = orderFrom(callees);
  const recursive = findRecursive(callees, order);
  const reachesRecursion = Uint8Array.from(recursive);
  for (const fn of order) {
    for (const callee of callees[fn]!) if (reachesRecursion[callee] === 1) reachesRecursion[fn] = 1;
  }
  const peak = scratch.int32s(count);
  for (let state = 0; state < states.count; state++) {
    const fn = states.fn[state];
    peak[fn] = Math.max(peak[fn], states.peak[state]);
  }
  const callSites: number[][] = functions.map(() => []);
  for (let state = 0; state < states.count; state++) {
    if (states.end[state] === END.CALL) callSites[states.fn[state]]!.push(state);
  }
  for (const fn of order) {
    for (const state of callSites[fn]!) {
      const callee = states.callee[state];
      if (reachesRecursion[callee] === 1) continue;
      peak[fn] = Math.max(peak[fn], states.kept[state] + peak[callee]);
    }
  }
  if (peak[0] > STACK_MAX) return undefined;
  return {
    recursive,
    reachesRecursion,
    peak,
    clones: chooseClones(discovery, { operations, sites, callees, recursive, order }),
  };
}

interface Sizes {
  readonly operations: Int32Array;
  readonly sites: Int32Array;
  readonly callees: readonly Set<number>[];
  readonly recursive: Uint8Array;
  readonly order: readonly number[];
}

function chooseClones(discovery: Discovery, sizes: Sizes): number[] {
  const { operations, sites, callees, recursive, order } = sizes;
  const clones: number[] = [];
  const cloned = scratch.uint8s(operations.length);
  const size = Int32Array.from(operations);
  let growth = 0;
  for (const fn of order) {
    for (const callee of callees[fn]!) if (cloned[callee] === 1) size[fn] += size[callee];
    if (fn === 0 || recursive[fn] === 1 || size[fn] > CLONE_OPERATIONS_MAX) continue;
    if (growth + size[fn] * sites[fn] > CLONE_GROWTH_MAX) continue;
    growth += size[fn] * sites[fn];
    cloned[fn] = 1;
    const { pc, args } = discovery.functions[fn]!;
    clones.push(functionKey(pc, args));
  }
  return clones;
}

/** Functions in an order where callees come before their callers, as far as there is no recursion. */
function orderFrom(callees: readonly Set<number>[]): number[] {
  const order: number[] = [];
  const seen = scratch.uint8s(callees.length);
  for (let root = 0; root < callees.length; root++) {
    if (seen[root] === 1) continue;
    seen[root] = 1;
    const path = [{ fn: root, rest: [...callees[root]!] }];
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const callee = top.rest.pop();
      if (callee === undefined) {
        order.push(top.fn);
        path.pop();
      } else if (seen[callee] === 0) {
        seen[callee] = 1;
        path.push({ fn: callee, rest: [...callees[callee]!] });
      }
    }
  }
  return order;
}

/** Functions on a cycle of calls: those that are left when functions without unfinished callees are taken away again and again. */
function findRecursive(callees: readonly Set<number>[], order: readonly number[]): Uint8Array {
  const recursive = scratch.uint8s(callees.length).fill(1);
  for (let changed = true; changed; ) {
    changed = false;
    for (const fn of order) {
      if (recursive[fn] === 0 || [...callees[fn]!].some((callee) => recursive[callee] === 1))
        continue;
      recursive[fn] = 0;
      changed = true;
    }
  }
  return recursive;
}
