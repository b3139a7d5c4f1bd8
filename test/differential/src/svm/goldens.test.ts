import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBase58, decodeHex, encodeHex } from "@dragoman/bytes";
import { Engine, MemoryState, type Tier } from "@dragoman/core";
import {
  ACCOUNT_DOMAIN,
  accountCells,
  executeInstruction,
  loadSbpf,
  readAccount,
  type SvmAccount,
} from "@dragoman/frontend-sbpf";
import { expect, test } from "vitest";
import { readJson, svmBenchFolder } from "./bench-folder.ts";

interface Golden {
  readonly program_id: string;
  readonly account: string;
  readonly cu_limit: number;
  readonly cases: readonly {
    readonly ix: string;
    readonly cu: number;
    readonly logs: readonly string[];
    readonly data_after: string;
  }[];
}

const folder = svmBenchFolder();
const tiers: readonly Tier[] = ["interpret", "compile", "auto"];
const combinations = [0, 3].flatMap((version) => tiers.map((tier) => [version, tier] as const));

test.each(combinations)("v%i, %s: recorded runs of a compiled C program", (version, tier) => {
  if (folder === undefined) return;
  const golden = readJson<Golden>(folder, `golden_v${version}_1.4M.json`);
  const program = loadSbpf(readFileSync(join(folder, `prog_v${version}.so`)));
  const programId = decodeBase58(golden.program_id);
  const key = decodeBase58(golden.account);
  const account: SvmAccount = {
    lamports: 1_000_000_000n,
    owner: programId,
    executable: false,
    rentEpoch: 0n,
    data: new Uint8Array(256),
  };
  for (const { ix, cu, logs, data_after: after } of golden.cases) {
    const state = new MemoryState();
    for (const [cell, value] of accountCells(account))
      state.write(ACCOUNT_DOMAIN, key, cell, value);
    const engine = new Engine({ state, tier });
    const result = executeInstruction(
      engine,
      {
        findProgram: () => ({ program, isUnaligned: false, isNative: false }),
        sysvar: () => undefined,
        heapBytes: 32 * 1024,
        heightMax: 5,
      },
      { programId, accounts: [{ key, isSigner: false, isWritable: true }], data: decodeHex(ix) },
      BigInt(golden.cu_limit),
    );
    expect(result.gasUsed).toBe(BigInt(cu));
    expect(engine.journal.logs.map(({ data }) => Buffer.from(data).toString())).toEqual(logs);
    expect(encodeHex(readAccount(engine.journal, key)?.data ?? new Uint8Array(0))).toBe(
      `0x${after}`,
    );
  }
});
