import { Engine, type EngineOptions, isTrap, LinearMemory, MemoryState } from "@dragoman/core";
import { Random } from "@dragoman/core/testing";
import { FaultError } from "@dragoman/fault";
import {
  ACCOUNT_DOMAIN,
  accountCells,
  executeInstruction,
  loadSbpf,
  SBPF_OPS,
  type SbpfProgram,
  type SvmTransaction,
} from "@dragoman/frontend-sbpf";
import { assemble, link } from "@dragoman/frontend-sbpf/asm";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { randomProgram } from "./random-program.ts";

/** Runs of each random program, with other data and units. */
const RUNS_PER_PROGRAM = 10;

/** How a run is made beside the exact interpreter, which is the reference. */
const VARIANTS: readonly (readonly [name: string, options: Partial<EngineOptions>])[] = [
  ["optimistic, interpreted", { tier: "interpret", moduleUnderTest: "optimistic-interpreted" }],
  ["optimistic, compiled", { tier: "compile" }],
];

/** Every this many programs the exact module is compiled too. */
const EXACT_COMPILED_EVERY = 16;
const EXACT_COMPILED: (typeof VARIANTS)[number] = [
  "exact, compiled",
  { tier: "compile", moduleUnderTest: "exact-compiled" },
];

/**
 * Runs random programs in every tier and compares result, units, output, logs and accounts. A seed that differs is reported with
 * what differs; the same seed makes the same program and runs.
 */
export function fuzzSvm({ count, seed, onProgress }: FuzzOptions): FuzzReport {
  const mismatches: { seed: number; why: string }[] = [];
  const memory = new LinearMemory();
  let cases = 0;
  for (let at = seed; cases < count; at++) {
    const random = new Random(at);
    const program = randomLoaded(random);
    if (program === undefined) continue;
    const variants = at % EXACT_COMPILED_EVERY === 0 ? [...VARIANTS, EXACT_COMPILED] : VARIANTS;
    for (let run = 0; run < RUNS_PER_PROGRAM && cases < count; run++) {
      const input = randomInput(random);
      const reference = outcomeOf(program, input, memory, { tier: "interpret" });
      cases++;
      for (const [name, options] of variants) {
        const other = outcomeOf(program, input, memory, options);
        // This variant has nothing to fall back to when an optimistic guess was wrong.
        if (options.moduleUnderTest === "optimistic-interpreted" && other.trapped) continue;
        if (other.text === reference.text) continue;
        mismatches.push({
          seed: at,
          why: `${name}, run ${run}: ${other.text} not ${reference.text}`,
        });
      }
    }
    onProgress?.(cases);
  }
  return { cases, mismatches };
}

/** A random program; of every fourth some instructions are changed blindly. Undefined if the verifier refuses it. */
function randomLoaded(random: Random): SbpfProgram | undefined {
  const version = random.oneIn(2) ? 0 : 3;
  const assembly = assemble(randomProgram(random, version), version);
  if (random.oneIn(4)) scramble(random, assembly.text);
  try {
    return loadSbpf(link(assembly));
  } catch (error) {
    if (error instanceof FaultError) return undefined;
    throw error;
  }
}

/** Gives a few slots another opcode, registers, offset or immediate. */
function scramble(random: Random, text: Uint8Array): void {
  const view = new DataView(text.buffer, text.byteOffset, text.byteLength);
  for (let left = random.between(1, 5); left > 0; left--) {
    const at = random.below(text.length / 8) * 8;
    switch (random.below(4)) {
      case 0:
        text[at] = random.pick(SBPF_OPS)[0];
        break;
      case 1:
        text[at + 1] = random.below(11) | (random.below(11) << 4);
        break;
      case 2:
        view.setInt16(at + 2, random.between(-20, 20), true);
        break;
      default:
        view.setInt32(at + 4, random.between(-20, 20), true);
    }
  }
}

interface Input {
  readonly data: Uint8Array;
  readonly account: Uint8Array;
  readonly gas: bigint;
}

function randomInput(random: Random): Input {
  const bytes = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => random.pick([0, 1, 255, random.below(256)]));
  return {
    data: bytes(random.below(24)),
    account: bytes(random.pick([0, 8, 65])),
    gas: BigInt(random.pick([random.below(200), random.below(3000), 20_000])),
  };
}

const PROGRAM = new Uint8Array(32).fill(7);
const ACCOUNTS = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

function outcomeOf(
  program: SbpfProgram,
  { data, account, gas }: Input,
  memory: LinearMemory,
  options: Partial<EngineOptions>,
): { text: string; trapped: boolean } {
  const state = new MemoryState();
  for (const [index, key] of ACCOUNTS.entries()) {
    const owner = index === 0 ? PROGRAM : new Uint8Array(32);
    const cells = accountCells({
      lamports: 1000n,
      owner,
      executable: false,
      rentEpoch: 0n,
      data: account,
    });
    for (const [cell, value] of cells) state.write(ACCOUNT_DOMAIN, key, cell, value);
  }
  const engine = new Engine({ state, memory, ...options });
  const transaction: SvmTransaction = {
    findProgram: () => ({ program, isUnaligned: false, isNative: false }),
    sysvar: () => undefined,
    heapBytes: 32 * 1024,
    heightMax: 5,
  };
  const metas = ACCOUNTS.map((key) => ({ key, isSigner: true, isWritable: true }));
  const instruction = { programId: PROGRAM, accounts: metas, data };
  const result = executeInstruction(engine, transaction, instruction, gas);
  const { journal } = engine;
  const hex = (bytes: Uint8Array | undefined): string =>
    bytes === undefined ? "-" : Buffer.from(bytes).toString("hex");
  const text = JSON.stringify({
    failure: result.failure,
    gas: String(result.gasUsed),
    output: hex(result.returnData),
    logs: journal.logs.map(({ data: line }) => Buffer.from(line).toString()),
    changes: journal
      .changes()
      .map(({ account: key, key: cell, after }) => [hex(key), hex(cell), hex(after)]),
  });
  return { text, trapped: isTrap(result.frame?.outcome ?? 0) };
}
