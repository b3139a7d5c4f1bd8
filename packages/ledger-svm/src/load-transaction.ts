import { decodeBase58, encodeHex, equalBytes, holdsKey, KeyMap } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import {
  ADDRESS,
  accountIndex,
  type FeatureSet,
  findHead,
  HEAD,
  hasLamports,
  headLamports,
  LOADER_HEADER,
  readAccount,
  readData,
  readLoaderState,
  readNonce,
  type SvmAccount,
  withLamports,
  writeHead,
} from "@dragoman/frontend-sbpf";
import { INSTRUCTIONS_SYSVAR } from "./instructions-sysvar.ts";
import type { LoadedAccounts } from "./loaded-accounts.ts";
import type { SvmMessage } from "./message.ts";
import { messageAccounts } from "./message-accounts.ts";
import { mayLeaveRent, type RentMinimum } from "./rent.ts";
import type { TransactionError } from "./transaction-error.ts";

/** Bytes that loading an account counts beside its data, and a lookup table (SIMD-0186). */
const ACCOUNT_OVERHEAD_BYTES = 64;
const LOOKUP_TABLE_BYTES = 8248;
const NONCE_BYTES = 80;

const LOADERS = new KeyMap<true>([
  [ADDRESS.LOADER_V1.bytes, true],
  [ADDRESS.LOADER_V2.bytes, true],
  [ADDRESS.LOADER_V3.bytes, true],
  [decodeBase58("LoaderV411111111111111111111111111111111111"), true],
]);

/** Checks that the payer can pay, and takes the fee (agave `svm/src/account_loader.rs`, validate_fee_payer). Fees are burnt. */
export function payFee(
  { journal, indexes, heads, datas }: LoadedAccounts,
  fee: bigint,
  minimum: RentMinimum,
): TransactionError | undefined {
  const [head] = heads;
  const data = datas[0]!;
  const lamports = head === undefined ? 0n : headLamports(head);
  if (head === undefined || lamports === 0n) return "AccountNotFound";
  const kept = keptBy(head, data, minimum);
  if (kept === undefined) return "InvalidAccountForFee";
  if (lamports - kept < fee) return "InsufficientFundsForFee";
  const left = lamports - fee;
  if (!mayLeaveRent({ lamports, data }, { lamports: left, data }, minimum)) {
    return { InsufficientFundsForRent: { account_index: 0 } };
  }
  heads[0] = withLamports(head, left);
  writeHead(journal, indexes[0]!, heads[0]);
  return undefined;
}

/** Lamports that a payer cannot spend: a nonce account's minimum; undefined for an account that pays no fees. */
function keptBy(head: Uint8Array, data: Uint8Array, minimum: RentMinimum): bigint | undefined {
  if (!holdsKey(head, HEAD.OWNER, ADDRESS.SYSTEM.bytes)) return undefined;
  if (data.length === 0) return 0n;
  const isNonce = data.length === NONCE_BYTES && typeof readNonce(data) === "object";
  return isNonce ? minimum(NONCE_BYTES) : undefined;
}

