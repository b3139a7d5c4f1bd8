import { assembleUnit, DEFAULT_VERSION_WORD, SUI_VERSION_WORD } from "../asm/assemble.ts";
import { moduleKey } from "../asm/unit-scope.ts";
import { decodeModule, decodeScript } from "../format/decode.ts";
import { encodeModule, encodeScript } from "../format/encode.ts";
import type { CompiledModule, CompiledScript } from "../format/module.ts";
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
    /** Abort code or sub-status, in decimal. */
    readonly sub?: string | null;
    readonly location?: string;
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
 * off, and the records of the flavour `iota` may have no statuses.
 */
export function saysWhatVerifies(item: MvirCase): boolean {
  if (item.flavour === "iota") return item.tasks.some(({ expect }) => expect.status !== undefined);
  return !isParanoid(item);
}

/** Whether a case was recorded with the verifier off and checks of types while code runs. */
export function isParanoid({ name }: MvirCase): boolean {
  return name.includes("paranoid-tests");
}

/** The version word of the format in which the texts of a flavour are assembled. */
export function versionWordOf({ flavour }: MvirCase): number {
  return flavour === "iota" ? SUI_VERSION_WORD : DEFAULT_VERSION_WORD;
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

/** The modules that are there before a case: our library. */
export function publishedLibrary(): Map<string, CompiledModule> {
  return new Map(stdlibModules().map((module) => [keyOfModule(module, module.self), module]));
}

function firstDifference(item: MvirCase): string | undefined {
  const { tasks } = item;
  const published = publishedLibrary();
  for (const [index, task] of tasks.entries()) {
    if (!["publish", "run", "print-bytecode"].includes(task.cmd)) continue;
    if (task.text.trim() === "") continue;
    const expected = expectedRefusal(task);
    const { refusal } = admitMvirTask(task, published, versionWordOf(item));
    if (expected !== refusal) {
      return `task ${index}: ${refusal ?? "accepted"}, expected ${expected ?? "accepted"}`;
    }
  }
  return undefined;
}

/**
 * The refusal that a task's record says assembling, verifying and linking ends with; undefined if
 * none. Statuses that arise in an execution are no refusals.
 */
export function expectedRefusal({ expect }: MvirTask): string | undefined {
  if (expect.ok) return undefined;
  if (expect.status === undefined) return "no assembly";
  const status = statusHere(expect.status);
  if (status === "INDEX_OUT_OF_BOUNDS") return status;
  const code = MOVE_STATUS[status as MoveStatus];
  if (code === undefined || code >= 2000) return undefined;
  return refusalText(status, expect.func, expect.offset);
}

/** Statuses that are called otherwise in records, by the name there. */
const NAME_HERE: Record<string, string> = {
  // What the loader finds in a file before it verifies it.
  CODE_DESERIALIZATION_ERROR: "INDEX_OUT_OF_BOUNDS",
  FIELD_EXISTS_MUTABLE_BORROW_ERROR: "BORROWFIELD_EXISTS_MUTABLE_BORROW_ERROR",
  RECURSIVE_DATATYPE_DEFINITION: "RECURSIVE_STRUCT_DEFINITION",
};

/** A recorded status by the name that it has here. */
export function statusHere(status: string): string {
  return NAME_HERE[status] ?? status;
}

function refusalText(status: string, function_?: number, offset?: number): string {
  return offset === undefined ? status : `${status} at ${function_}:${offset}`;
}

/** What became of a task's text: the decoded file, or why it was refused. */
export interface MvirAdmission {
  readonly file: CompiledModule | CompiledScript | undefined;
  readonly refusal: string | undefined;
}

/** Assembles, encodes, decodes, verifies and links the text of a task; publishes a module. */
export function admitMvirTask(
  task: MvirTask,
  published: Map<string, CompiledModule>,
  versionWord: number,
): MvirAdmission {
  try {
    const unit = assembleUnit(task.text, published.values(), versionWord);
    if (task.cmd === "print-bytecode") return { file: undefined, refusal: undefined };
    if (unit.kind === "script") {
      const script = decodeScript(encodeScript(unit));
      verifyScript(script);
      verifyDependencies(script, (key) => published.get(key));
      return { file: script, refusal: undefined };
    }
    const module = decodeModule(encodeModule(unit));
    admitModule(module, task.args.includes("--skip-check"), published);
    return { file: module, refusal: undefined };
  } catch (error) {
    if (error instanceof MoveTextFault) return { file: undefined, refusal: "no assembly" };
    if (error instanceof MoveFault) return { file: undefined, refusal: refusalOf(error) };
    throw error;
  }
}

function admitModule(
  module: CompiledModule,
  mayBreak: boolean,
  published: Map<string, CompiledModule>,
): void {
  const find = (key: string) => published.get(key);
  const key = keyOfModule(module, module.self);
  const old = published.get(key);
  // Sui publishes every version of a package at an address of its own.
  if (old !== undefined && !mayBreak && module.flavour === "aptos")
    verifyCompatibility(old, module);
  verifyModule(module);
  verifyDependencies(module, find);
  verifyAcyclic(module, find);
  if (friendsAreMissing(module, published)) {
    throw new MoveFault("LINKER_ERROR", {}, "a friend is not there");
  }
  published.set(key, module);
}

function refusalOf({ status, place }: MoveFault): string {
  if (status === "INDEX_OUT_OF_BOUNDS") return status;
  // The loader's word for a module that is not there.
  if (status === "MISSING_DEPENDENCY") return "LINKER_ERROR";
  return refusalText(status, place.function, place.pc);
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
