import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { RecordFile } from "./record-file.ts";

/** What the node said of an account at the forked block. */
export interface RemoteAccount {
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
}

type AccountRecord = readonly [
  "account",
  address: string,
  balance: string,
  nonce: string,
  code: string,
];
type SlotRecord = readonly ["slot", address: string, slot: string, word: string];
type HashRecord = readonly ["hash", number: number, hash: string];
/** A record of a file: the forked block as the node gave it comes first. */
export type CellRecord = AccountRecord | SlotRecord | HashRecord | readonly ["block", unknown];

/** What was read of a forked block: in memory, and in a file if there is one. Nothing of it ever changes. */
export class ReadCells {
  readonly #accounts = new Map<string, RemoteAccount>();
  readonly #slots = new Map<string, Uint8Array>();
  readonly #hashes = new Map<number, Uint8Array>();
  readonly #file: RecordFile | undefined;
  #news: CellRecord[] = [];

  constructor(file?: RecordFile) {
    this.#file = file;
    for (const record of (file?.records ?? []) as readonly CellRecord[]) this.#take(record);
  }

  account(address: Uint8Array): RemoteAccount | undefined {
    return this.#accounts.get(encodeHex(address));
  }

  /** A word of 32 bytes. */
  slot(address: Uint8Array, slot: Uint8Array): Uint8Array | undefined {
    return this.#slots.get(encodeHex(address) + encodeHex(slot));
  }

  hash(number: number): Uint8Array | undefined {
    return this.#hashes.get(number);
  }

  /** Notes a record; {@link save} writes it. */
  add(record: CellRecord): void {
    this.#take(record);
    if (this.#file !== undefined) this.#news.push(record);
  }

  /** Writes what is new in one piece. Fault: INVALID_FORK_CACHE. */
  save(): void {
    const news = this.#news;
    this.#news = [];
    if (news.length > 0) this.#file?.append(news);
  }

  #take(record: CellRecord): void {
    if (record[0] === "account") {
      const [, address, balance, nonce, code] = record;
      const account = { balance: BigInt(balance), nonce: BigInt(nonce), code: decodeHex(code) };
      this.#accounts.set(address, account);
    } else if (record[0] === "slot") this.#slots.set(record[1] + record[2], decodeHex(record[3]));
    else if (record[0] === "hash") this.#hashes.set(record[1], decodeHex(record[2]));
  }
}
