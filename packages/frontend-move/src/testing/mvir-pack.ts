import { assembleUnit } from "../asm/assemble.ts";
import { moduleKey } from "../asm/unit-scope.ts";
import { decodeModule, decodeScript } from "../format/decode.ts";
import { encodeModule, encodeScript } from "../format/encode.ts";
import type { CompiledModule } from "../format/module.ts";
import { MoveFault, MoveTextFault } from "../format/move-fault.ts";
import { MOVE_STATUS, type MoveStatus } from "../format/status.ts";
import { stdlibModules } from "../stdlib/stdlib.ts";
import { verifyCompatibility } from "../verify/compatibility.ts";
import { keyOfModule } from "../verify/cross-module-types.ts";
import { verifyAcyclic } from "../verify/cyclic-dependencies.ts";
import { verifyDependencies } from "../verify/dependencies.ts";
import { verifyModule, verifyScript } from "../verify/verify.ts";

/** A line of the pack of Move IR tests: tasks that share the published modules, in order. */
export interface MvirCase {
  readonly name: string;
  readonly flavour: string;
  readonly tasks: readonly MvirTask[];
}

export interface MvirTask {
  readonly cmd: string;
  readonly args: string;
  readonly text: string;
  readonly expect: {
    readonly ok: boolean;
    readonly status?: string;
    readonly func?: number;
    readonly offset?: number;
    readonly text?: string;
  };
}

export interface StaticScore {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly { readonly name: string; readonly why: string }[];
}

/**
 * Whether a case says what the verifier does: the paranoid tests were recorded with the verifier
 * off, and the records of the flavour `iota` have no statuses.
 */
export function saysWhatVerifies({ name, flavour }: MvirCase): boolean {
  return flavour === "aptos-fork" && !name.includes("paranoid-tests");
}

/**
 * Runs the part of each case that needs no execution: assembles, encodes, decodes, verifies and
 * links every module and script, and compares with what the recorded run says of that part.
 */
export function scoreMvirStatically(cases: readonly MvirCase[]): StaticScore {
  const failures = cases.flatMap((item) => {
    const why = firstDifference(item);
    return why === undefined ? [] : [{ name: item.name, why }];
  });
  return { passed: cases.length - failures.length, failed: failures.length, failures };
}

/** What a task did: undefined for success, or status, function and offset in one text. */
type Outcome = string | undefined;

function firstDifference({ tasks }: MvirCase): string | undefined {
  const published = new Map<string, CompiledModule>();
  for (const module of stdlibModules()) published.set(keyOfModule(module, module.self), module);
  for (const [index, task] of tasks.entries()) {
    if (!["publish", "run", "print-bytecode"].includes(task.cmd)) continue;
    if (task.text.trim() === "") continue;
    const expected = expectedOutcome(task);
    const actual = staticOutcome(task, published);
    if (expected !== actual) {
      return `task ${index}: ${actual ?? "accepted"}, expected ${expected ?? "accepted"}`;
    }
  }
  return undefined;
}

function expectedOutcome({ expect }: MvirTask): Outcome {
  if (expect.ok) return undefined;
  if (expect.status === undefined) return "no assembly";
  // What the loader finds in a file before it verifies it.
  if (expect.status === "CODE_DESERIALIZATION_ERROR") return "INDEX_OUT_OF_BOUNDS";
  const code = MOVE_STATUS[expect.status as MoveStatus];
  if (code === undefined || code >= 2000) return undefined;
  return outcomeText(expect.status, expect.func, expect.offset);
}

function outcomeText(status: string, function_?: number, offset?: number): string {
  return offset === undefined ? status : `${status} at ${function_}:${offset}`;
}

function staticOutcome(task: MvirTask, published: Map<string, CompiledModule>): Outcome {
  try {
    const unit = assembleUnit(task.text, published.values());
    if (task.cmd === "print-bytecode") return undefined;
    const find = (key: string) => published.get(key);
    if (unit.kind === "script") {
      const script = decodeScript(encodeScript(unit));
      verifyScript(script);
      verifyDependencies(script, find);
      return undefined;
    }
    const module = decodeModule(encodeModule(unit));
    const old = published.get(keyOfModule(module, module.self));
    if (old !== undefined && !task.args.includes("--skip-check")) verifyCompatibility(old, module);
    verifyModule(module);
    verifyDependencies(module, find);
    verifyAcyclic(module, find);
    if (friendsAreMissing(module, published)) return "LINKER_ERROR";
    published.set(keyOfModule(module, module.self), module);
    return undefined;
  } catch (error) {
    if (error instanceof MoveTextFault) return "no assembly";
    if (!(error instanceof MoveFault)) throw error;
    if (error.status === "INDEX_OUT_OF_BOUNDS") return error.status;
    // The loader's word for a module that is not there.
    if (error.status === "MISSING_DEPENDENCY") return "LINKER_ERROR";
    return outcomeText(error.status, error.place.function, error.place.pc);
  }
}

function friendsAreMissing(
  module: CompiledModule,
  published: ReadonlyMap<string, CompiledModule>,
): boolean {
  const keys = new Set([...published.values()].map((other) => keyOfModule(other, other.self)));
  return module.friends.some(({ address, name }) => {
    const key = moduleKey({ address: module.addresses[address], name: module.identifiers[name] });
    return !keys.has(key);
  });
}
