import { Random } from "@dragoman/core/testing";
import { FaultError } from "@dragoman/fault";
import { createMachine, type Machine } from "@dragoman/vm";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { mutate } from "./mutate.ts";
import { type RealProgram, realPrograms } from "./real-programs.ts";

/** Longer than any refusal or load of a program of a megabyte may take. */
const LOAD_MS_MAX = 5000;
const HEAP_BYTES_MAX = 2 ** 31;
/** A machine keeps what it loaded: a new one now and then. */
const MACHINE_LOADS_MAX = 200;

/**
 * Damages real programs and loads them: each load must end in a fault or a program, soon and within bounded memory. A program that
 * still loads is listed too.
 */
export async function fuzzDecoders(options: FuzzOptions): Promise<FuzzReport> {
  const { count, seed, onProgress } = options;
  const programs = (await realPrograms()).filter(isLoadable);
  const mismatches: { seed: number; why: string }[] = [];
  let machine = createMachine({ tier: "interpret" });
  for (let at = 0; at < count; at++) {
    if (at % MACHINE_LOADS_MAX === 0) machine = createMachine({ tier: "interpret" });
    const random = new Random(seed + at);
    const program = random.pick(programs);
    const why = loadDamaged(machine, program, mutate(random, program.bytes));
    if (why !== undefined) mismatches.push({ seed: seed + at, why: `${program.name}: ${why}` });
    onProgress?.(at + 1);
  }
  return { cases: count, mismatches };
}

/** Undamaged programs must load; one that does not would only test its first refusal. */
function isLoadable({ vm, bytes }: RealProgram): boolean {
  try {
    createMachine({ tier: "interpret" }).load(vm, bytes);
    return true;
  } catch (error) {
    if (error instanceof FaultError) return false;
    throw error;
  }
}

function loadDamaged(machine: Machine, { vm }: RealProgram, bytes: Uint8Array): string | undefined {
  const begin = performance.now();
  try {
    machine.load(vm, bytes).listing();
  } catch (error) {
    if (!(error instanceof FaultError)) return `threw ${(error as Error).stack}`;
  }
  const ms = performance.now() - begin;
  if (ms > LOAD_MS_MAX) return `took ${ms.toFixed(0)} ms`;
  const { heapUsed } = process.memoryUsage();
  return heapUsed > HEAP_BYTES_MAX ? `left ${heapUsed} bytes on the heap` : undefined;
}
