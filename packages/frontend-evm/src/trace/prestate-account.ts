import { DOMAIN } from "../account/domains.ts";
import type { World } from "../account/world.ts";
import { codeHash } from "../host/account.ts";
import { hexBytes, hexQuantity, hexWord } from "./json.ts";
import { wordBytes } from "./words.ts";

const NO_KEY = new Uint8Array(0);

/** An account as a tracer remembers it. Slots by number. */
export interface SeenAccount {
  readonly address: Uint8Array;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  readonly slots: Map<bigint, bigint>;
  /** There was nothing: balance, nonce and code are all zero. */
  readonly isEmpty: boolean;
}

/** What is to be written of an account; absent fields are left out. */
export interface AccountFields {
  balance?: bigint;
  nonce?: bigint;
  code?: Uint8Array;
  codeHash?: Uint8Array;
  slots?: ReadonlyMap<bigint, bigint>;
}

/** The account as it is now, without slots. */
export function seeAccount(world: World, address: Uint8Array): SeenAccount {
  const account = world.account(address);
  const { journal } = world;
  const balance = journal.readWord(world.balanceCell(account));
  const nonce = journal.readWord(world.nonceCell(account));
  const code = world.code(account);
  const isEmpty = balance === 0n && nonce === 0n && code.length === 0;
  return { address, balance, nonce, code, slots: new Map(), isEmpty };
}

/** The account as it was before the journal began, without slots. */
export function seeOriginalAccount(world: World, address: Uint8Array): SeenAccount {
  const { state } = world.journal;
  const balance = numberOf(state.read(DOMAIN.BALANCE, address, NO_KEY) ?? NO_KEY);
  const nonce = numberOf(state.read(DOMAIN.NONCE, address, NO_KEY) ?? NO_KEY);
  const code = state.read(DOMAIN.CODE, address, NO_KEY) ?? NO_KEY;
  const isEmpty = balance === 0n && nonce === 0n && code.length === 0;
  return { address, balance, nonce, code, slots: new Map(), isEmpty };
}

/** A slot as it was before the journal began. */
export function originalSlot(world: World, address: Uint8Array, slot: bigint): bigint {
  return numberOf(world.journal.state.read(DOMAIN.STORAGE, address, wordBytes(slot)) ?? NO_KEY);
}

/** Keccak-256 of code. */
export const hashOfCode = (code: Uint8Array): Uint8Array => codeHash(code);

/** JSON of an account: fields that are zero, and storage that is empty, are left out; a balance is always there if it is given. */
export function accountView({
  balance,
  nonce,
  code,
  codeHash: hash,
  slots,
}: AccountFields): object {
  const storage = [...(slots ?? [])].map(([slot, value]) => [hexWord(slot), hexWord(value)]);
  return {
    ...(balance === undefined ? {} : { balance: hexQuantity(balance) }),
    ...(code === undefined ? {} : { code: hexBytes(code) }),
    ...(hash === undefined ? {} : { codeHash: hexBytes(hash) }),
    ...(nonce === undefined || nonce === 0n ? {} : { nonce: Number(nonce) }),
    ...(storage.length === 0 ? {} : { storage: Object.fromEntries(storage) }),
  };
}

/** Big-endian bytes as a number. */
function numberOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}
