import { equalBytes, holdsKey } from "@dragoman/bytes";
import { setLamports } from "../runtime/account-rules.ts";
import { HEAD, headLamports, readData, readHead, writeHead } from "../runtime/accounts.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import type { InstructionAccount, NativeCall } from "../runtime/invocation.ts";

export type Refusal = InstructionErrorName | number | undefined;

export const lamportsOf = ({ journal }: NativeCall, { index }: InstructionAccount): bigint =>
  headLamports(readHead(journal, index));

export const dataOf = ({ journal }: NativeCall, { index }: InstructionAccount): Uint8Array =>
  readData(journal, index);

export const isOwnedBy = (
  { journal }: NativeCall,
  { index }: InstructionAccount,
  owner: Uint8Array,
): boolean => holdsKey(readHead(journal, index), HEAD.OWNER, owner);

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
    headLamports(readHead(journal, account.index));
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
