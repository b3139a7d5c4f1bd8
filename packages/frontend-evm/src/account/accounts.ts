import type { Journal } from "@dragoman/core";
import { worldOf } from "./world.ts";

/** One account as numbers and bytes: what tests, ledgers and tools write into a journal and read from it. */
export interface Account {
  readonly balance?: bigint;
  readonly nonce?: bigint;
  readonly code?: Uint8Array;
  /** Slots by number. */
  readonly storage?: Iterable<readonly [slot: bigint, value: bigint]>;
  /** There though empty: matters before EIP-161. */
  readonly exists?: true;
}

/** Writes what is given of an account at a 20-byte address. */
export function writeAccount(journal: Journal, address: Uint8Array, account: Account): void {
  const world = worldOf(journal);
  const number = world.account(address);
  if (account.balance !== undefined) journal.writeWord(world.balanceCell(number), account.balance);
  if (account.nonce !== undefined) journal.writeWord(world.nonceCell(number), account.nonce);
  if (account.code !== undefined) {
    journal.writeBytes(
      world.codeCell(number),
      account.code.length === 0 ? undefined : account.code,
    );
  }
  if (account.exists === true) {
    const empty = journal.cell(world.domains.existence, number, new Uint8Array(0));
    journal.writeWord(empty, 1n);
  }
  for (const [slot, value] of account.storage ?? []) {
    journal.writeWord(storageCell(journal, address, slot), value);
  }
}

const words = new Uint32Array(8);

function storageCell(journal: Journal, address: Uint8Array, slot: bigint): number {
  const world = worldOf(journal);
  let rest = slot;
  for (let i = 0; i < 8; i++) {
    words[i] = Number(rest & 0xffffffffn);
    rest >>= 32n;
  }
  return world.slotCell(world.account(address), words, 0);
}

export function readBalance(journal: Journal, address: Uint8Array): bigint {
  const world = worldOf(journal);
  return journal.readWord(world.balanceCell(world.account(address)));
}

export function readNonce(journal: Journal, address: Uint8Array): bigint {
  const world = worldOf(journal);
  return journal.readWord(world.nonceCell(world.account(address)));
}

export function readCode(journal: Journal, address: Uint8Array): Uint8Array {
  const world = worldOf(journal);
  return world.code(world.account(address));
}

export function readStorage(journal: Journal, address: Uint8Array, slot: bigint): bigint {
  return journal.readWord(storageCell(journal, address, slot));
}
