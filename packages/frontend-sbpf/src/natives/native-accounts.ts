import { equalBytes } from "@dragoman/bytes";
import { setData, setLamports, setOwner } from "../runtime/account-rules.ts";
import { HEAD, readData, readHead, writeHead } from "../runtime/accounts.ts";
import { ADDRESS } from "../runtime/addresses.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import { type InstructionAccount, type NativeCall, recordCall } from "../runtime/invocation.ts";
import { SYSVARS } from "../runtime/sysvars.ts";
import { SYSTEM_UNITS } from "./system-units.ts";

export type Refusal = InstructionErrorName | number | undefined;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const lamportsOf = ({ journal }: NativeCall, { index }: InstructionAccount): bigint =>
  viewOf(readHead(journal, index)).getBigUint64(HEAD.LAMPORTS, true);

export const dataOf = ({ journal }: NativeCall, { index }: InstructionAccount): Uint8Array =>
  readData(journal, index);

/** Whether the loader owns the account. */
export const isOwned = (call: NativeCall, { index }: InstructionAccount): boolean =>
  equalBytes(
    readHead(call.journal, index).subarray(HEAD.OWNER, HEAD.OWNER + 32),
    call.invocation.programId,
  );

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

const ONE_YEAR = 0x3ff0_0000_0000_0000n;

/** Balance that exempts an account from rent, by the sysvar Rent: lamports for each byte, times the threshold in years. */
export function rentMinimum({ invocation }: NativeCall, dataBytes: number): bigint | undefined {
  const rent = invocation.transaction.sysvar(SYSVARS.rent.idHex);
  if (rent === undefined) return undefined;
  const view = viewOf(rent);
  const perByte = view.getBigUint64(0, true);
  // On all chains the threshold is 1.0 (SIMD-0194), or 2.0 as it was before, as bits of a double.
  const years = view.getBigUint64(8, true) === ONE_YEAR ? 1n : 2n;
  return BigInt(128 + dataBytes) * perByte * years;
}

/** Slot of the sysvar Clock. */
export function currentSlot({ invocation }: NativeCall): bigint | undefined {
  const clock = invocation.transaction.sysvar(SYSVARS.clock.idHex);
  return clock && viewOf(clock).getBigUint64(0, true);
}

/** A call of the system program, as if it were made: its units, its lines in the log, its record. */
function callSystem(
  { frame, journal, invocation, log }: NativeCall,
  accounts: readonly InstructionAccount[],
  data: Uint8Array,
  act: () => Refusal,
): Refusal {
  if (!frame.charge(SYSTEM_UNITS)) return "ComputationalBudgetExceeded";
  const { text, bytes: programId } = ADDRESS.SYSTEM;
  const height = invocation.height + 1;
  if (invocation.transaction.recordsCalls === true) {
    recordCall(journal, { programId, accounts, data, height });
  }
  log(`Program ${text} invoke [${height}]`);
  const refusal = act();
  if (refusal === undefined) log(`Program ${text} success`);
  return refusal;
}

/** Custom errors of the system program. */
const SYSTEM_ERROR = { ACCOUNT_ALREADY_IN_USE: 0, RESULT_WITH_NEGATIVE_LAMPORTS: 1 } as const;

/** System.Transfer from a payer that signs. */
export function payFrom(
  call: NativeCall,
  payer: InstructionAccount,
  account: InstructionAccount,
  lamports: bigint,
): Refusal {
  const data = new Uint8Array(12);
  data[0] = 2;
  viewOf(data).setBigUint64(4, lamports, true);
  return callSystem(call, [payer, account], data, () => spend(call, payer, account, lamports));
}

function spend(
  call: NativeCall,
  payer: InstructionAccount,
  account: InstructionAccount,
  lamports: bigint,
): Refusal {
  if (!payer.isSigner) return "MissingRequiredSignature";
  if (lamportsOf(call, payer) < lamports) return SYSTEM_ERROR.RESULT_WITH_NEGATIVE_LAMPORTS;
  return moveLamports(call, payer, account, lamports, ADDRESS.SYSTEM.bytes);
}

/** System.CreateAccount of an account that the loader signs for by derivation: it has `bytes` zeros, and the loader owns it. */
export function createAccount(
  call: NativeCall,
  payer: InstructionAccount,
  account: InstructionAccount,
  lamports: bigint,
  bytes: number,
): Refusal {
  const { journal, invocation } = call;
  const data = new Uint8Array(52);
  viewOf(data).setBigUint64(4, lamports, true);
  viewOf(data).setBigUint64(12, BigInt(bytes), true);
  data.set(invocation.programId, 20);
  const system = ADDRESS.SYSTEM.bytes;
  return callSystem(call, [payer, account], data, () => {
    const isFree = lamportsOf(call, account) === 0n && dataOf(call, account).length === 0;
    if (!isFree) return SYSTEM_ERROR.ACCOUNT_ALREADY_IN_USE;
    return (
      setData(journal, system, account, new Uint8Array(bytes)) ??
      setOwner(journal, system, account, invocation.programId) ??
      spend(call, payer, account, lamports)
    );
  });
}
