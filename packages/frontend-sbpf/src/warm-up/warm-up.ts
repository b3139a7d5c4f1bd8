import { BEGINNING, codeStateOf, Engine, LinearMemory, MemoryState } from "@dragoman/core";
import { assemble } from "../asm/assemble.ts";
import { link } from "../asm/link.ts";
import { ACCOUNT_DOMAIN, accountCells } from "../runtime/accounts.ts";
import { executeInstruction } from "../runtime/execute.ts";
import type { SvmInstruction, SvmTransaction } from "../runtime/invocation.ts";
import { loadSbpf } from "../runtime/programs.ts";
import { trainingText } from "./training-text.ts";

export interface SbpfWarmUpOptions {
  /** How many programs are run and compiled; default: 8. */
  readonly rounds?: number;
  /** Ends it after the program that it is at. */
  readonly signal?: AbortSignal;
}

const ROUNDS_DEFAULT = 8;
const FUNCTIONS = 256;
const RUNS = 4;
/** Looks for the compiled code, a millisecond between two. */
const LOOKS_MAX = 500;
const UNITS = 200_000n;
const HEAP_BYTES = 32 << 10;

const PROGRAM_ID = new Uint8Array(32).fill(0xc0);
const ACCOUNT = new Uint8Array(32).fill(0xac);

let serial = 0;

/**
 * Runs and compiles programs of no meaning until the platform has compiled loader, verifier, interpreter and translator, on this thread and on
 * that which translates: what takes a fresh process a second for the first large program takes it a tenth of that afterwards. The loop of
 * events goes on meanwhile.
 */
export async function warmUpSbpf({ rounds, signal }: SbpfWarmUpOptions = {}): Promise<void> {
  const elf = link(assemble(trainingText(FUNCTIONS), 0));
  const memory = new LinearMemory();
  for (let round = 0; round < (rounds ?? ROUNDS_DEFAULT) && !signal?.aborted; round++) {
    const { run, isCompiled } = openTraining(elf, memory);
    for (let looks = 0; looks < LOOKS_MAX && !isCompiled() && !signal?.aborted; looks++) {
      run();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    for (let runs = 0; runs < RUNS; runs++) run();
  }
}

/** A program that nobody has seen, on a state of its own; a run that fails is a defect. */
function openTraining(
  elf: Uint8Array,
  memory: LinearMemory,
): { readonly run: () => void; readonly isCompiled: () => boolean } {
  const program = loadSbpf(elf, { id: `training-${serial++}` });
  const found = { program, isUnaligned: false, isNative: false };
  const transaction: SvmTransaction = {
    findProgram: () => found,
    sysvar: () => undefined,
    heapBytes: HEAP_BYTES,
    heightMax: 5,
  };
  const instruction: SvmInstruction = {
    programId: PROGRAM_ID,
    accounts: [{ key: ACCOUNT, isSigner: true, isWritable: true }],
    data: new Uint8Array(8),
  };
  const engine = new Engine({ state: stateOfTraining(), tier: "auto", memory });
  return {
    run: () => {
      engine.journal.beginTransaction();
      const { failure } = executeInstruction(engine, transaction, instruction, UNITS);
      engine.journal.revert(BEGINNING, false);
      if (failure !== undefined) throw new Error(`a training program failed: ${failure.text}`);
    },
    isCompiled: () => codeStateOf(program) === "whole",
  };
}

function stateOfTraining(): MemoryState {
  const state = new MemoryState();
  const account = {
    ...{ lamports: 1000n, executable: false, rentEpoch: 0n },
    ...{ owner: PROGRAM_ID, data: new Uint8Array(165) },
  };
  for (const [cell, value] of accountCells(account))
    state.write(ACCOUNT_DOMAIN, ACCOUNT, cell, value);
  return state;
}
