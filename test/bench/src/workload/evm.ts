import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JsonRecord } from "@dragoman/conformance";
import { refuse } from "@dragoman/fault";
import { jsonFiles, readJson, standardFolder, suiteFolders } from "./folder.ts";

/** One call of a contract, with what must come out. Addresses are lower-case hex with 0x. */
export interface EvmWorkload {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly gasLimit: bigint;
  /** Lower-case hard fork name as in the files: "cancun". */
  readonly fork: string;
  readonly calldata: Uint8Array;
  /** Runtime code by address. */
  readonly accounts: ReadonlyMap<string, Uint8Array>;
  /** Wei by address; others have none. */
  readonly balances: ReadonlyMap<string, bigint>;
  /** Slots by address: 32-byte words. */
  readonly storage: ReadonlyMap<string, ReadonlyMap<bigint, bigint>>;
  /** Execution gas: without the transaction's own 21,000 and calldata, before refund. */
  readonly gasExecution: bigint | undefined;
  readonly gasRefund: bigint;
  readonly returnValue: string | undefined;
}

/** What a contender answers; `gas` is execution gas before refund. */
export interface EvmAnswer {
  readonly outcome: "ok" | "revert" | "trap";
  readonly returnValue: string;
  readonly gas: bigint | undefined;
  /** What would be given back; undefined where the contender does not tell. */
  readonly refund?: bigint;
}

const OWN_FOLDER = fileURLToPath(new URL("../../workloads/evm", import.meta.url));

/** Files of this package's workloads: what the standard ones leave out. Compiled from `solidity/Workloads.sol`. */
export const ownWorkloadFiles = (): string[] => jsonFiles(OWN_FOLDER);

/** Files of the standard folder; none where there is no such folder. */
export function standardWorkloadFiles(): string[] {
  const folder = standardFolder();
  return folder === undefined ? [] : jsonFiles(join(folder, "evm"));
}

/** This package's workloads. @throws FaultError */
export const ownEvmWorkloads = (): EvmWorkload[] =>
  ownWorkloadFiles().map((path) => evmWorkload(path, readJson(path)));

/** The workloads of the standard folder and of `casesFolder`. @throws FaultError */
export function evmWorkloads(casesFolder?: string): EvmWorkload[] {
  return suiteFolders("evm", casesFolder)
    .flatMap(jsonFiles)
    .map((path) => evmWorkload(path, readJson(path)));
}

/** @throws FaultError naming file and field */
export function evmWorkload(path: string, value: unknown): EvmWorkload {
  const record = new JsonRecord(path, value);
  const accounts = record.record("accounts");
  const codes = new Map(accounts.keys().map((key) => [address(path, key), accounts.bytes(key)]));
  return {
    name: record.string("name"),
    from: address(path, record.string("from")),
    to: address(path, record.string("to")),
    gasLimit: record.has("gasLimit") ? record.integer("gasLimit") : 1n << 30n,
    fork: record.has("fork") ? record.string("fork").toLowerCase() : "cancun",
    calldata: record.bytes("calldata"),
    accounts: codes,
    balances: record.has("balances") ? balances(path, record.record("balances")) : new Map(),
    storage: record.has("storage") ? storage(path, record.record("storage")) : new Map(),
    gasExecution: record.has("gasExecution") ? record.integer("gasExecution") : undefined,
    gasRefund: record.has("gasRefund") ? record.integer("gasRefund") : 0n,
    returnValue: record.has("returnValue") ? record.string("returnValue").toLowerCase() : undefined,
  };
}

const balances = (path: string, record: JsonRecord): Map<string, bigint> =>
  new Map(record.keys().map((key) => [address(path, key), record.integer(key)]));

function storage(path: string, record: JsonRecord): Map<string, Map<bigint, bigint>> {
  return new Map(
    record.keys().map((key) => {
      const slots = record.record(key);
      const words = slots.keys().map((slot) => [BigInt(slot), slots.integer(slot)] as const);
      return [address(path, key), new Map(words)];
    }),
  );
}

function address(path: string, text: string): string {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text))
    refuse("MALFORMED_CASE", undefined, `${path}: ${text} is no address`);
  return text.toLowerCase();
}

/** Gas that a transaction pays before its code runs: 21,000 and calldata (EIP-2028). */
export function intrinsicGas(calldata: Uint8Array): bigint {
  return calldata.reduce((gas, byte) => gas + (byte === 0 ? 4n : 16n), 21_000n);
}

export const addressBytes = (address: string): Uint8Array =>
  new Uint8Array(Buffer.from(address.slice(2), "hex"));

export const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
