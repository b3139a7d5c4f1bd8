import { type Engine, MemoryState } from "@dragoman/core";
import { Random, runBothTiers } from "@dragoman/core/testing";
import {
  type CompiledModule,
  decodeModule,
  encodeModule,
  type JsonValue,
  MODULE_DOMAIN,
  MoveFault,
  moduleId,
  moduleName,
  moveMessage,
  movePrograms,
  parseAddress,
  stdlibModules,
  verifyModule,
} from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { mutateInstruction, mutateModule } from "@dragoman/frontend-move/testing";
import type { FuzzOptions } from "../fuzz.ts";
import type { MoveFuzzReport } from "./fuzz-move.ts";
import type { RandomFunction } from "./random-body.ts";
import { randomJson, randomModule } from "./random-module.ts";

/** Mutants of each random module. */
const MUTANTS_PER_MODULE = 50;
/** Enough for what the random modules do, little enough to end a loop that a mutation made. */
const GAS = 300_000n;
const SENDER = parseAddress("0x42");

/**
 * Mutates random modules and runs those that still verify, in every tier: what the verifier accepts
 * must run alike everywhere and end in an outcome. A mutant that is refused counts as a case too.
 */
export function fuzzMoveMutants({ count, seed, onProgress }: FuzzOptions): MoveFuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  let succeeded = 0;
  for (let first = 0; first < count; first += MUTANTS_PER_MODULE) {
    const { text, functions } = randomModule(new Random(seed + first));
    const file = encodeModule(assembleModule(text, stdlibModules()));
    for (let at = first; at < Math.min(count, first + MUTANTS_PER_MODULE); at++) {
      const random = new Random(seed + at);
      try {
        const mutant = random.oneIn(4)
          ? mutateModule(random, [file])
          : mutateInstruction(random, file);
        const module = verified(mutant);
        if (module !== undefined) succeeded += callAll(random, module, functions);
      } catch (error) {
        const why = error instanceof Error ? error.message.slice(0, 2000) : String(error);
        mismatches.push({ seed: seed + at, why });
      }
    }
    onProgress?.(Math.min(count, first + MUTANTS_PER_MODULE));
  }
  return { cases: count, mismatches, succeeded };
}

function verified(bytes: Uint8Array): CompiledModule | undefined {
  try {
    const module = decodeModule(bytes);
    verifyModule(module);
    return module;
  } catch (error) {
    if (error instanceof MoveFault) return undefined;
    throw error;
  }
}

/** Calls every function once; gives how many calls succeeded. A refused call is none. */
function callAll(
  random: Random,
  module: CompiledModule,
  functions: readonly RandomFunction[],
): number {
  const state = new MemoryState();
  const programs = movePrograms();
  const { address, name } = moduleId(module, module.self);
  state.write(MODULE_DOMAIN, address, new TextEncoder().encode(name), encodeModule(module));
  let succeeded = 0;
  for (const fn of functions.filter(({ borrowed }) => borrowed.length === 0)) {
    const args = fn.parameters.map((type) => randomJson(random, type) as JsonValue);
    const message = {
      module: moduleName(address, name),
      function: fn.name,
      args,
      sender: SENDER,
      gas: GAS,
    };
    try {
      const run = runBothTiers(state, (journal: Engine["journal"]) =>
        moveMessage(programs, journal, message),
      );
      state.apply(run.changes);
      if (run.result.outcome === 0) succeeded++;
    } catch (error) {
      if (!(error instanceof MoveFault)) throw error;
    }
  }
  return succeeded;
}
