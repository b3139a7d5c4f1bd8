import { encodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import { DOMAIN } from "@dragoman/frontend-evm";
import type { AccessListEntry, StateBelow } from "@dragoman/ledger-evm";
import type { BlockingClient } from "./blocking-client.ts";
import type { Question } from "./json-rpc-client.ts";
import { type RemoteBlock, readBlock, readBytes, readQuantity } from "./read-answer.ts";
import type { ReadCells, RemoteAccount } from "./read-cells.ts";

/** Questions whose answers make an account. */
const ACCOUNT_METHODS = ["eth_getBalance", "eth_getTransactionCount", "eth_getCode"] as const;

/**
 * The state behind a block of another chain, read from its node when it is needed and then kept. The block is named by its hash, so the answers stay the
 * same whatever becomes of that chain. Reads throw the faults of {@link BlockingClient.ask}, INVALID_FORK_ANSWER, INVALID_FORK_CACHE.
 */
export class RemoteState implements StateBelow {
  readonly #client: BlockingClient;
  readonly #cells: ReadCells;
  readonly #forked: RemoteBlock;
  /** The block's hash as EIP-1898 puts it. */
  readonly #at: { readonly blockHash: string };

  constructor(client: BlockingClient, cells: ReadCells, forked: RemoteBlock) {
    this.#client = client;
    this.#cells = cells;
    this.#forked = forked;
    this.#at = { blockHash: encodeHex(forked.hash) };
  }

  read(domain: string, account: Uint8Array, key: Uint8Array): Uint8Array | undefined {
    switch (domain) {
      case DOMAIN.BALANCE:
        return wordOf(this.#account(account).balance);
      case DOMAIN.NONCE:
        return wordOf(this.#account(account).nonce);
      case DOMAIN.CODE: {
        const { code } = this.#account(account);
        return code.length === 0 ? undefined : code;
      }
      case DOMAIN.STORAGE: {
        if (hasNoStorage(this.#account(account))) return undefined;
        if (this.#cells.slot(account, key) === undefined) {
          this.prefetch([{ address: account, slots: [key] }]);
        }
        const word = this.#cells.slot(account, key);
        return word?.some((byte) => byte !== 0) === true ? word : undefined;
      }
      default:
        return undefined;
    }
  }

  #account(address: Uint8Array): RemoteAccount {
    const known = this.#cells.account(address);
    if (known !== undefined) return known;
    this.prefetch([{ address, slots: [] }]);
    return this.#cells.account(address)!;
  }

  prefetch(accounts: readonly AccessListEntry[]): void {
    const wanted = this.#missing(accounts);
    if (wanted.length === 0) return;
    const results = this.#client.ask(wanted.flatMap(({ questions }) => questions));
    let at = 0;
    for (const { questions, take } of wanted) {
      take(results.slice(at, at + questions.length));
      at += questions.length;
    }
    this.#cells.save();
  }

  /** What of it was never read, each thing once. */
  #missing(accounts: readonly AccessListEntry[]): Wanted[] {
    const wanted = new Map<string, Wanted>();
    for (const { address, slots } of accounts) {
      const known = this.#cells.account(address);
      if (known === undefined) wanted.set(encodeHex(address), this.#wantAccount(address));
      else if (hasNoStorage(known)) continue;
      for (const slot of slots) {
        if (this.#cells.slot(address, slot) !== undefined) continue;
        wanted.set(encodeHex(address) + encodeHex(slot), this.#wantSlot(address, slot));
      }
    }
    return [...wanted.values()];
  }

  #wantAccount(address: Uint8Array): Wanted {
    const name = encodeHex(address);
    return {
      questions: ACCOUNT_METHODS.map((method) => ({ method, params: [name, this.#at] })),
      take: ([balance, nonce, code]) => {
        const numbers = [readQuantity(balance, "a balance"), readQuantity(nonce, "a nonce")];
        const [wei, count] = numbers.map((number) => `0x${number.toString(16)}`) as [
          string,
          string,
        ];
        this.#cells.add(["account", name, wei, count, encodeHex(readBytes(code, "code"))]);
      },
    };
  }

  #wantSlot(address: Uint8Array, slot: Uint8Array): Wanted {
    const [name, key] = [encodeHex(address), encodeHex(slot)];
    return {
      questions: [{ method: "eth_getStorageAt", params: [name, key, this.#at] }],
      take: ([word]) => {
        const value = readQuantity(word, "a slot").toString(16).padStart(64, "0");
        this.#cells.add(["slot", name, key, `0x${value}`]);
      },
    };
  }

  /** Hash of a block below the forked one. Blocks between are read too: their parents' hashes prove that it is of the same chain. */
  blockHash(number: number): Uint8Array {
    const { header, hash } = this.#forked;
    if (number === header.number) return hash;
    if (number === header.number - 1) return header.parentHash;
    const known = this.#cells.hash(number);
    if (known !== undefined) return known;
    const numbers = Array.from({ length: header.number - 1 - number }, (_, i) => number + 1 + i);
    const questions = numbers.map((height) => ({
      method: "eth_getBlockByNumber",
      params: [`0x${height.toString(16)}`, false],
    }));
    let child = header.parentHash;
    for (const answer of [...this.#client.ask(questions)].reverse()) {
      const block = readBlock(answer);
      if (encodeHex(block.hash) !== encodeHex(child)) {
        const why = "it does not lead to the forked block; another chain stands there now";
        refuse("INVALID_FORK_ANSWER", undefined, `block ${block.header.number}: ${why}`);
      }
      child = block.header.parentHash;
      this.#cells.add(["hash", block.header.number - 1, encodeHex(child)]);
    }
    this.#cells.save();
    return child;
  }
}

interface Wanted {
  readonly questions: readonly Question[];
  readonly take: (results: readonly unknown[]) => void;
}

/** An account that never sent and has no code has no storage, but for 28 from before EIP-161 (EIP-7610), at which nothing can be created. */
const hasNoStorage = ({ nonce, code }: RemoteAccount): boolean => nonce === 0n && code.length === 0;

function wordOf(value: bigint): Uint8Array | undefined {
  if (value === 0n) return undefined;
  const word = new Uint8Array(32);
  let rest = value;
  for (let i = 31; rest > 0n; i--) {
    word[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return word;
}
