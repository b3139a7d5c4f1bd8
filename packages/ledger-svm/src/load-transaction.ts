import { decodeBase58, encodeHex } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import {
  ADDRESS,
  type FeatureSet,
  LOADER_HEADER,
  readAccount,
  readLoaderState,
  readNonce,
  type SvmAccount,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import { INSTRUCTIONS_SYSVAR_HEX } from "./instructions-sysvar.ts";
import type { SvmMessage } from "./message.ts";
import { messageAccounts } from "./message-accounts.ts";
import { mayLeaveRent, type RentMinimum } from "./rent.ts";
import type { TransactionError } from "./transaction-error.ts";

/** Bytes that loading an account counts beside its data, and a lookup table (SIMD-0186). */
const ACCOUNT_OVERHEAD_BYTES = 64;
const LOOKUP_TABLE_BYTES = 8248;
const NONCE_BYTES = 80;

const LOADERS = new Set<string>([
  ADDRESS.LOADER_V1.hex,
  ADDRESS.LOADER_V2.hex,
  ADDRESS.LOADER_V3.hex,
  encodeHex(decodeBase58("LoaderV411111111111111111111111111111111111")),
]);

/** Checks that the payer can pay, and takes the fee (agave `svm/src/account_loader.rs`, validate_fee_payer). Fees are burnt. */
export function payFee(
  journal: Journal,
  key: Uint8Array,
  fee: bigint,
  minimum: RentMinimum,
): TransactionError | undefined {
  const payer = readAccount(journal, key);
  if (payer === undefined || payer.lamports === 0n) return "AccountNotFound";
  const kept = keptBy(payer, minimum);
  if (kept === undefined) return "InvalidAccountForFee";
  if (payer.lamports - kept < fee) return "InsufficientFundsForFee";
  const after = { ...payer, lamports: payer.lamports - fee };
  if (!mayLeaveRent(payer, after, minimum)) {
    return { InsufficientFundsForRent: { account_index: 0 } };
  }
  writeAccount(journal, key, after);
  return undefined;
}

/** Lamports that a payer cannot spend: a nonce account's minimum; undefined for an account that pays no fees. */
function keptBy({ owner, data }: SvmAccount, minimum: RentMinimum): bigint | undefined {
  if (encodeHex(owner) !== ADDRESS.SYSTEM.hex) return undefined;
  if (data.length === 0) return 0n;
  const isNonce = data.length === NONCE_BYTES && typeof readNonce(data) === "object";
  return isNonce ? minimum(NONCE_BYTES) : undefined;
}

/** Error if an instruction's program does not exist or cannot run. */
export function checkPrograms(
  journal: Journal,
  message: SvmMessage,
  features: FeatureSet,
): TransactionError | undefined {
  const { instructions, keys } = message;
  const checksFlag = !features.has("removeAccountsExecutableFlagChecks");
  for (const { program } of instructions) {
    const id = keys[program]!;
    if (checksFlag && encodeHex(id) === ADDRESS.NATIVE_LOADER.hex) continue;
    if (checksFlag && encodeHex(id) === INSTRUCTIONS_SYSVAR_HEX) {
      return "InvalidProgramForExecution";
    }
    const account = liveAccount(journal, id);
    if (account === undefined) return "ProgramAccountNotFound";
    const owner = encodeHex(account.owner);
    if (owner === ADDRESS.NATIVE_LOADER.hex) {
      if (checksFlag && !account.executable) return "InvalidProgramForExecution";
    } else if (checksFlag) {
      const isTaken = LOADERS.has(owner) && isUnseen(message, program, features);
      const error = checkOwner(journal, isTaken ? { ...account, executable: true } : account);
      if (error !== undefined) return error;
    } else if (!LOADERS.has(owner)) return "InvalidProgramForExecution";
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
function checkOwner(journal: Journal, program: SvmAccount): TransactionError | undefined {
  if (!program.executable) return "InvalidProgramForExecution";
  const owner = liveAccount(journal, program.owner);
  if (owner === undefined) return "ProgramAccountNotFound";
  const isNative = encodeHex(owner.owner) === ADDRESS.NATIVE_LOADER.hex;
  return isNative && owner.executable ? undefined : "InvalidProgramForExecution";
}

function liveAccount(journal: Journal, key: Uint8Array): SvmAccount | undefined {
  const account = readAccount(journal, key);
  return account === undefined || account.lamports === 0n ? undefined : account;
}

/** Bytes that a transaction's accounts load. */
export function loadedBytes(journal: Journal, message: SvmMessage, features: FeatureSet): number {
  return features.has("formalizeLoadedTransactionDataSize")
    ? formalBytes(journal, message)
    : oldBytes(journal, message);
}

/** The data of every account, of the programs' code too, with what each costs beside its data (SIMD-0186). */
function formalBytes(journal: Journal, { keys, lookups = [] }: SvmMessage): number {
  let bytes = lookups.length * LOOKUP_TABLE_BYTES;
  const counted = new Set(keys.map((key) => encodeHex(key)));
  for (const key of keys) {
    if (encodeHex(key) === INSTRUCTIONS_SYSVAR_HEX) continue;
    const account = liveAccount(journal, key);
    if (account === undefined) continue;
    bytes += account.data.length + ACCOUNT_OVERHEAD_BYTES;
    const code = codeOf(account);
    if (code === undefined || counted.has(encodeHex(code))) continue;
    counted.add(encodeHex(code));
    const data = liveAccount(journal, code)?.data;
    if (data !== undefined) bytes += data.length + ACCOUNT_OVERHEAD_BYTES;
  }
  return bytes;
}

/** The data of every account and of the loaders of what is called; programs that nothing but calls names count with their code. */
function oldBytes(journal: Journal, { keys, instructions }: SvmMessage): number {
  let bytes = 0;
  const named = new Set(instructions.flatMap(({ accounts }) => accounts));
  for (const [index, key] of keys.entries()) {
    const account = liveAccount(journal, key);
    if (account === undefined || encodeHex(key) === INSTRUCTIONS_SYSVAR_HEX) continue;
    bytes += account.data.length;
    const code = named.has(index) ? undefined : codeOf(account);
    if (code !== undefined) bytes += liveAccount(journal, code)?.data.length ?? 0;
  }
  const loaders = new Set<string>();
  for (const { program } of instructions) {
    const owner = liveAccount(journal, keys[program]!)?.owner;
    const name = owner && encodeHex(owner);
    if (owner === undefined || name === ADDRESS.NATIVE_LOADER.hex || loaders.has(name!)) continue;
    loaders.add(name!);
    bytes += liveAccount(journal, owner)?.data.length ?? 0;
  }
  return bytes;
}

/** Address of the account with the code of a program of the upgradeable loader. */
function codeOf({ owner, data }: SvmAccount): Uint8Array | undefined {
  if (encodeHex(owner) !== ADDRESS.LOADER_V3.hex) return undefined;
  const state = readLoaderState(data);
  return state?.kind === "program" && data.length >= LOADER_HEADER.PROGRAM
    ? state.dataAddress
    : undefined;
}
