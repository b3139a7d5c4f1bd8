import { encodeHex } from "@dragoman/bytes";
import type { CellChange, StateReader } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import { DOMAIN } from "@dragoman/frontend-evm";
import { RLP } from "@ethereumjs/rlp";
import { integerBytes, integerOf, rlpList, rlpString } from "./trie/rlp.ts";
import { type Trie, trieFind, trieInsert, trieProof, trieRemove, trieRoot } from "./trie/trie.ts";
import type { TrieEntry } from "./trie/trie-node.ts";

/** Hash of no code. */
const EMPTY_CODE = keccak256(new Uint8Array(0));

/** Code by its hash in hex; contracts that are gone stay, so that older states can be read. */
export type CodeTable = Map<string, Uint8Array>;

interface AccountFields {
  nonce: bigint;
  balance: bigint;
  codeHash: Uint8Array;
  storage: Trie;
}

/**
 * The state trie (yellow paper, section 4.1) with a write set applied; shares all else with `trie`. New code goes to `codes`. An account
 * without nonce, balance and code is not in it (EIP-161), unless `keepsEmpty`: states from before that have such accounts.
 *
 * On a `base` the trie holds what differs from it: an account comes with all its fields once one of them is written, a slot that became zero stays
 * as zero and an account that became empty stays, so that what is missing is as in the base.
 */
export function updateStateTrie(
  trie: Trie,
  changes: Iterable<CellChange>,
  codes: CodeTable,
  keepsEmpty = false,
  base?: StateReader,
): Trie {
  let updated = trie;
  for (const [account, cells] of changesByAccount(changes)) {
    const key = keccak256(account);
    const found = trieFind(trie, key);
    const isFirst = found === undefined && base !== undefined;
    const fields = isFirst ? fieldsIn(base, account, codes) : accountOf(found);
    for (const change of cells) applyChange(fields, change, codes, base !== undefined);
    const { nonce, balance, codeHash, storage } = fields;
    const isEmpty = nonce === 0n && balance === 0n && codeHash === EMPTY_CODE;
    const parts = [integerBytes(nonce), integerBytes(balance), trieRoot(storage), codeHash];
    const value = rlpList(parts.map(rlpString));
    updated =
      isEmpty && !keepsEmpty && base === undefined
        ? trieRemove(updated, key)
        : trieInsert(updated, key, { value, under: storage });
  }
  return updated;
}

function changesByAccount(changes: Iterable<CellChange>): Iterable<[Uint8Array, CellChange[]]> {
  const groups = new Map<string, [Uint8Array, CellChange[]]>();
  for (const change of changes) {
    const name = encodeHex(change.account);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [change.account, [change]]);
    else group[1].push(change);
  }
  return groups.values();
}

function applyChange(
  fields: AccountFields,
  change: CellChange,
  codes: CodeTable,
  keepsZeros: boolean,
): void {
  const { domain, key, after } = change;
  if (domain === DOMAIN.BALANCE) fields.balance = integerOf(after ?? NOTHING);
  if (domain === DOMAIN.NONCE) fields.nonce = integerOf(after ?? NOTHING);
  if (domain === DOMAIN.CODE) {
    fields.codeHash = after === undefined ? EMPTY_CODE : keccak256(after);
    if (after !== undefined) codes.set(encodeHex(fields.codeHash), after);
  }
  if (domain === DOMAIN.STORAGE) {
    const slot = keccak256(key);
    const word = keepsZeros ? (after ?? NOTHING) : after;
    const value = word && rlpString(integerBytes(integerOf(word)));
    fields.storage =
      value === undefined
        ? trieRemove(fields.storage, slot)
        : trieInsert(fields.storage, slot, { value });
  }
}

