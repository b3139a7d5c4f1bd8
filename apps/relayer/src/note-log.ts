import type { RelayerNote } from "@dragoman/bridge";

/** For how long a failure that repeats itself is not told again. */
const REPEAT_MS = 60_000;

/** Writes notes as lines; a failure that goes on is a line a minute. */
export class NoteLog {
  readonly #log: (line: string) => void;
  readonly #now: () => number;
  readonly #told = new Map<string, number>();

  constructor(log: (line: string) => void, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  write({ what, where, transfer, detail }: RelayerNote): void {
    const parts = [what, where, transfer, detail?.split("\n")[0]];
    const line = parts.filter((part) => part !== undefined && part !== "").join(" ");
    if (what === "failed" || what === "broadcast") {
      const now = this.#now();
      const last = this.#told.get(line);
      if (last !== undefined && now - last < REPEAT_MS) return;
      if (this.#told.size > 1000) this.#told.clear();
      this.#told.set(line, now);
    }
    this.#log(line);
  }
}
