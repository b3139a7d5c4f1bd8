import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JsonRecord } from "@dragoman/conformance";
import { refuse } from "@dragoman/fault";
import { jsonFiles, nameOf, readJson, suiteFolders } from "./folder.ts";

export interface SvmAccount {
  /** Base58. */
  readonly pubkey: string;
  readonly signer: boolean;
  readonly writable: boolean;
  readonly lamports: bigint;
  /** Base58. */
  readonly owner: string;
  readonly data: Uint8Array;
}

/** One instruction of one program, with what must come out. */
export interface SvmWorkload {
  readonly name: string;
  readonly elf: Uint8Array;
  /** Base58. */
  readonly programId: string;
  readonly computeUnitLimit: bigint;
  readonly instructionData: Uint8Array;
  readonly accounts: readonly SvmAccount[];
  readonly expect: SvmAnswer;
  /** Executions in a row that are timed together, for work of microseconds. */
  readonly batch: number;
}

export interface SvmAnswer {
  readonly outcome: "ok" | "failed";
  readonly computeUnits: bigint;
  /** Account data after the instruction, in the order of the workload's accounts, hex. */
  readonly accountData: readonly string[];
  readonly logs: readonly string[] | undefined;
}

/** Workloads of the form `{elf, program_id, instruction_data_hex, accounts, expect}`; other files are left. */
export function svmWorkloads(casesFolder?: string): SvmWorkload[] {
  return suiteFolders("svm", casesFolder)
    .flatMap(jsonFiles)
    .map((path) => ({ path, value: readJson(path) }))
    .filter(({ value }) => isInstruction(value))
    .map(({ path, value }) => svmWorkload(path, value));
}

/** Executions of a transfer that are timed together. */
const TRANSFER_BATCH = 100;

/**
 * The token transfer of `token_transfer.json`, with the token program that `elf` is: one instruction of a few microseconds.
 * Undefined where the folder has none.
 */
export function transferWorkload(folder: string, elf: Uint8Array): SvmWorkload | undefined {
  const path = join(folder, "token_transfer.json");
  if (!existsSync(path)) return undefined;
  const record = new JsonRecord(path, readJson(path));
  const pre = record.record("pre");
  const post = record.record("post");
  const account = (name: string): SvmAccount => {
    const fields = pre.record(name);
    return {
      pubkey: fields.string("pubkey"),
      signer: false,
      writable: true,
      lamports: fields.integer("lamports"),
      owner: fields.string("owner"),
      data: fields.bytes("data_hex"),
    };
  };
  const payer: SvmAccount = {
    pubkey: record.string("payer"),
    signer: true,
    writable: false,
    lamports: 1_000_000_000n,
    owner: SYSTEM_PROGRAM,
    data: new Uint8Array(0),
  };
  return {
    name: "token transfer, p-token (litesvm: a whole transaction)",
    elf,
    programId: account("a").owner,
    computeUnitLimit: 200_000n,
    instructionData: record.bytes("ix_data_hex"),
    accounts: [account("a"), account("b"), payer],
    batch: TRANSFER_BATCH,
    expect: {
      outcome: "ok",
      computeUnits: record.integer("cu_ptoken"),
      accountData: [post.string("a"), post.string("b"), ""],
      logs: record.strings("logs"),
    },
  };
}

const SYSTEM_PROGRAM = "11111111111111111111111111111111";

const isInstruction = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "instruction_data_hex" in value && "elf" in value;

/** @throws FaultError naming file and field */
export function svmWorkload(path: string, value: unknown): SvmWorkload {
  const record = new JsonRecord(path, value);
  const accounts = record.records("accounts");
  const expect = record.record("expect");
  const result = expect.string("result");
  return {
    name: `${nameOf(path)} ${record.string("name")}`,
    elf: readElf(join(dirname(path), record.string("elf")), path),
    programId: record.string("program_id"),
    computeUnitLimit: record.integer("compute_unit_limit"),
    instructionData: record.bytes("instruction_data_hex"),
    accounts: accounts.map((account) => ({
      pubkey: account.string("pubkey"),
      signer: account.boolean("is_signer"),
      writable: account.boolean("is_writable"),
      lamports: account.integer("lamports"),
      owner: account.string("owner"),
      data: account.bytes("data_hex_before"),
    })),
    batch: 1,
    expect: {
      outcome: result === "ok" ? "ok" : "failed",
      computeUnits: expect.integer("compute_units"),
      accountData: accounts.map((account) => account.string("data_hex_after").toLowerCase()),
      logs: expect.has("logs") ? expect.strings("logs") : undefined,
    },
  };
}

function readElf(elf: string, from: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(elf));
  } catch {
    refuse("UNSUPPORTED_FILE", undefined, `${from}: elf: there is no file ${elf}`);
  }
}
