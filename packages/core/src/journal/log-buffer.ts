import type { LogEntry } from "./log-entry.ts";

/**
 * An entry in the log buffer, a multiple of 8 bytes: i32 tag (source and account), i32 count of topics, i32 length of the data, i32 size
 * of the entry; topics of 32 bytes; data. `packages/core/kernel/journal.ts` must agree.
 */
export const LOG_HEADER = 16;

/** An entry whose topics and data are cut out of the buffer's copy when somebody looks at them. */
class BufferedEntry implements LogEntry {
  readonly durable = false;
  readonly vm: string;
  readonly account: Uint8Array;
  readonly #bytes: Uint8Array;
  readonly #at: number;
  readonly #topicCount: number;
  readonly #length: number;

  constructor(vm: string, account: Uint8Array, bytes: Uint8Array, view: DataView, at: number) {
    this.vm = vm;
    this.account = account;
    this.#bytes = bytes;
    this.#at = at + LOG_HEADER;
    this.#topicCount = view.getInt32(at + 4, true);
    this.#length = view.getInt32(at + 8, true);
  }

  get topics(): readonly Uint8Array[] {
    return Array.from({ length: this.#topicCount }, (_, i) =>
      this.#bytes.slice(this.#at + 32 * i, this.#at + 32 * i + 32),
    );
  }

  get data(): Uint8Array {
    const at = this.#at + 32 * this.#topicCount;
    return this.#bytes.slice(at, at + this.#length);
  }
}

/** The entries in `bytes`, a copy of the buffer's part in use. `sourceOf` gives frontend and account of a tag. */
export function* takeLogEntries(
  bytes: Uint8Array,
  sourceOf: (tag: number) => [vm: string, account: Uint8Array],
): Iterable<LogEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += view.getInt32(at + 12, true)) {
    const [vm, account] = sourceOf(view.getInt32(at, true));
    yield new BufferedEntry(vm, account, bytes, view, at);
  }
}
