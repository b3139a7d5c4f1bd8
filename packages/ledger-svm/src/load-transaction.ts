import { encodeHex } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import { ADDRESS, readAccount, type SvmPrograms, writeAccount } from "@dragoman/frontend-sbpf";
import type { SvmMessage } from "./message.ts";
import { mayLeaveRent } from "./rent.ts";
import type { TransactionError } from "./transaction-error.ts";

/** Bytes that loading an account counts beside its data (SIMD-0186). */
const ACCOUNT_OVERHEAD_BYTES = 64;

const LOADERS = new Set<string>([
  ADDRESS.LOADER_V1.hex,
  ADDRESS.LOADER_V2.hex,
  ADDRESS.LOADER_V3.hex,
]);

/** Checks that the payer can pay, and takes the fee (agave `svm/src/account_loader.rs`, validate_fee_payer). Fees are burnt. */
export function payFee(
  journal: Journal,
  key: Uint8Array,
  fee: bigint,
): TransactionError | undefined {
  const payer = readAccount(journal, key);
  if (payer === undefined || payer.lamports === 0n) return "AccountNotFound";
  if (encodeHex(payer.owner) !== ADDRESS.SYSTEM.hex || payer.data.length > 0) {
    return "InvalidAccountForFee";
  }
  if (payer.lamports < fee) return "InsufficientFundsForFee";
  const after = { ...payer, lamports: payer.lamports - fee };
  if (!mayLeaveRent(payer, after)) return { InsufficientFundsForRent: { account_index: 0 } };
  writeAccount(journal, key, after);
  return undefined;
}

/** Error if an instruction's program does not exist or cannot run. */
export function checkPrograms(
  journal: Journal,
  programs: SvmPrograms,
  { instructions, keys }: SvmMessage,
): TransactionError | undefined {
  for (const { program } of instructions) {
    const id = keys[program]!;
    const account = readAccount(journal, id);
    if (account === undefined) {
      if (programs.find(journal, id) === undefined) return "ProgramAccountNotFound";
      continue;
    }
    const owner = encodeHex(account.owner);
    const isProgram = LOADERS.has(owner) || owner === ADDRESS.NATIVE_LOADER.hex;
    if (!account.executable || !isProgram) return "InvalidProgramForExecution";
  }
  return undefined;
}

/** Bytes that a transaction's accounts load. */
export function loadedBytes(journal: Journal, keys: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const key of keys) {
    const account = readAccount(journal, key);
    if (account !== undefined) bytes += account.data.length + ACCOUNT_OVERHEAD_BYTES;
  }
  return bytes;
}
