import { decodeHex } from "@dragoman/bytes";
import { type CellChange, MemoryState } from "@dragoman/core";
import { DOMAIN } from "@dragoman/frontend-evm";
import { type CodeTable, type Trie, updateStateTrie } from "@dragoman/ledger-evm";
import type { AccountState } from "./state-case.ts";

const NO_KEY = new Uint8Array(0);

/** The state before a transaction, made once for all cases of a test. Nobody modifies it. */
export interface PreState {
  readonly accounts: ReadonlyMap<string, AccountState>;
  readonly state: MemoryState;
  readonly trie: Trie;
  readonly codes: CodeTable;
  /** Addresses of accounts without nonce, balance and code, which stay until they are touched (EIP-161). */
  readonly empty: readonly Uint8Array[];
}

/** The state of accounts by lower-case hex address. */
export function preStateOf(accounts: ReadonlyMap<string, AccountState>): PreState {
  const state = new MemoryState();
  const empty: Uint8Array[] = [];
  for (const [address, { nonce, balance, code, storage }] of accounts) {
    const at = decodeHex(address);
    if (balance > 0n) state.write(DOMAIN.BALANCE, at, NO_KEY, wordBytes(balance));
    if (nonce > 0n) state.write(DOMAIN.NONCE, at, NO_KEY, wordBytes(nonce));
    if (code.length > 0) state.write(DOMAIN.CODE, at, NO_KEY, code);
    for (const [slot, value] of storage) {
      if (value !== 0n) state.write(DOMAIN.STORAGE, at, wordBytes(slot), wordBytes(value));
    }
    if (balance === 0n && nonce === 0n && code.length === 0) empty.push(at);
  }
  const cells = [...state.cells()].map(({ value, ...cell }) => ({
    ...{ ...cell, before: undefined, after: value },
  }));
  const codes: CodeTable = new Map();
  const trie = updateStateTrie(undefined, [...empty.map(seen), ...cells], codes, true);
  return { accounts, state, trie, codes, empty };
}

/** An account without balance as a change: it is looked at anew. */
export const seen = (account: Uint8Array): CellChange => ({
  ...{ domain: DOMAIN.BALANCE, account, key: NO_KEY },
  ...{ before: undefined, after: undefined },
});

const wordBytes = (value: bigint): Uint8Array => decodeHex(value.toString(16).padStart(64, "0"));
