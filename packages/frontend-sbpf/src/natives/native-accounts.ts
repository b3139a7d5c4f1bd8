import { equalBytes } from "@dragoman/bytes";
import { setLamports } from "../runtime/account-rules.ts";
import { HEAD, readData, readHead, writeHead } from "../runtime/accounts.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import type { InstructionAccount, NativeCall } from "../runtime/invocation.ts";

export type Refusal = InstructionErrorName | number | undefined;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const lamportsOf = ({ journal }: NativeCall, { index }: InstructionAccount): bigint =>
  viewOf(readHead(journal, index)).getBigUint64(HEAD.LAMPORTS, true);

export const dataOf = ({ journal }: NativeCall, { index }: InstructionAccount): Uint8Array =>
  readData(journal, index);

export const isOwnedBy = (
  { journal }: NativeCall,
  { index }: InstructionAccount,
  owner: Uint8Array,
): boolean => equalBytes(readHead(journal, index).subarray(HEAD.OWNER, HEAD.OWNER + 32), owner);

/** Whether the program that runs owns the account. */
export const isOwned = (call: NativeCall, account: InstructionAccount): boolean =>
  isOwnedBy(call, account, call.invocation.programId);

/** Whether any of the instruction's accounts with this key signs. */
export const signs = ({ invocation }: NativeCall, key: Uint8Array): boolean =>
  invocation.accounts.some((account) => account.isSigner && equalBytes(account.key, key));

/** Moves all or some lamports of an account that `program` owns. */
export function moveLamports(
  { journal, invocation }: NativeCall,
  from: InstructionAccount,
  to: InstructionAccount,
  lamports: bigint,
  program: Uint8Array = invocation.programId,
): Refusal {
  const balance = (account: InstructionAccount): bigint =>
    viewOf(readHead(journal, account.index)).getBigUint64(HEAD.LAMPORTS, true);
  return (
    setLamports(journal, program, from, balance(from) - lamports) ??
    setLamports(journal, program, to, balance(to) + lamports)
  );
}

/** Marks the account as a program that can run. */
export function setExecutable({ journal }: NativeCall, { index }: InstructionAccount): void {
  const head = readHead(journal, index).slice();
  head[HEAD.EXECUTABLE] = 1;
  writeHead(journal, index, head);
}