/** An account as the base has it, before anything of it is written. */
function fieldsIn(base: StateReader, account: Uint8Array, codes: CodeTable): AccountFields {
  const [nonce, balance] = [DOMAIN.NONCE, DOMAIN.BALANCE].map((domain) =>
    integerOf(base.read(domain, account, NOTHING) ?? NOTHING),
  ) as [bigint, bigint];
  const code = base.read(DOMAIN.CODE, account, NOTHING);
  const codeHash = code === undefined ? EMPTY_CODE : keccak256(code);
  if (code !== undefined) codes.set(encodeHex(codeHash), code);
  return { nonce, balance, codeHash, storage: undefined };
}

function accountOf(entry: TrieEntry | undefined): AccountFields {
  if (entry === undefined) {
    return { nonce: 0n, balance: 0n, codeHash: EMPTY_CODE, storage: undefined };
  }
  const [nonce, balance, , codeHash] = RLP.decode(entry.value) as Uint8Array[];
  return {
    nonce: integerOf(nonce!),
    balance: integerOf(balance!),
    codeHash: encodeHex(codeHash!) === EMPTY_CODE_HEX ? EMPTY_CODE : codeHash!,
    storage: entry.under,
  };
}

const EMPTY_CODE_HEX = encodeHex(EMPTY_CODE);
const NOTHING = new Uint8Array(0);

/** What a state says of an account, with the nodes of its tries that prove it. */
export interface AccountProof {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly codeHash: Uint8Array;
  readonly storageRoot: Uint8Array;
  readonly nodes: readonly Uint8Array[];
  readonly slots: readonly {
    readonly slot: Uint8Array;
    readonly value: bigint;
    readonly nodes: readonly Uint8Array[];
  }[];
}

/** The state of a block, read from its trie; what is not there is as in the base, if there is one. */
export class TrieState implements StateReader {
  readonly #trie: Trie;
  readonly #codes: CodeTable;
  readonly #base: StateReader | undefined;
  readonly #accounts = new Map<string, AccountFields | undefined>();

  constructor(trie: Trie, codes: CodeTable, base?: StateReader) {
    this.#trie = trie;
    this.#codes = codes;
    this.#base = base;
  }

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    const fields = this.#find(account);
    if (fields === undefined) return this.#base?.read(domain, account, key);
    switch (domain) {
      case DOMAIN.BALANCE:
        return wordOf(fields.balance);
      case DOMAIN.NONCE:
        return wordOf(fields.nonce);
      case DOMAIN.CODE:
        return this.#codes.get(encodeHex(fields.codeHash));
      case DOMAIN.STORAGE: {
        const entry = trieFind(fields.storage, keccak256(key));
        if (entry === undefined) return this.#base?.read(domain, account, key);
        return wordOf(integerOf(RLP.decode(entry.value) as Uint8Array));
      }
      default:
        return undefined;
    }
  }

  /** An account with proofs of itself and of slots of 32 bytes (EIP-1186). Not on a base, whose trie nobody has. */
  proof(account: Uint8Array, slots: readonly Uint8Array[]): AccountProof {
    const { nonce, balance, codeHash, storage } = this.#find(account) ?? accountOf(undefined);
    return {
      nonce,
      balance,
      codeHash,
      storageRoot: trieRoot(storage),
      nodes: trieProof(this.#trie, keccak256(account)),
      slots: slots.map((slot) => ({
        slot,
        value: integerOf(this.read(DOMAIN.STORAGE, account, slot) ?? NOTHING),
        nodes: trieProof(storage, keccak256(slot)),
      })),
    };
  }

  /** Undefined: the trie says nothing of the account. */
  #find(address: Uint8Array): AccountFields | undefined {
    const name = encodeHex(address);
    if (!this.#accounts.has(name)) {
      const entry = trieFind(this.#trie, keccak256(address));
      this.#accounts.set(name, entry && accountOf(entry));
    }
    return this.#accounts.get(name);
  }
}

function wordOf(value: bigint): Uint8Array | undefined {
  if (value === 0n) return undefined;
  const word = new Uint8Array(32);
  const bytes = integerBytes(value);
  word.set(bytes, 32 - bytes.length);
  return word;
}
