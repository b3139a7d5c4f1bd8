import { COMPILE_LIMITS, type CompiledCode, compileModule } from "../codegen/index.ts";
import type { Program } from "../host/program.ts";
import { type CompileThread, compileThread } from "./compile-thread.ts";

/** Programs whose code is kept by identity; the oldest goes first. */
const CODES_MAX = 1024;
/** Programs whose runs are counted; more, and counting starts anew. */
const COUNTED_MAX = 4096;

/**
 * Traps after which a program is compiled again, without speculation: one of its guesses may be
 * wrong every time.
 */
const TRAPS_MAX = 3;

/** Executions of a program before it is compiled: where that stops everything else, and beside it. */
const HOT_CALLS = 8;
const HOT_CALLS_THREAD = 3;

/**
 * Compiled code and the host table whose numbers it contains. `absent`: nothing was compiled yet, or
 * code is to be compiled again; `ordered`: another thread is at it; `refused`: over a budget.
 */
interface KeptCode {
  state: "absent" | "ordered" | "ready" | "refused";
  code: CompiledCode | undefined;
  readonly hosts: Program["hosts"];
  /** The code is a part of the program: what has not run yet traps. */
  isPart: boolean;
  /** Runs that trapped. */
  traps: number;
}

/** Code by identity of program and variant. Code knows no memory, so the whole process shares it. */
const codes = new Map<string, KeptCode>();
/**
 * Code of programs whose host table is their own: two of one identity may number their hosts
 * differently.
 */
const ownCodes = new WeakMap<Program, Map<string, KeptCode>>();
/** Runs by identity of program. */
const runs = new Map<string, number>();

/** Name of a variant of a program's code: exact or not, with assertions or without. */
function keyOf({ id, regions }: Program, exact: boolean): string {
  return `${id}${exact ? " exact" : ""}${regions === undefined ? "" : " asserted"}`;
}

function find(program: Program, key: string): KeptCode | undefined {
  const kept = codes.get(key);
  return kept?.hosts === program.hosts ? kept : ownCodes.get(program)?.get(key);
}

function entryOf(program: Program, exact: boolean): KeptCode {
  const key = keyOf(program, exact);
  let kept = find(program, key);
  if (kept === undefined) {
    const { hosts } = program;
    kept = { state: "absent", code: undefined, hosts, isPart: false, traps: 0 };
    keep(program, key, kept);
  }
  return kept;
}

function keep(program: Program, key: string, kept: KeptCode): void {
  if (!codes.has(key)) {
    if (codes.size === CODES_MAX) codes.delete(codes.keys().next().value!);
    codes.set(key, kept);
    return;
  }
  const own = ownCodes.get(program) ?? new Map<string, KeptCode>();
  own.set(key, kept);
  ownCodes.set(program, own);
}

let exchanges = 0;

/** How often code that may have been instantiated was given up or replaced: every engine looks its instances up anew then. */
export const codeExchanges = (): number => exchanges;

function settle(kept: KeptCode, code: CompiledCode | undefined, isPart = false): void {
  if (kept.code !== undefined) exchanges++;
  if (kept.isPart) kept.traps = 0;
  kept.isPart = isPart;
  kept.code = code;
  kept.state = code === undefined ? "refused" : "ready";
}

function compileHere(kept: KeptCode, program: Program, exact: boolean): void {
  const module = exact ? program.exact : program.optimistic();
  const asserts = program.regions !== undefined;
  const options = { ...COMPILE_LIMITS, speculate: kept.traps < TRAPS_MAX, asserts };
  settle(kept, module === undefined ? undefined : compileModule(module, options));
}

/** Code of a program, compiled now if there is none yet; undefined = it is over a budget. */
export function codeOf(program: Program, exact: boolean): CompiledCode | undefined {
  const kept = entryOf(program, exact);
  if (kept.state === "absent" || kept.state === "ordered") compileHere(kept, program, exact);
  return kept.code;
}

/** Notes that compiled code trapped; true if it has been given up and is to be compiled with fewer guesses. */
export function countTrap(program: Program, exact: boolean): boolean {
  const kept = entryOf(program, exact);
  if (++kept.traps !== TRAPS_MAX) return false;
  // What is missing from a part is no wrong guess: runs are interpreted until the whole is there.
  kept.state = kept.isPart ? "ordered" : "absent";
  if (kept.isPart) kept.traps = 0;
  kept.isPart = false;
  kept.code = undefined;
  exchanges++;
  return true;
}

/**
 * What code of a program the process has. `absent`: none; `ordered`: the compile thread is at it; `part`: of what had run when it was ordered;
 * `whole`; `refused`: it is over a budget.
 */
export type CodeState = "absent" | "ordered" | "part" | "whole" | "refused";

/** Looks for answers of the compile thread; what code of `program` is there then. */
export function codeStateOf(program: Program): CodeState {
  const kept = find(program, keyOf(program, false));
  if (kept?.state === "ordered" || kept?.isPart) compileThread()?.collect();
  if (kept === undefined) return "absent";
  if (kept.state !== "ready") return kept.state;
  return kept.isPart ? "part" : "whole";
}

/** True if it is known that the program cannot be compiled. */
export function isRefused(program: Program): boolean {
  return find(program, keyOf(program, false))?.state === "refused";
}

/**
 * Counts a run of a program; true if it should run compiled. A hot program without code is compiled
 * by another thread, and its runs go on interpreted until it is ready; where there is no thread,
 * the run that is about to begin compiles it.
 */
export function countRun(program: Program, background: boolean): boolean {
  const kept = find(program, keyOf(program, false));
  if (kept?.isPart) compileThread()?.collect();
  if (kept?.state === "ready") return true;
  if (kept?.state === "refused") return false;
  if (kept?.state === "ordered") return hasArrived(kept);
  const count = (runs.get(program.id) ?? 0) + 1;
  if (count === 1 && runs.size >= COUNTED_MAX) runs.clear();
  runs.set(program.id, count);
  if (count <= (background ? HOT_CALLS_THREAD : HOT_CALLS)) return false;
  return isCompilable(program, background);
}

/** The same for a program of which one run has turned out to be long. */
export function isCompilable(program: Program, background: boolean): boolean {
  const kept = entryOf(program, false);
  if (kept.state === "ready" || kept.state === "refused") return kept.state === "ready";
  const thread = background && program.regions === undefined ? compileThread() : undefined;
  if (thread === undefined) return true;
  if (kept.state === "ordered") return hasArrived(kept);
  order(thread, kept, program);
  return false;
}

function hasArrived(kept: KeptCode): boolean {
  const thread = compileThread();
  // A thread that has died answers nothing any more.
  if (thread === undefined) kept.state = "absent";
  thread?.collect();
  return kept.state === "ready";
}

function order(thread: CompileThread, kept: KeptCode, program: Program): void {
  const speculate = kept.traps < TRAPS_MAX;
  const { source } = program;
  const module = source === undefined ? program.optimistic() : undefined;
  if (source === undefined && module === undefined) return settle(kept, undefined);
  const accepted = thread.order({ source, module, speculate }, (code, isPart) =>
    settle(kept, code, isPart),
  );
  if (accepted) kept.state = "ordered";
}
