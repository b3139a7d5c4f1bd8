import type { Journal } from "@dragoman/core";
import { accountIndex, findHead, readData } from "@dragoman/frontend-sbpf";

/** Accounts of one transaction by position among the message's keys, as they were when it was loaded, after its fee. */
export interface LoadedAccounts {
  readonly journal: Journal;
  /** Their numbers in the journal. */
  readonly indexes: readonly number[];
  /** Undefined: there is no such account. Nobody modifies the bytes. */
  readonly heads: (Uint8Array | undefined)[];
  readonly datas: readonly Uint8Array[];
}

const EMPTY = new Uint8Array(0);

/** Reads the accounts with `keys`, in their order. */
export function loadAccounts(journal: Journal, keys: readonly Uint8Array[]): LoadedAccounts {
  const indexes: number[] = [];
  const heads: (Uint8Array | undefined)[] = [];
  const datas: Uint8Array[] = [];
  for (let at = 0; at < keys.length; at++) {
    const index = accountIndex(journal, keys[at]!);
    const head = findHead(journal, index);
    indexes.push(index);
    heads.push(head);
    datas.push(head === undefined ? EMPTY : readData(journal, index));
  }
  return { journal, indexes, heads, datas };
}
