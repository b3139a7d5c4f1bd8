import { isOk, Journal, MemoryState } from "@dragoman/core";
import { Random, runBothTiers } from "@dragoman/core/testing";
import {
  encodeModule,
  MODULE_DOMAIN,
  ModuleLoader,
  MoveFault,
  moduleId,
  parseAddress,
  stdlibModules,
} from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { entryParameters, ModuleProgram } from "@dragoman/frontend-move/testing";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { nameOf } from "./mutant-corpus.ts";
import { randomBcs } from "./random-bcs.ts";
import { type RandomModule, randomModule } from "./random-module.ts";
import { holdsClosure } from "./random-types.ts";

/** Calls that succeeded are counted too: the others failed, alike in every tier. */
export interface MoveFuzzReport extends FuzzReport {
  readonly succeeded: number;
}

/** Calls of each random module. */
const CALLS_PER_MODULE = 100;
/** Of so many modules one runs with every address asserted; it is other code, so the others are as users run them. */
const ASSERTED_ONE_IN = 4;
/** Of so many modules one runs in all four variants, the others in the two that users run. */
const EVERY_VARIANT_ONE_IN = 4;
const GAS_AMPLE = 10n ** 12n;
const ASCII = new TextEncoder();
const SENDER = parseAddress("0x42");

type Tally = { cases: number; succeeded: number };

/**
 * Runs random well-typed modules in every tier and compares outcome, gas, output, failure, logs and state. A seed that
 * differs is reported with what differs; the same seed makes the same module and calls.
 */
export function fuzzMove({ count, seed, onProgress }: FuzzOptions): MoveFuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  const tally: Tally = { cases: 0, succeeded: 0 };
  const library = stdlibModules().map((module) => [nameOf(module), encodeModule(module)] as const);
  const loader = new ModuleLoader(new Map(library));
  for (let at = seed; tally.cases < count; at++) {
    const calls = Math.min(CALLS_PER_MODULE, count - tally.cases);
    const before = tally.cases;
    try {
      const random = new Random(at);
      runModule(random, randomModule(random), loader, calls, tally);
    } catch (error) {
      mismatches.push({ seed: at, why: reason(error) });
      // The call that differed, or the module that was refused.
      if (tally.cases === before) tally.cases++;
    }
    onProgress?.(tally.cases);
  }
  return { ...tally, mismatches };
}

/** All functions of the module are one program; each call goes to one of them, on what the calls before it left. */
function runModule(
  random: Random,
  { text, functions }: RandomModule,
  loader: ModuleLoader,
  calls: number,
  tally: Tally,
): void {
  const module = assembleModule(text, stdlibModules());
  const state = new MemoryState();
  const { name } = moduleId(module, module.self);
  state.write(MODULE_DOMAIN, SENDER, ASCII.encode(name), encodeModule(module));
  const linked = loader.link(new Journal(state), [nameOf(module)]).module(nameOf(module));
  // Closures are not brought by calls: functions make them, and resources keep them from call to call.
  const callable = functions.filter(
    ({ parameters, borrowed }) => borrowed.length === 0 && !parameters.some(holdsClosure),
  );
  if (callable.length === 0) {
    tally.cases++;
    return;
  }
  const instances = callable.map((fn) => ({
    fn: linked.functionNamed(fn.name),
    typeArguments: [],
  }));
  const program = new ModuleProgram(instances, random.oneIn(ASSERTED_ONE_IN));
  const variants = random.oneIn(EVERY_VARIANT_ONE_IN) ? "every" : "shipped";
  for (let call = 0; call < calls; call++) {
    const at = random.below(program.entries.length);
    const types = entryParameters(program.entries[at] as (typeof program.entries)[number]);
    const args = types.map((type) => (type.kind === "signer" ? SENDER : randomBcs(random, type)));
    const gas = random.oneIn(20) ? BigInt(random.below(200_000)) : GAS_AMPLE;
    const run = runBothTiers(state, () => program.request(at, args, gas), variants);
    tally.cases++;
    if (isOk(run.result.outcome)) tally.succeeded++;
    state.apply(run.changes);
  }
}

function reason(error: unknown): string {
  if (error instanceof MoveFault) return `refused: ${error.message}`;
  return error instanceof Error ? `${error.message}`.slice(0, 2_000) : String(error);
}
