import type { WordPool } from "@dragoman/core";
import type { Hammocks } from "../analysis/hammocks.ts";
import type { Liveness } from "../analysis/liveness.ts";
import type { ProgramGraph } from "../analysis/program-graph.ts";
import type { RegionGuesses } from "../analysis/regions.ts";
import type { Syscall } from "../syscalls/syscall.ts";

/** Numbers of the host functions that every program has; syscall s has `SYSCALLS + s`. */
export const HOST_INDEX = { EXIT: 0, OPEN_STACK: 1, GROW_STACK: 2, SYSCALLS: 3 } as const;

/** Number of the IR function that begins the program. */
export const MAIN = 0;
/** IR function of sBPF function f is `FUNCTIONS + f`. */
export const FUNCTIONS = 1;

/** What both lifts know of a program. */
export interface LiftContext {
  readonly graph: ProgramGraph;
  readonly syscalls: readonly Syscall[];
  readonly pool: WordPool;
  /** Offset of the code in region 1. */
  readonly textOffset: number;
  /** Raw mode: every register is given and read back. */
  readonly raw: boolean;
  /** Bytes of the read-only data, behind which the input stands. */
  readonly rodataBytes: number;
}

export interface OptimisticContext {
  readonly liveness: Liveness;
  readonly guesses: RegionGuesses;
  /** Registers that each function takes, as bits. */
  readonly params: Uint16Array;
  /** Entries of each function; one with several takes the slot where to begin as first parameter. */
  readonly entryCounts: Int32Array;
  /** 1 for blocks to which a jump goes back: where units are checked. */
  readonly isLoop: Uint8Array;
  readonly hammocks: Hammocks;
  /** IR function of each syscall that has one; -1 = host call. */
  readonly compiledSyscalls: Int32Array;
}
