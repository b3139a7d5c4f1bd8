import { deepStrictEqual } from "node:assert/strict";
import { isOk, type Journal, MemoryState } from "@dragoman/core";
import { runBothTiers, type TierRun } from "@dragoman/core/testing";
import { assembleModule } from "../asm/index.ts";
import { movePrograms } from "../execute/default-programs.ts";
import type { MoveFailure } from "../execute/failure.ts";
import { type MoveMessage, moveMessage, moveResults } from "../execute/message.ts";
import type { MovePrograms } from "../execute/programs.ts";
import { type CompiledModule, encodeModule, moduleId } from "../format/index.ts";
import type { JsonValue } from "../layout/json-value.ts";
import { MODULE_DOMAIN } from "../load/loader.ts";
import { stdlibModules } from "../stdlib/index.ts";
import { assertedPrograms } from "./asserted-programs.ts";

/** How a call of a test ended. */
export interface MoveRun extends TierRun {
  /** Results in JSON; undefined where the call failed. */
  readonly json: readonly JsonValue[] | undefined;
  readonly failure: MoveFailure | undefined;
}

type Call = Partial<MoveMessage> & Pick<MoveMessage, "function">;

/** Assembles modules, each of which may import those before it and the standard library, into a state. */
export function stateOf(...texts: readonly string[]): MemoryState {
  const state = new MemoryState();
  const known: CompiledModule[] = stdlibModules();
  for (const text of texts) {
    const module = assembleModule(text, known);
    const { address, name } = moduleId(module, module.self);
    known.push(module);
    state.write(MODULE_DOMAIN, address, new TextEncoder().encode(name), encodeModule(module));
  }
  return state;
}

/**
 * Runs a function of `0x1.m` in every tier, on a state of its own each; private functions too. Without `programs`: also with every
 * address asserted, which must change nothing.
 */
export function runMove(state: MemoryState, call: Call, programs?: MovePrograms): MoveRun {
  if (programs !== undefined) return runWith(state, call, programs);
  const run = runWith(state, call, movePrograms());
  const asserted = runWith(state, call, assertedPrograms());
  deepStrictEqual(asserted.result, run.result, "under assertion");
  deepStrictEqual(asserted.changes, run.changes, "under assertion");
  return run;
}

function runWith(state: MemoryState, call: Call, programs: MovePrograms): MoveRun {
  const message = { module: "0x1::m", gas: 10n ** 12n, anyVisibility: true, ...call };
  let request: ReturnType<typeof moveMessage> | undefined;
  const run = runBothTiers(state, (journal: Journal) => {
    request = moveMessage(programs, journal, message);
    return request;
  });
  const { outcome, output, detail } = run.result;
  const ok = isOk(outcome);
  return {
    ...run,
    json: ok ? moveResults(request!.program, output).json : undefined,
    failure: ok ? undefined : (detail as MoveFailure),
  };
}
