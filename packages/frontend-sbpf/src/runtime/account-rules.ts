import { compareBytes } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import {
  HEAD,
  headLamports,
  readData,
  readHead,
  withLamports,
  writeData,
  writeHead,
} from "./accounts.ts";
import type { InstructionErrorName } from "./instruction-error.ts";
import type { InstructionAccount } from "./invocation.ts";

export const ACCOUNT_DATA_BYTES_MAX = 10 << 20;
/** Growth of all accounts in one transaction. */
const GROWTH_BYTES_MAX = 20 << 20;

/** Journal counter that holds the growth of all accounts in the transaction. */
const GROWTH_COUNTER = 0;
/** Journal counters that hold the sum of all changes of balances in the transaction. */
const DELTA_COUNTER = { LOW: 2, HIGH: 3 } as const;

function isOwner(head: Uint8Array, program: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) if (head[HEAD.OWNER + i] !== program[i]) return false;
  return true;
}

/**
 * Changes to accounts under the rules of the runtime (agave `transaction-context/src/instruction_accounts.rs`). Each returns the
 * error that forbids the change, or undefined.
 */
export function setLamports(
  journal: Journal,
  program: Uint8Array,
  account: InstructionAccount,
  lamports: bigint,
): InstructionErrorName | undefined {
  const head = readHead(journal, account.index);
  const old = headLamports(head);
  if (lamports < old && !isOwner(head, program)) return "ExternalAccountLamportSpend";
  if (!account.isWritable) return "ReadonlyLamportChange";
  if (account.isFrozen === true) return "ExecutableLamportChange";
  if (lamports === old) return undefined;
  writeHead(journal, account.index, withLamports(head, lamports));
  addBalanceDelta(journal, old, lamports);
  return undefined;
}

/** `data` becomes the account's; it is not copied. */
export function setData(
  journal: Journal,
  program: Uint8Array,
  account: InstructionAccount,
  data: Uint8Array,
): InstructionErrorName | undefined {
  const refusal = resizeRefusal(journal, program, account, data.length);
  if (refusal !== undefined) return refusal;
  const old = readData(journal, account.index);
  if (compareBytes(old, data) === 0) return undefined;
  if (old.length !== data.length) {
    const growth = journal.counter(GROWTH_COUNTER) + data.length - old.length;
    journal.setCounter(GROWTH_COUNTER, growth);
  }
  writeData(journal, account.index, data);
  return undefined;
}

/** Why the data may not be replaced by `length` bytes. */
export function resizeRefusal(
  journal: Journal,
  program: Uint8Array,
  account: InstructionAccount,
  length: number,
): InstructionErrorName | undefined {
  const old = readData(journal, account.index).length;
  const head = readHead(journal, account.index);
  if (length !== old) {
    if (!isOwner(head, program)) return "AccountDataSizeChanged";
    if (length > ACCOUNT_DATA_BYTES_MAX) return "InvalidRealloc";
    if (journal.counter(GROWTH_COUNTER) + length - old > GROWTH_BYTES_MAX) {
      return "MaxAccountsDataAllocationsExceeded";
    }
  }
  if (account.isFrozen === true) return "ExecutableDataModified";
  if (!account.isWritable) return "ReadonlyDataModified";
  return isOwner(head, program) ? undefined : "ExternalAccountDataModified";
}

export function setOwner(
  journal: Journal,
  program: Uint8Array,
  account: InstructionAccount,
  owner: Uint8Array,
): InstructionErrorName | undefined {
  const head = readHead(journal, account.index);
  const mayChange = isOwner(head, program) && account.isWritable && account.isFrozen !== true;
  if (!mayChange) return "ModifiedProgramId";
  if (!readData(journal, account.index).every((byte) => byte === 0)) return "ModifiedProgramId";
  const changed = head.slice();
  changed.set(owner, HEAD.OWNER);
  writeHead(journal, account.index, changed);
  return undefined;
}

/** Whether all changes of balances in the transaction come to nothing, as they must where an instruction begins or ends. */
export const isBalanced = (journal: Journal): boolean =>
  journal.counter(DELTA_COUNTER.LOW) === 0 && journal.counter(DELTA_COUNTER.HIGH) === 0;

/** Notes that a balance changed. The sum is kept in two counters, of which the low one lies in 0..2^32-1. */
function addBalanceDelta(journal: Journal, old: bigint, lamports: bigint): void {
  BALANCES[0] = old;
  BALANCES[1] = lamports;
  const low = journal.counter(DELTA_COUNTER.LOW) + HALVES[2] - HALVES[0];
  const carry = Math.floor(low / HALF);
  const high = journal.counter(DELTA_COUNTER.HIGH) + HALVES[3] - HALVES[1] + carry;
  journal.setCounter(DELTA_COUNTER.LOW, low - carry * HALF);
  journal.setCounter(DELTA_COUNTER.HIGH, high);
}

const HALF = 4294967296;
const BALANCES = new BigUint64Array(2);
/** Their low and high halves. */
const HALVES = new Uint32Array(BALANCES.buffer);
