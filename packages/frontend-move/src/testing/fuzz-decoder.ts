import { Random } from "@dragoman/core/testing";
import { assembleModule } from "../asm/assemble.ts";
import { printUnit } from "../asm/print.ts";
import { decodeModule } from "../format/decode.ts";
import { encodeModule } from "../format/encode.ts";
import type { CompiledModule } from "../format/module.ts";
import { MoveFault, MoveTextFault } from "../format/move-fault.ts";
import { stdlibFiles } from "../stdlib/stdlib.ts";
import { checkBounds } from "../verify/bounds.ts";
import { verifyModule } from "../verify/verify.ts";
import { FUZZ_SEED_TEXT } from "./fuzz-seed-text.ts";
import { FUZZ_CLOSURE_TEXT, FUZZ_SUI_TEXT } from "./fuzz-seed-versions.ts";
import { mutateModule } from "./mutate-module.ts";

export interface DecoderFuzzReport {
  readonly cases: number;
  /** How far the cases came. */
  readonly decoded: number;
  readonly verified: number;
  readonly mismatches: readonly { readonly seed: number; readonly why: string }[];
}

export interface DecoderFuzzOptions {
  /** Files to make. */
  readonly count: number;
  /** Seed of the first; the others have the numbers after it. */
  readonly seed: number;
  /** More real files to start from. */
  readonly corpus?: readonly Uint8Array[];
}

/** A case that takes longer than this is a mismatch: nothing here may hang. */
const CASE_MS_MAX = 2000;

/**
 * Takes mutated real modules through decoder, encoder, verifier, disassembler and assembler. Each
 * either accepts or refuses with a fault; anything else, and a case that takes too long, is a
 * mismatch. One seed makes one file.
 */
export function fuzzMoveDecoder(options: DecoderFuzzOptions): DecoderFuzzReport {
  const corpus = [...fuzzSeedFiles(), ...stdlibFiles().values(), ...(options.corpus ?? [])];
  const mismatches: { seed: number; why: string }[] = [];
  const reached = { decoded: 0, verified: 0 };
  for (let seed = options.seed; seed < options.seed + options.count; seed++) {
    const file = mutateModule(new Random(seed), corpus);
    const start = performance.now();
    const why = runCase(file, reached);
    const elapsed = performance.now() - start;
    if (why !== undefined) mismatches.push({ seed, why });
    else if (elapsed > CASE_MS_MAX) mismatches.push({ seed, why: `took ${elapsed} ms` });
  }
  return { cases: options.count, ...reached, mismatches };
}

/** The modules that stand for what a format has, one per version that adds something. */
export function fuzzSeedFiles(): Uint8Array[] {
  const texts = [FUZZ_SEED_TEXT, FUZZ_CLOSURE_TEXT, FUZZ_SUI_TEXT];
  return texts.map((text) => encodeModule(assembleModule(text)));
}

function runCase(
  file: Uint8Array,
  reached: { decoded: number; verified: number },
): string | undefined {
  try {
    const module = decodeModule(file);
    reached.decoded++;
    const bytes = encodeModule(module);
    if (!sameBytes(encodeModule(decodeModule(bytes)), bytes)) return "encoding is not stable";
    printAndAssemble(module);
    verifyModule(module);
    reached.verified++;
    return undefined;
  } catch (error) {
    if (error instanceof MoveFault) return undefined;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** What is within bounds prints; the text may be refused, as a name may be a word of the syntax. */
function printAndAssemble(module: CompiledModule): void {
  checkBounds(module);
  const text = printUnit(module);
  try {
    assembleModule(text);
  } catch (error) {
    if (!(error instanceof MoveTextFault)) throw error;
  }
}

function sameBytes(x: Uint8Array, y: Uint8Array): boolean {
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}