/** Error if an instruction's program does not exist or cannot run. */
export function checkPrograms(
  loaded: LoadedAccounts,
  message: SvmMessage,
  features: FeatureSet,
): TransactionError | undefined {
  const { instructions, keys } = message;
  const checksFlag = !features.has("removeAccountsExecutableFlagChecks");
  for (const { program } of instructions) {
    const id = keys[program]!;
    if (checksFlag && equalBytes(id, ADDRESS.NATIVE_LOADER.bytes)) continue;
    if (checksFlag && equalBytes(id, INSTRUCTIONS_SYSVAR)) {
      return "InvalidProgramForExecution";
    }
    const head = liveHead(loaded, program);
    if (head === undefined) return "ProgramAccountNotFound";
    const isExecutable = head[HEAD.EXECUTABLE] !== 0;
    if (holdsKey(head, HEAD.OWNER, ADDRESS.NATIVE_LOADER.bytes)) {
      if (checksFlag && !isExecutable) return "InvalidProgramForExecution";
      continue;
    }
    const isLoaders = LOADERS.has(head, HEAD.OWNER);
    if (!checksFlag && !isLoaders) return "InvalidProgramForExecution";
    if (!checksFlag) continue;
    const isTaken = isExecutable || (isLoaders && isUnseen(message, program, features));
    const error = isTaken ? checkOwner(loaded.journal, head) : "InvalidProgramForExecution";
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Whether a program's account is named for calls alone: until disableAccountLoaderSpecialCase it was not loaded, and taken for executable. */
export function isUnseen(message: SvmMessage, program: number, features: FeatureSet): boolean {
  if (features.has("disableAccountLoaderSpecialCase")) return false;
  const isNamed = message.instructions.some(({ accounts }) => accounts.includes(program));
  return !isNamed && messageAccounts(message, features)[program]?.isWritable === false;
}

/** Before removeAccountsExecutableFlagChecks any native program could own programs. */
function checkOwner(journal: Journal, head: Uint8Array): TransactionError | undefined {
  const owner = liveAccount(journal, head.subarray(HEAD.OWNER, HEAD.OWNER + 32));
  if (owner === undefined) return "ProgramAccountNotFound";
  const isNative = equalBytes(owner.owner, ADDRESS.NATIVE_LOADER.bytes);
  return isNative && owner.executable ? undefined : "InvalidProgramForExecution";
}

function liveAccount(journal: Journal, key: Uint8Array): SvmAccount | undefined {
  const account = readAccount(journal, key);
  return account === undefined || account.lamports === 0n ? undefined : account;
}

/** Head of the account at a position, if it has lamports. */
function liveHead({ heads }: LoadedAccounts, position: number): Uint8Array | undefined {
  const head = heads[position];
  return head !== undefined && hasLamports(head) ? head : undefined;
}

/** Bytes that a transaction's accounts load. */
export function loadedBytes(
  loaded: LoadedAccounts,
  message: SvmMessage,
  features: FeatureSet,
): number {
  return features.has("formalizeLoadedTransactionDataSize")
    ? formalBytes(loaded, message)
    : oldBytes(loaded, message);
}

/** The data of every account, of the programs' code too, with what each costs beside its data (SIMD-0186). */
function formalBytes(loaded: LoadedAccounts, { keys, lookups }: SvmMessage): number {
  const { journal, indexes, datas } = loaded;
  let bytes = (lookups === undefined ? 0 : lookups.length) * LOOKUP_TABLE_BYTES;
  const codes: number[] = [];
  for (let at = 0; at < keys.length; at++) {
    const head = liveHead(loaded, at);
    if (head === undefined || equalBytes(keys[at]!, INSTRUCTIONS_SYSVAR)) continue;
    bytes += datas[at]!.length + ACCOUNT_OVERHEAD_BYTES;
    const code = codeOf(head, datas[at]!);
    if (code === undefined) continue;
    const index = accountIndex(journal, code);
    if (indexes.includes(index) || codes.includes(index)) continue;
    codes.push(index);
    const codeHead = findHead(journal, index);
    if (codeHead === undefined || !hasLamports(codeHead)) continue;
    bytes += readData(journal, index).length + ACCOUNT_OVERHEAD_BYTES;
  }
  return bytes;
}

/** The data of every account and of the loaders of what is called; programs that nothing but calls names count with their code. */
function oldBytes(loaded: LoadedAccounts, { keys, instructions }: SvmMessage): number {
  const { journal, datas } = loaded;
  let bytes = 0;
  const named = new Set(instructions.flatMap(({ accounts }) => accounts));
  for (const [index, key] of keys.entries()) {
    const head = liveHead(loaded, index);
    if (head === undefined || equalBytes(key, INSTRUCTIONS_SYSVAR)) continue;
    bytes += datas[index]!.length;
    const code = named.has(index) ? undefined : codeOf(head, datas[index]!);
    if (code !== undefined) bytes += liveAccount(journal, code)?.data.length ?? 0;
  }
  const loaders = new Set<string>();
  for (const { program } of instructions) {
    const head = liveHead(loaded, program);
    const owner = head?.subarray(HEAD.OWNER, HEAD.OWNER + 32);
    const name = owner && encodeHex(owner);
    if (owner === undefined || name === ADDRESS.NATIVE_LOADER.hex || loaders.has(name!)) continue;
    loaders.add(name!);
    bytes += liveAccount(journal, owner)?.data.length ?? 0;
  }
  return bytes;
}

/** Address of the account with the code of a program of the upgradeable loader. */
function codeOf(head: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  if (!holdsKey(head, HEAD.OWNER, ADDRESS.LOADER_V3.bytes)) return undefined;
  const state = readLoaderState(data);
  return state?.kind === "program" && data.length >= LOADER_HEADER.PROGRAM
    ? state.dataAddress
    : undefined;
}
