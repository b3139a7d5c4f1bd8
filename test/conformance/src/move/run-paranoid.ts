import type { Engine } from "@dragoman/core";
import {
  type CompiledModule,
  keyOfModule,
  type MoveFailure,
  type MovePrograms,
} from "@dragoman/frontend-move";
import {
  assembleUnverified,
  type MvirTask,
  placeText,
  publishedLibrary,
  UNVERIFIED,
  type Unverified,
} from "@dragoman/frontend-move/testing";
import { parseMvirArguments } from "./mvir-arguments.ts";
import { entryOf, executeCall, moduleOf, publishModule } from "./run-mvir.ts";

/**
 * Runs cases that were recorded with the verifier off, on a machine that checks types at run time. Here every function is verified
 * when a run first reaches it: the run must fail at the instruction at which the record says that it failed, with the status of the
 * verifier in place of that of a run-time check.
 */
export class ParanoidRunner {
  readonly #engine: Engine;
  readonly #programs: MovePrograms;
  readonly #published = publishedLibrary();
  readonly #unverified = new Map<string, Unverified>();

  constructor(engine: Engine, programs: MovePrograms) {
    this.#engine = engine;
    this.#programs = programs;
  }

  difference(task: MvirTask): string | undefined {
    if (task.cmd !== "publish" && task.cmd !== "run") return undefined;
    const message = parseMvirArguments(task.args);
    let module: CompiledModule | undefined;
    if (task.text.trim() !== "") {
      const unit = assembleUnverified(task.text, this.#published);
      module = unit.module;
      const key = keyOfModule(module, module.self);
      this.#unverified.set(key, unit);
      if (unit.kind === "module") this.#published.set(key, module);
      if (unit.refusal === undefined) publishModule(this.#engine, module);
    }
    if (task.cmd === "publish") return task.expect.ok ? undefined : "wanted a refusal";
    const target = module ?? moduleOf(this.#published, message.call as string);
    if (target === undefined) return `${message.call} is not published`;
    const name = message.call?.split("::")[2] ?? entryOf(target);
    const got = this.#end(target, () =>
      executeCall(this.#engine, this.#programs, target, name, message),
    );
    const wanted = expectedPlace(task);
    return this.#agrees(task, wanted, got) ? undefined : `wanted ${wanted}, got ${got}`;
  }

  /** Places are compared as far as both sides have them. */
  #agrees({ expect }: MvirTask, wanted: string, got: string): boolean {
    if (expect.ok || got === "accepted") return wanted === got;
    if (expect.offset === undefined || this.#isNative(expect.location, expect.func)) return true;
    if (got.startsWith("before ")) return got === `before ${expect.location}`;
    return wanted === got || got === `in ${expect.location} at ${expect.func}`;
  }

  /** The record may place a failure in a native function, which has no instruction here: the call is refused. */
  #isNative(location: string | undefined, index: number | undefined): boolean {
    for (const [key, { functionDefinitions }] of this.#published) {
      if (moduleText(key) !== location || index === undefined) continue;
      return functionDefinitions[index]?.code === undefined;
    }
    return false;
  }

  /** Where a run ends: `accepted`, or the place at which it is refused. */
  #end(target: CompiledModule, run: () => MoveFailure | undefined): string {
    const refused = this.#refusedDeclarations(target);
    if (refused !== undefined) return refused;
    const failure = run();
    if (failure === undefined) return "accepted";
    const { abortCode, function: index, module = "" } = failure;
    if (abortCode !== UNVERIFIED || index === undefined) return failure.status;
    const fault = this.#refusalsOf(module)?.get(index);
    return `in ${shown(module)} at ${fault === undefined ? index : placeText(fault.place)}`;
  }

  /** A module that cannot be linked fails whatever needs it, before an instruction of its own runs. */
  #refusedDeclarations(target: CompiledModule): string | undefined {
    const keys = target.moduleHandles.map((_, handle) => keyOfModule(target, handle));
    const refused = keys.find((key) => this.#unverified.get(key)?.refusal !== undefined);
    if (refused === undefined) return undefined;
    return refused === keyOfModule(target, target.self) && keys.length > 1
      ? `in ${shown(moduleText(refused))}`
      : `before ${shown(moduleText(refused))}`;
  }

  #refusalsOf(name: string): Unverified["refusals"] | undefined {
    for (const [key, unit] of this.#unverified) {
      if (moduleText(key) === name) return unit.refusals;
    }
    return undefined;
  }
}

/** `0x2::A` of the key with 64 digits. */
function moduleText(key: string): string {
  return `0x${key.replace(/^0+(?=.)/, "")}`;
}

const SCRIPT = `0x${"f".repeat(64)}::script`;
const shown = (module: string): string => (module === SCRIPT ? "script" : module);

function expectedPlace({ expect }: MvirTask): string {
  if (expect.ok) return "accepted";
  const place = `in ${expect.location}`;
  return expect.offset === undefined ? place : `${place} at ${expect.func}:${expect.offset}`;
}
