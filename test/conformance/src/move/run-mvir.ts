import { Engine, LinearMemory, MemoryState } from "@dragoman/core";
import {
  type CompiledModule,
  encodeModule,
  type MoveFailure,
  MoveFault,
  type MovePrograms,
  moduleCell,
  moduleId,
  moduleName,
  moveMessage,
  parseAddress,
  SCRIPT_FUNCTION,
  scriptModule,
} from "@dragoman/frontend-move";
import {
  admitMvirTask,
  expectedRefusal,
  isParanoid,
  type MvirCase,
  type MvirTask,
  publishedLibrary,
  statusHere,
  versionWordOf,
} from "@dragoman/frontend-move/testing";
import type { ConformOptions } from "../report.ts";
import { type MvirArguments, parseMvirArguments } from "./mvir-arguments.ts";
import { ParanoidRunner } from "./run-paranoid.ts";

/** Far above what any case uses that ends by itself. */
const GAS = 10n ** 14n;
/** Units of our schedule for one of the reference's, at the least: a case that never ends is out of gas soon. */
const GAS_PER_UNIT = 1000n;

let memory: LinearMemory | undefined;

/** Whether a line of a pack has the form of a Move IR case. */
export function isMvirCase(value: unknown): value is MvirCase {
  return typeof value === "object" && value !== null && "tasks" in value;
}

/** Runs the tasks of a case on one state; gives what differs first, undefined if nothing does. */
export function runMvirCase(
  item: MvirCase,
  programs: MovePrograms,
  options: ConformOptions,
): string | undefined {
  memory ??= new LinearMemory();
  const engine = new Engine({ state: new MemoryState(), tier: options.tier, memory });
  const runner = isParanoid(item)
    ? new ParanoidRunner(engine, programs)
    : new MvirRunner(engine, programs, versionWordOf(item));
  for (const [index, task] of item.tasks.entries()) {
    const why = runner.difference(task);
    if (why !== undefined) return `task ${index}: ${why}`;
  }
  return undefined;
}

class MvirRunner {
  readonly #engine: Engine;
  readonly #programs: MovePrograms;
  readonly #versionWord: number;
  readonly #published = publishedLibrary();

  constructor(engine: Engine, programs: MovePrograms, versionWord: number) {
    this.#engine = engine;
    this.#programs = programs;
    this.#versionWord = versionWord;
  }

