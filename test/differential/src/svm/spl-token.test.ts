import { decodeBase58, encodeBase58 } from "@dragoman/bytes";
import { Engine, MemoryState, type Tier } from "@dragoman/core";
import {
  ACCOUNT_DOMAIN,
  accountCells,
  executeInstruction,
  MAINNET_NATIVES,
  readAccount,
  type SvmAccount,
  type SvmFailure,
  SvmPrograms,
  SYSVARS,
} from "@dragoman/frontend-sbpf";
import { LiteSVM } from "litesvm";
import { expect, test } from "vitest";
import { readJson, svmBenchFolder } from "./bench-folder.ts";
import { decodeTransaction } from "./transaction.ts";

interface GoldenAccount {
  readonly pubkey: string;
  readonly exists?: boolean;
  readonly lamports: string;
  readonly owner: string;
  readonly executable: boolean;
  readonly data_b64?: string;
}

interface GoldenCase {
  readonly name: string;
  readonly wire_b64: string;
  readonly pre: readonly GoldenAccount[];
  readonly post: readonly GoldenAccount[];
  readonly ok: boolean;
  readonly err: string | null;
  readonly cu: number;
  readonly logs: readonly string[];
}

const folder = svmBenchFolder();
const peer = new LiteSVM();
const programs = new SvmPrograms(MAINNET_NATIVES);
const peerData = new Map<string, Uint8Array>();

/** Data of an account that the peer begins with: its programs. One array for one account, so that programs are loaded once. */
function dataOf(address: string): Uint8Array {
  let data = peerData.get(address);
  if (data === undefined) {
    const account = peer.getAccount(address as never) as { data?: Uint8Array } | null;
    data = Uint8Array.from(account?.data ?? []);
    peerData.set(address, data);
  }
  return data;
}

const sysvars = new Map(
  Object.values(SYSVARS).map(({ address, idHex }) => [idHex, dataOf(address)]),
);

const LOADER = "BPFLoaderUpgradeab1e11111111111111111111111";

function stateBefore(golden: GoldenCase): MemoryState {
  const state = new MemoryState();
  const put = (key: Uint8Array, account: SvmAccount): void => {
    for (const [cell, value] of accountCells(account))
      state.write(ACCOUNT_DOMAIN, key, cell, value);
  };
  for (const { pubkey, exists, lamports, owner, executable, data_b64: base64 } of golden.pre) {
    if (exists === false) continue;
    const data =
      base64 === undefined ? dataOf(pubkey) : Uint8Array.from(Buffer.from(base64, "base64"));
    const account = { owner: decodeBase58(owner), executable, rentEpoch: 2n ** 64n - 1n, data };
    put(decodeBase58(pubkey), { ...account, lamports: BigInt(lamports) });
    if (owner !== LOADER) continue;
    const elf = dataOf(encodeBase58(data.subarray(4, 36)));
    put(data.slice(4, 36), { ...account, lamports: 1n, executable: false, data: elf });
  }
  return state;
}

const LAMPORTS_PER_SIGNATURE = 5000n;

function run(golden: GoldenCase, tier: Tier): void {
  const transaction = decodeTransaction(Buffer.from(golden.wire_b64, "base64"));
  const engine = new Engine({ state: stateBefore(golden), tier });
  let gas = BigInt(transaction.unitLimit);
  let failure: SvmFailure | undefined;
  for (const instruction of transaction.instructions) {
    const shared = {
      findProgram: programs.find,
      sysvar: (idHex: string) => sysvars.get(idHex as never),
      heapBytes: transaction.heapBytes,
      heightMax: 5,
    };
    const result = executeInstruction(engine, shared, instruction, gas);
    gas -= result.gasUsed;
    failure = result.failure;
    if (failure !== undefined) break;
  }
  const logs = engine.journal.logs.map(({ data }) => Buffer.from(data).toString());
  expect(logs, golden.name).toEqual(golden.logs);
  expect(transaction.unitLimit - Number(gas), golden.name).toBe(golden.cu);
  if (golden.err === null) expect(failure, golden.name).toBeUndefined();
  else if (golden.err.includes("InstructionError {")) expect(golden.err).toContain(failure?.error);
  if (!golden.ok) return;
  const payer = encodeBase58(transaction.keys[0] as Uint8Array);
  for (const wanted of golden.post) {
    const account = readAccount(engine.journal, decodeBase58(wanted.pubkey));
    if (wanted.exists === false) continue;
    const fee =
      wanted.pubkey === payer ? LAMPORTS_PER_SIGNATURE * BigInt(transaction.signatures) : 0n;
    const isPriority = golden.name.includes("priority fee");
    if (!isPriority) expect(account?.lamports).toBe(BigInt(wanted.lamports) + fee);
    expect(encodeBase58(account?.owner ?? new Uint8Array(32))).toBe(wanted.owner);
    if (wanted.data_b64 === undefined) continue;
    expect(Buffer.from(account?.data ?? []).toString("base64")).toBe(wanted.data_b64);
  }
}

test.each(["interpret", "compile", "auto"] as const)(
  "%s: recorded transactions of SPL Token, the associated token program and Memo",
  (tier) => {
    if (folder === undefined) return;
    const { cases } = readJson<{ cases: GoldenCase[] }>(folder, "golden_spl_token.json");
    // What fails before any instruction runs is the ledger's: unknown programs, rent.
    for (const golden of cases) if (golden.cu > 0) run(golden, tier);
  },
);
