import { Engine, LinearMemory, MemoryState } from "@dragoman/core";
import { evmRequest } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { type BenchRow, benchRow } from "../row.ts";
import { evmWorkloads } from "../workload/evm.ts";
import { lyraContract } from "../workload/lyra.ts";
import { moveWorkloads } from "../workload/move.ts";
import { svmWorkloads } from "../workload/svm.ts";
import { answerOfThread } from "./answer-of-thread.ts";
import type { SuiteOptions } from "./options.ts";
import { token2022Rows } from "./token-2022.ts";
import { type Translation, translate } from "./translation.ts";

const NOBODY = "no peer";
const KILOBYTE = 1024;
const WARM_TURNS = 12;
const WARM_UP_FACTOR = 5;

/**
 * What it takes before a program runs: translation of real code cold (first of a thread) and warm, loading of the largest
 * Solana program, the first call of a contract of 24 KB, and code that was made to take long.
 */
export async function translateSuite(options: SuiteOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const all = translations(options);
  // Warm is what a process gives that has translated a while: V8 has compiled the translator by then.
  const warmUntil = performance.now() + options.effort.warmUpMs * WARM_UP_FACTOR;
  for (let turn = 1; performance.now() < warmUntil; turn++) {
    for (const translation of all) translate(translation, WARM_TURNS + turn);
  }
  for (const translation of all) {
    options.note(`translate: ${translation.name}`);
    rows.push(...(await translationRows(translation)));
  }
  options.note("translate: loading, first calls");
  rows.push(...(await token2022Rows()), firstCallRow(), ...bombRows());
  return rows;
}

function translations({ cases }: SuiteOptions): Translation[] {
  const evm = new Map<string, Translation>();
  for (const { name, accounts } of evmWorkloads(cases)) {
    for (const code of accounts.values()) {
      const key = Buffer.from(code).toString("hex");
      if (!evm.has(key)) evm.set(key, { name: `${name}, ${code.length} B`, vm: "evm", code });
    }
  }
  const svm = new Map(svmWorkloads(cases).map(({ name, elf }) => [`${name.slice(0, 2)}`, elf]));
  const move = moveWorkloads(cases);
  const [first] = move;
  return [
    ...evm.values(),
    ...[...svm].map(([name, code]) => {
      return { name: `prog_${name}.so, ${code.length} B`, vm: "svm" as const, code };
    }),
    ...(first === undefined
      ? []
      : [
          {
            name: "kernels.mv",
            vm: "move" as const,
            code: first.module,
            functions: move.map(({ fn }) => fn),
          },
        ]),
  ];
}

async function translationRows(translation: Translation): Promise<BenchRow[]> {
  const kilobytes = translation.code.length / KILOBYTE;
  const row = { suite: "translate", peer: null, peerName: NOBODY, unit: "ms/KB" };
  const coldMs = await coldTranslation(translation);
  let warm = translate(translation, 1);
  for (let turn = 2; turn < WARM_TURNS; turn++) {
    const next = translate(translation, turn);
    if (next.ms < warm.ms) warm = next;
  }
  const ok = warm.refused === 0;
  const note = ok ? `${warm.wasmBytes} B of wasm` : `${warm.refused} programs stay interpreted`;
  const name = `${translation.vm} ${translation.name}`;
  return [
    benchRow({ ...row, name: `${name}, cold`, ours: coldMs / kilobytes, ok }),
    benchRow({ ...row, name: `${name}, warm`, ours: warm.ms / kilobytes, ok }, note),
  ];
}

const coldTranslation = (translation: Translation): Promise<number> =>
  answerOfThread("./translate-worker.js", translation);

/** Load, lift and run of a contract that was never seen, by a call that its dispatcher refuses. */
function firstCallRow(): BenchRow {
  const code = lyraContract("OptionMarket");
  const input = Uint8Array.of(1, 2, 3, 4);
  const ours = bestOf(5, (turn) => {
    callOnce(new Uint8Array([...code, 0xfe, turn]), input, "auto", 10_000_000n);
  });
  const name = `evm first call of a contract of ${code.length} B`;
  return benchRow({
    suite: "translate",
    name,
    ours,
    peer: null,
    peerName: NOBODY,
    unit: "ms",
    ok: true,
  });
}

/** Straight code of 24 KB that expands when it is translated; name, gas of the instruction, code. */
function bombs(): readonly (readonly [name: string, code: Uint8Array])[] {
  const field = (start: string, repeated: string, bytes: number): Uint8Array =>
    assemble(`${start} ${`${repeated} `.repeat(Math.floor(24_560 / bytes))} stop`);
  return [
    ["JUMPDEST", field("jumpdest", "jumpdest", 1)],
    ["SIGNEXTEND", field("push1 1", "push1 3 signextend", 3)],
    ["MUL", field("push1 3", "dup1 mul", 2)],
    ["MLOAD", field("push1 0", "mload", 1)],
  ];
}

function bombRows(): BenchRow[] {
  return bombs().map(([instruction, code]) => {
    const heap = process.memoryUsage();
    let outcome = 0;
    const ours = bestOf(3, (turn) => {
      outcome = callOnce(
        new Uint8Array([...code, turn]),
        new Uint8Array(0),
        "compile",
        30_000_000n,
      );
    });
    const now = process.memoryUsage();
    const grown = Math.max(0, now.heapUsed + now.external - heap.heapUsed - heap.external) >> 20;
    const name = `evm bomb: 24 KB of ${instruction}, loaded, compiled if it may be, run`;
    const row = { suite: "translate", name, ours, peer: null, peerName: NOBODY, unit: "ms" };
    return benchRow(
      { ...row, ok: outcome === 0 },
      outcome === 0 ? `${grown} MB grown` : `outcome ${outcome}`,
    );
  });
}

const CONTRACT = new Uint8Array(20).fill(0xc0);
const memory = new LinearMemory();

function callOnce(
  code: Uint8Array,
  input: Uint8Array,
  tier: "auto" | "compile",
  gas: bigint,
): number {
  const engine = new Engine({ state: new MemoryState(), tier, memory });
  engine.journal.beginTransaction();
  const message = { to: CONTRACT, code, input, gas, fork: "cancun" } as const;
  return engine.execute(evmRequest(engine.journal, message)).outcome;
}

function bestOf(turns: number, run: (turn: number) => void): number {
  let best = Infinity;
  for (let turn = 0; turn < turns; turn++) {
    const begin = performance.now();
    run(turn);
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}
