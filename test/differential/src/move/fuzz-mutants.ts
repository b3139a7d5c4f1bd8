import { Random } from "@dragoman/core/testing";
import {
  type CompiledModule,
  decodeModule,
  encodeModule,
  ModuleLoader,
  MoveFault,
  type MoveStatus,
  stdlibModules,
  verifyModule,
} from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { mutateReal } from "@dragoman/frontend-move/testing";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { nameOf, type RealModule, realModules } from "./mutant-corpus.ts";
import { type CallTally, callEveryFunction } from "./mutant-run.ts";
import { randomModule } from "./random-module.ts";

/** Of so many seeds one starts from a random module instead of a real one. */
const RANDOM_MODULES_ONE_IN = 4;
/** So many seeds in a row have the same random module. */
const SEEDS_PER_RANDOM_MODULE = 512;
/** Of so many mutants that verify one runs in all four variants, the others in the two that users run. */
const EVERY_VARIANT_ONE_IN = 8;

/** How far the mutants came, beside what every fuzzer reports. */
export interface MutantReport extends FuzzReport, CallTally {
  /** Mutants that decode, and of them those that verify. */
  readonly decoded: number;
  readonly verified: number;
  /** Refusals by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

type Progress = {
  -readonly [K in keyof Omit<MutantReport, "mismatches" | "statuses" | "absent">]: number;
};

/**
 * Mutates real modules. Each mutant is refused with a status, or it verifies: then all of its functions run, in both tiers and with every
 * address asserted, and the tiers agree. One seed makes one mutant.
 */
export function fuzzMoveMutants({ count, seed, onProgress }: FuzzOptions): MutantReport {
  const corpus = realModules();
  const builtin = new Map(corpus.map(({ name, file }) => [name, file]));
  const loader = new ModuleLoader(builtin);
  const mismatches: { seed: number; why: string }[] = [];
  const statuses = new Map<MoveStatus, number>();
  const reached: Progress = {
    cases: 0,
    decoded: 0,
    verified: 0,
    calls: 0,
    succeeded: 0,
    refused: 0,
  };
  for (let at = seed; at < seed + count; at++) {
    try {
      const base = baseOf(at, corpus);
      fuzzMutant(new Random(at), base, loader, reached);
    } catch (error) {
      if (error instanceof MoveFault) {
        statuses.set(error.status, (statuses.get(error.status) ?? 0) + 1);
      } else {
        const why = error instanceof Error ? error.message.slice(0, 2000) : String(error);
        mismatches.push({ seed: at, why });
      }
    }
    reached.cases++;
    onProgress?.(reached.cases);
  }
  return { ...reached, statuses: Object.fromEntries(statuses), mismatches };
}

/** Throws MoveFault where the mutant is refused. */
function fuzzMutant(
  random: Random,
  base: RealModule,
  loader: ModuleLoader,
  reached: Progress,
): void {
  const file = mutateReal(random, base.file, base.module);
  const module = decodeModule(file);
  reached.decoded++;
  verifyModule(module);
  reached.verified++;
  const variants = random.oneIn(EVERY_VARIANT_ONE_IN) ? "every" : "shipped";
  callEveryFunction(random, module, file, loader, reached, variants);
}

/** The module that the mutant of a seed is made from. */
function baseOf(seed: number, corpus: readonly RealModule[]): RealModule {
  const random = new Random(~seed);
  if (!random.oneIn(RANDOM_MODULES_ONE_IN)) return random.pick(corpus);
  return assembled(Math.floor(seed / SEEDS_PER_RANDOM_MODULE));
}

let last: { readonly seed: number; readonly module: RealModule } | undefined;

function assembled(seed: number): RealModule {
  if (last?.seed !== seed) last = { seed, module: assemble(new Random(seed)) };
  return last.module;
}

function assemble(random: Random): RealModule {
  const module: CompiledModule = assembleModule(randomModule(random).text, stdlibModules());
  return { name: nameOf(module), file: encodeModule(module), module };
}
