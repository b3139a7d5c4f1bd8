import { compileModule, Journal, MemoryState, type Program } from "@dragoman/core";
import { loadEvm } from "@dragoman/frontend-evm";
import {
  decodeModule,
  formatAddress,
  moduleCell,
  moduleId,
  movePrograms,
} from "@dragoman/frontend-move";
import { loadSbpf } from "@dragoman/frontend-sbpf";

/** Guest code that is translated: what a machine compiles when a program is hot. */
export interface Translation {
  readonly name: string;
  readonly vm: "evm" | "svm" | "move";
  readonly code: Uint8Array;
  /** Move: the functions to translate. */
  readonly functions?: readonly string[];
}

/** Bytes of wasm and milliseconds of one translation from bytes to a WebAssembly module that V8 compiles lazily. */
export interface Translated {
  readonly ms: number;
  readonly wasmBytes: number;
  /** Programs that stay in the interpreter. */
  readonly refused: number;
}

/** Decodes, verifies, lifts and compiles all of it, as if it had never been seen. `turn` makes its identity new. */
export function translate(translation: Translation, turn: number): Translated {
  const begin = performance.now();
  let wasmBytes = 0;
  let refused = 0;
  for (const program of programsOf(translation, turn)) {
    const module = program.optimistic();
    const compiled = module === undefined ? undefined : compileModule(module);
    if (compiled === undefined) refused += 1;
    else wasmBytes += compiled.wasmBytes;
  }
  return { ms: performance.now() - begin, wasmBytes, refused };
}

function programsOf({ vm, code, functions = [] }: Translation, turn: number): Program[] {
  if (vm === "svm") return [loadSbpf(code, { id: `translate-${turn}` })];
  if (vm === "move") return movePublic(code, functions);
  // What stands behind the code is never reached, but makes it another program.
  const tail = Uint8Array.of(0xfe, turn >> 16, turn >> 8, turn);
  return [loadEvm(new Uint8Array([...code, ...tail]), { fork: "cancun" })];
}

function movePublic(code: Uint8Array, functions: readonly string[]): Program[] {
  const journal = new Journal(new MemoryState());
  const module = decodeModule(code);
  const { address, name } = moduleId(module, module.self);
  const qualified = `${formatAddress(address)}::${name}`;
  journal.writeBytes(moduleCell(journal, qualified), code);
  const programs = movePrograms();
  return functions.map((fn) => programs.program(journal, qualified, fn, []));
}