  difference(task: MvirTask): string | undefined {
    if (!["publish", "run", "print-bytecode"].includes(task.cmd)) return undefined;
    const message = parseMvirArguments(task.args);
    let module: CompiledModule | undefined;
    if (task.text.trim() !== "") {
      const { file, refusal } = admitMvirTask(task, this.#published, this.#versionWord);
      if (refusal !== undefined)
        return compare(expectedRefusal(task) ?? expectedEnd(task), refusal);
      if (file === undefined) return compare(expectedEnd(task), "accepted");
      module = file.kind === "script" ? scriptModule(file) : file;
      publishModule(this.#engine, module);
    }
    if (task.cmd !== "run") return compare(expectedRefusal(task) ?? "accepted", "accepted");
    const target = module ?? moduleOf(this.#published, message.call as string);
    if (target === undefined) return compare(expectedEnd(task), "LINKER_ERROR");
    const name = message.call?.split("::")[2] ?? entryOf(target);
    return compare(expectedEnd(task), this.#run(task, target, name, message));
  }

  #run(task: MvirTask, module: CompiledModule, name: string, given: MvirArguments): string {
    try {
      const failure = executeCall(this.#engine, this.#programs, module, name, given);
      return failure === undefined ? "accepted" : endText(task, failure);
    } catch (error) {
      if (!(error instanceof MoveFault)) throw error;
      // Publishing without checks broke a link.
      const broken = error.status === "LOOKUP_FAILED" || error.status === "TYPE_MISMATCH";
      const status = broken ? "UNEXPECTED_VERIFIER_ERROR" : error.status;
      // A refusal before the first instruction has no place, the record may name the module.
      return status === task.expect.status ? expectedEnd(task) : status;
    }
  }
}

/** Puts a module into the state of an engine. */
export function publishModule({ journal }: Engine, module: CompiledModule): void {
  journal.beginTransaction();
  const { address, name } = moduleId(module, module.self);
  journal.writeBytes(moduleCell(journal, moduleName(address, name)), encodeModule(module));
}

/** Runs a function; gives how it failed, undefined if it did not. */
export function executeCall(
  engine: Engine,
  programs: MovePrograms,
  module: CompiledModule,
  name: string,
  given: MvirArguments,
): MoveFailure | undefined {
  const { journal } = engine;
  const { address, name: identifier } = moduleId(module, module.self);
  journal.beginTransaction();
  const { sender, args } = signersAndArguments(module, name, given);
  const request = moveMessage(programs, journal, {
    module: moduleName(address, identifier),
    function: name,
    typeArguments: given.typeArguments,
    args,
    sender,
    anyVisibility: true,
    gas: given.gasBudget === undefined ? GAS : given.gasBudget * GAS_PER_UNIT,
  });
  const result = engine.execute(request);
  return result.outcome === 0 ? undefined : (result.detail as MoveFailure);
}

/** The published module that a call `0x42::M::f` names; undefined if there is none. */
export function moduleOf(
  published: ReadonlyMap<string, CompiledModule>,
  call: string,
): CompiledModule | undefined {
  const [address, name] = call.split("::") as [string, string];
  const wanted = moduleName(parseAddress(address), name);
  for (const module of published.values()) {
    const id = moduleId(module, module.self);
    if (moduleName(id.address, id.name) === wanted) return module;
  }
  return undefined;
}

/** What a task without a call runs: `main` of a script; of a module its one entry function, or its one function. */
export function entryOf({
  functionDefinitions: all,
  functionHandles,
  identifiers,
}: CompiledModule): string {
  const entries = all.filter(({ entry }) => entry);
  const [only] = entries.length === 1 ? entries : all;
  const handle = functionHandles[only?.handle ?? -1];
  return handle === undefined ? SCRIPT_FUNCTION : (identifiers[handle.name] as string);
}

/** Signers come first among the arguments, or are given as addresses in their places. */
function signersAndArguments(
  module: CompiledModule,
  name: string,
  { signers, args }: MvirArguments,
): { sender: Uint8Array; args: Uint8Array[] } {
  const handle = module.functionHandles.find(
    (row) => row.module === module.self && module.identifiers[row.name] === name,
  );
  const parameters = handle === undefined ? [] : module.signatures[handle.parameters];
  const given = [...signers, ...args];
  if (given.length !== parameters?.length) {
    throw new MoveFault("NUMBER_OF_ARGUMENTS_MISMATCH", {}, `${given.length} arguments`);
  }
  const isSigner = parameters.map(
    (token) => token.tag === "signer" || ("inner" in token && token.inner.tag === "signer"),
  );
  const addresses = given.filter((_, i) => isSigner[i]);
  return {
    sender: addresses[0] ?? signers[0] ?? new Uint8Array(32),
    args: given.filter((_, i) => !isSigner[i]),
  };
}

const SCRIPT = `0x${"f".repeat(64)}::script`;

/** An end in the detail in which the record gives it. */
function endText({ expect }: MvirTask, failure: MoveFailure): string {
  const sub = failure.abortCode ?? failure.sub;
  const place = failure.module === SCRIPT ? "script" : failure.module;
  return [
    failure.status,
    expect.sub === null || expect.sub === undefined ? "" : ` ${sub}`,
    expect.location === undefined ? "" : ` in ${place}`,
    expect.offset === undefined ? "" : ` at ${failure.function}:${failure.offset}`,
  ].join("");
}

function expectedEnd({ expect }: MvirTask): string {
  if (expect.ok) return "accepted";
  if (expect.status === undefined) return "no assembly";
  const status = statusHere(expect.status);
  if (expect.location === "undefined") return status;
  return [
    status,
    expect.sub === null || expect.sub === undefined ? "" : ` ${expect.sub}`,
    ` in ${expect.location}`,
    expect.offset === undefined ? "" : ` at ${expect.func}:${expect.offset}`,
  ].join("");
}

function compare(wanted: string, got: string): string | undefined {
  return wanted === got ? undefined : `wanted ${wanted}, got ${got}`;
}
