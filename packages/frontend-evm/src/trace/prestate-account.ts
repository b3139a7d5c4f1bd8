import type { World } from "../account/world.ts";
import { codeHash } from "../host/account.ts";
import { hexBytes, hexQuantity, hexWord } from "./json.ts";

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
