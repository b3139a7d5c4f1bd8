import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { decodeBase58, equalBytes } from "@dragoman/bytes";
import { BEGINNING, codeStateOf, Engine, LinearMemory, MemoryState } from "@dragoman/core";
import {
  ACCOUNT_DOMAIN,
  accountCells,
  executeInstruction,
  loadSbpf,
  type SvmInstruction,
  type SvmTransaction,
} from "@dragoman/frontend-sbpf";
import { addProgramMs, installedElf, TOKEN, TOKEN_2022 } from "../peer/litesvm-programs.ts";
import { type BenchRow, benchRow } from "../row.ts";
import { standardFolder } from "../workload/folder.ts";
import { type SvmWorkload, transferWorkload } from "../workload/svm.ts";
import { answerOfThread } from "./answer-of-thread.ts";

const SUITE = "translate";
const LOADS = 5;
/** Programs, each of an identity of its own, that become hot one after the other; the last of them find a warm translator. */
const TURNS = 12;
const WARM_FROM = 6;
/** Threads in which nothing has run before, and as many that have warmed up. */
const FRESH_TURNS = 3;
/** Milliseconds after which a program is given up. */
const WAIT_MS_MAX = 60_000;
const HEAP_BYTES = 32 << 10;
const UNITS = 200_000n;

/**
 * Token-2022, the largest program of Solana that everybody calls: loaded until it can be interpreted, and from the run that made it hot until
 * the compile thread has given code of what it has run, and of all of it. A transfer runs every millisecond meanwhile, and must come to the same.
 */
export async function token2022Rows(): Promise<BenchRow[]> {
  const elf = await installedElf(TOKEN_2022);
  if (elf === undefined) return [absentRow()];
  return [await loadRow(elf), ...(await compileRows(elf))];
}

function absentRow(): BenchRow {
  const row = { suite: SUITE, name: "svm Token-2022", unit: "ms", peerName: "litesvm" };
  const why = "absent: litesvm, which carries the program";
  return benchRow({ ...row, ours: null, peer: null, ok: true }, why);
}

async function loadRow(elf: Uint8Array): Promise<BenchRow> {
  let ours = Infinity;
  for (let turn = 0; turn < LOADS; turn++) {
    const begin = performance.now();
    loadSbpf(elf, { id: `token-2022-${turn}` });
    ours = Math.min(ours, performance.now() - begin);
  }
  const peer = await addProgramMs(TOKEN_2022, elf);
  const name = "svm Token-2022: load until ready to interpret";
  return benchRow({
    suite: SUITE,
    name,
    unit: "ms",
    ours,
    peer,
    peerName: "litesvm addProgram",
    ok: true,
  });
}

/** Milliseconds of the load, and from hot to code; units of the runs, which must be one number. */
export interface Compiled {
  readonly loadMs: number;
  readonly partMs: number;
  readonly wholeMs: number;
  readonly units: ReadonlySet<bigint | string>;
}

async function compileRows(elf: Uint8Array): Promise<BenchRow[]> {
  const folder = standardFolder();
  if (folder === undefined) return [];
  const workload = transferWorkload(join(folder, "svm"), elf);
  if (workload === undefined) return [];
  const turns: Compiled[] = [];
  for (let turn = 0; turn < TURNS; turn++) turns.push(await compileBeside(elf, workload, turn));
  const warm = turns.slice(WARM_FROM);
  const fresh: Compiled[] = [];
  const warmedUp: Compiled[] = [];
  for (let turn = 0; turn < FRESH_TURNS; turn++) {
    fresh.push(await inFreshThread({ elf, workload, isWarm: false }));
    warmedUp.push(await inFreshThread({ elf, workload, isWarm: true }));
  }
  const all = [...turns, ...fresh, ...warmedUp];
  const ok = new Set(all.flatMap(({ units }) => [...units])).size === 1;
  const least = (of: readonly Compiled[], key: "loadMs" | "partMs" | "wholeMs"): number =>
    Math.min(...of.map((turn) => turn[key]));
  const row = { suite: SUITE, unit: "ms", peer: null, peerName: "no peer", ok };
  const rows = (where: string, of: readonly Compiled[]): BenchRow[] =>
    PHASES.map(([key, name]) =>
      benchRow({ ...row, name: `svm Token-2022: ${name}, ${where}`, ours: least(of, key) }),
    );
  return [
    ...rows("first program of a thread", fresh),
    ...rows("first program after the warm-up", warmedUp),
    ...rows("warm", warm),
  ];
}

const PHASES = [
  ["loadMs", "load"],
  ["partMs", "hot until what has run is compiled"],
  ["wholeMs", "hot until all is compiled"],
] as const;

/** A measurement in a thread in which nothing has run, or nothing but the warm-up. */
export interface FreshOrder {
  readonly elf: Uint8Array;
  readonly workload: SvmWorkload;
  readonly isWarm: boolean;
}

const inFreshThread = (order: FreshOrder): Promise<Compiled> =>
  answerOfThread("./token-2022-worker.js", order);

/** Runs a transfer until the thread has compiled all of a program that nobody has seen. */
export async function compileBeside(
  elf: Uint8Array,
  workload: SvmWorkload,
  turn: number,
): Promise<Compiled> {
  const programId = decodeBase58(TOKEN_2022);
  const begin = performance.now();
  const program = loadSbpf(elf, { id: `token-2022-hot-${turn}` });
  const loadMs = performance.now() - begin;
  const found = { program, isUnaligned: false, isNative: false };
  const transaction: SvmTransaction = {
    findProgram: (_journal, id) => (equalBytes(id, programId) ? found : undefined),
    sysvar: () => undefined,
    heapBytes: HEAP_BYTES,
    heightMax: 5,
  };
  const instruction: SvmInstruction = {
    programId,
    accounts: workload.accounts.map(({ pubkey, signer, writable }) => {
      return { key: decodeBase58(pubkey), isSigner: signer, isWritable: writable };
    }),
    data: workload.instructionData,
  };
  const memory = new LinearMemory();
  const engine = new Engine({ state: stateOf(workload), tier: "auto", memory });
  const units = new Set<bigint | string>();
  let [orderedAt, partMs] = [Infinity, Infinity];
  const giveUpAt = performance.now() + WAIT_MS_MAX;
  while (performance.now() < giveUpAt) {
    engine.journal.beginTransaction();
    const { failure, gasUsed } = executeInstruction(engine, transaction, instruction, UNITS);
    engine.journal.revert(BEGINNING, false);
    units.add(failure === undefined ? gasUsed : failure.text);
    const state = codeStateOf(program);
    if (state !== "absent") orderedAt = Math.min(orderedAt, performance.now());
    const ms = performance.now() - orderedAt;
    if (state === "part" || state === "whole") partMs = Math.min(partMs, ms);
    if (state === "whole") return { loadMs, partMs, wholeMs: ms, units };
    await setTimeout(1);
  }
  units.add("not compiled in time");
  return { loadMs, partMs, wholeMs: Infinity, units };
}

/** The accounts of a transfer of SPL Token, given to Token-2022. */
function stateOf({ accounts }: SvmWorkload): MemoryState {
  const state = new MemoryState();
  for (const { pubkey, lamports, owner, data } of accounts) {
    const account = {
      ...{ lamports, data, executable: false, rentEpoch: (1n << 64n) - 1n },
      owner: decodeBase58(owner === TOKEN ? TOKEN_2022 : owner),
    };
    for (const [cell, value] of accountCells(account)) {
      state.write(ACCOUNT_DOMAIN, decodeBase58(pubkey), cell, value);
    }
  }
  return state;
}
