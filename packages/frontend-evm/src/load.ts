import { refuse } from "@dragoman/fault";
import type { Watch } from "./lower/emitter.ts";
import type { PrecompileTable } from "./precompile/table.ts";
import { type EvmProgram, Machine } from "./program.ts";
import type { ForkName } from "./schedule/forks.ts";
import { NEWEST_FORK } from "./schedule/schedule.ts";

/** Bytes of code that are taken: deployed contracts have 24,576 at most, initcode 49,152, test code a few times that. */
export const CODE_SIZE_MAX = 1 << 20;

const NO_PRECOMPILES: PrecompileTable = new Map();

export interface LoadOptions {
  /** Default: the newest fork. */
  readonly fork?: ForkName;
  /** Precompiles beyond those of the fork, by address: 40 lower-case hex digits. */
  readonly precompiles?: PrecompileTable;
  /** What those see who watch programs run; see {@link Watch}. Default: nothing. */
  readonly watch?: Watch;
}

const machines = new WeakMap<PrecompileTable, Map<string, Machine>>();

/** The machine of a configuration; equal options give the same one. */
export function machineOf(options: LoadOptions = {}): Machine {
  const table = options.precompiles ?? NO_PRECOMPILES;
  const fork = options.fork ?? NEWEST_FORK;
  const watch = options.watch ?? "nothing";
  const key = `${fork} ${watch}`;
  let known = machines.get(table);
  if (known === undefined) {
    known = new Map();
    machines.set(table, known);
  }
  let machine = known.get(key);
  if (machine === undefined) {
    machine = new Machine(fork, table, watch);
    known.set(key, machine);
  }
  return machine;
}

/**
 * Loads runtime bytecode. Any bytes are a program: what is no instruction ends a frame when it is reached.
 * Faults: EVM_CODE_SIZE_EXCEEDED.
 */
export function loadEvm(code: Uint8Array, options: LoadOptions = {}): EvmProgram {
  if (code.length > CODE_SIZE_MAX) {
    refuse(
      "EVM_CODE_SIZE_EXCEEDED",
      undefined,
      `${code.length} bytes of code, ${CODE_SIZE_MAX} are taken`,
    );
  }
  return machineOf(options).program(code);
}
