import { decodeBase58, encodeHex, equalBytes } from "@dragoman/bytes";
import { BEGINNING, Engine, type Journal, LinearMemory, MemoryState } from "@dragoman/core";
import { sha256 } from "@dragoman/crypto";
import {
  ACCOUNT_DOMAIN,
  accountCells,
  executeInstruction,
  type FoundProgram,
  loadSbpf,
  readAccount,
  type SvmInstruction,
  type SvmTransaction,
} from "@dragoman/frontend-sbpf";
import type { Contender, Loaded } from "../contender.ts";
import type { SvmAnswer, SvmWorkload } from "../workload/svm.ts";
import { OURS } from "./name.ts";

const HEAP_BYTES = 32 << 10;
const HEIGHT_MAX = 5;
const RENT_EPOCH = (1n << 64n) - 1n;

/** This machine, compiled: one instruction with its accounts, which is taken back afterwards. */
export async function openOurSvm(): Promise<Contender<SvmWorkload, SvmAnswer>> {
  const memory = new LinearMemory();
  const load = async (workload: SvmWorkload) => loadWorkload(workload, memory);
  return { ...OURS, load, close: async () => {} };
}

function loadWorkload(workload: SvmWorkload, memory: LinearMemory): Loaded<SvmAnswer> {
  const programId = decodeBase58(workload.programId);
  const program = loadSbpf(workload.elf, { id: `svm:${encodeHex(sha256(workload.elf))}` });
  const found: FoundProgram = { program, isUnaligned: false, isNative: false };
  const transaction: SvmTransaction = {
    findProgram: (_journal, id) => (equalBytes(id, programId) ? found : undefined),
    sysvar: () => undefined,
    heapBytes: HEAP_BYTES,
    heightMax: HEIGHT_MAX,
  };
  const instruction: SvmInstruction = {
    programId,
    accounts: workload.accounts.map(({ pubkey, signer, writable }) => {
      return { key: decodeBase58(pubkey), isSigner: signer, isWritable: writable };
    }),
    data: workload.instructionData,
  };
  const engine = new Engine({ state: stateOf(workload), tier: "compile", memory });
  const run = () => {
    engine.journal.beginTransaction();
    return executeInstruction(engine, transaction, instruction, workload.computeUnitLimit);
  };
  return {
    once: () => {
      const begin = performance.now();
      for (let left = workload.batch; left > 0; left--) run();
      const ms = (performance.now() - begin) / workload.batch;
      if (workload.batch === 1) engine.journal.revert(BEGINNING, false);
      return ms;
    },
    answer: async () => {
      const { failure, gasUsed } = run();
      const { journal } = engine;
      const answer: SvmAnswer = {
        outcome: failure === undefined ? "ok" : "failed",
        computeUnits: gasUsed,
        accountData: instruction.accounts.map(({ key }) => dataOf(journal, key)),
        logs: journal.logs.map(({ data }) => Buffer.from(data).toString("utf8")),
      };
      journal.revert(BEGINNING, false);
      return answer;
    },
  };
}

const dataOf = (journal: Journal, key: Uint8Array): string =>
  Buffer.from(readAccount(journal, key)?.data ?? []).toString("hex");

function stateOf({ accounts }: SvmWorkload): MemoryState {
  const state = new MemoryState();
  for (const { pubkey, lamports, owner, data } of accounts) {
    const key = decodeBase58(pubkey);
    const account = {
      lamports,
      owner: decodeBase58(owner),
      executable: false,
      rentEpoch: RENT_EPOCH,
      data,
    };
    for (const [cell, value] of accountCells(account))
      state.write(ACCOUNT_DOMAIN, key, cell, value);
  }
  return state;
}
