import { compareBytes } from "@dragoman/bytes";
import { type Journal, WORD_CELLS } from "@dragoman/core";
import { HEAD, readData, readHead, writeData, writeHead } from "./accounts.ts";
import type { InstructionErrorName } from "./instruction-error.ts";
import type { InstructionAccount } from "./invocation.ts";

export const ACCOUNT_DATA_BYTES_MAX = 10 << 20;
/** Growth of all accounts in one transaction. */
const GROWTH_BYTES_MAX = 20 << 20;

/** Journal counter that holds the growth of all accounts in the transaction. */
const GROWTH_COUNTER = 0;

const EMPTY = new Uint8Array(0);

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
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const old = view.getBigUint64(HEAD.LAMPORTS, true);
  if (lamports < old && !isOwner(head, program)) return "ExternalAccountLamportSpend";
  if (!account.isWritable) return "ReadonlyLamportChange";
  if (account.isFrozen === true) return "ExecutableLamportChange";
  if (lamports === old) return undefined;
  const changed = head.slice();
  new DataView(changed.buffer).setBigUint64(HEAD.LAMPORTS, lamports, true);
  writeHead(journal, account.index, changed);
  addBalanceDelta(journal, lamports - old);
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

/** Sum of all changes of balances in the transaction; must be 0 where an instruction begins or ends. */
export function balanceDelta(journal: Journal): bigint {
  return BigInt.asIntN(256, journal.readWord(deltaCell(journal)));
}

function addBalanceDelta(journal: Journal, delta: bigint): void {
  const cell = deltaCell(journal);
  journal.writeWord(cell, BigInt.asUintN(256, journal.readWord(cell) + delta));
}

const deltaCells = new WeakMap<Journal, number>();

function deltaCell(journal: Journal): number {
  let cell = deltaCells.get(journal);
  if (cell === undefined) {
    const domain = journal.domain("svm.balance", WORD_CELLS, true);
    cell = journal.cell(domain, journal.account(EMPTY), EMPTY);
    deltaCells.set(journal, cell);
  }
  return cell;
}
