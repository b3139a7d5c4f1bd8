import { type Engine, MemoryState } from "@dragoman/core";
import { Random, runBothTiers } from "@dragoman/core/testing";
import {
  encodeModule,
  type JsonValue,
  MODULE_DOMAIN,
  MoveFault,
  type MovePrograms,
  moveMessage,
  movePrograms,
  parseAddress,
  stdlibModules,
} from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import type { RandomFunction } from "./random-body.ts";
import { randomJson, randomModule } from "./random-module.ts";

/** Calls that succeeded are counted too: the others failed, alike in every tier. */
export interface MoveFuzzReport extends FuzzReport {
  readonly succeeded: number;
}

/** Calls of each random module. */
const CALLS_PER_MODULE = 20;
const GAS_AMPLE = 10n ** 12n;
const ASCII = new TextEncoder();
const SENDER = parseAddress("0x42");

/**
 * Runs random well-typed modules in every tier and compares outcome, gas, output, failure, logs and state. A seed that
 * differs is reported with what differs; the same seed makes the same module and calls.
 */
export function fuzzMove({ count, seed, onProgress }: FuzzOptions): MoveFuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  const tally = { cases: 0, succeeded: 0 };
  for (let at = seed; tally.cases < count; at++) {
    const why = fuzzModule(at, Math.min(CALLS_PER_MODULE, count - tally.cases), tally);
    if (why !== undefined) mismatches.push({ seed: at, why });
    onProgress?.(tally.cases);
  }
  return { ...tally, mismatches };
}

function fuzzModule(
  seed: number,
  calls: number,
  tally: { cases: number; succeeded: number },
): string | undefined {
  const random = new Random(seed);
  const { text, functions } = randomModule(random);
  let why: string | undefined;
  try {
    const state = new MemoryState();
    const module = assembleModule(text, stdlibModules());
    state.write(MODULE_DOMAIN, SENDER, ASCII.encode("m"), encodeModule(module));
    const programs = movePrograms();
    for (let index = 0; index < calls; index++) {
      const fn = random.pick(functions.filter(({ borrowed }) => borrowed.length === 0));
      if (fn === undefined) break;
      if (callOnce(random, state, programs, fn)) tally.succeeded++;
      tally.cases++;
    }
  } catch (error) {
    why = reason(error);
  }
  if (functions.every(({ borrowed }) => borrowed.length > 0)) tally.cases++;
  return why;
}

/** One call in every tier; its changes are kept in `state` for the next. True if it succeeded. */
function callOnce(
  random: Random,
  state: MemoryState,
  programs: MovePrograms,
  fn: RandomFunction,
): boolean {
  const args = fn.parameters.map((type) => randomJson(random, type) as JsonValue);
  const gas = random.oneIn(20) ? BigInt(random.below(200_000)) : GAS_AMPLE;
  const call = { module: "0x42::m", function: fn.name, args, sender: SENDER, gas };
  const message = { ...call, anyVisibility: true };
  const run = runBothTiers(state, (journal: Engine["journal"]) =>
    moveMessage(programs, journal, message),
  );
  state.apply(run.changes);
  return run.result.outcome === 0;
}

function reason(error: unknown): string {
  if (error instanceof MoveFault) return `refused: ${error.message}`;
  return error instanceof Error ? `${error.message}`.slice(0, 2_000) : String(error);
}
