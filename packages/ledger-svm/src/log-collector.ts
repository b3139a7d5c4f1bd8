/** Bytes that one unit of a JavaScript text has in UTF-8 at most. */
const UNIT_BYTES_MAX = 3;
const ENCODER = new TextEncoder();

/** Lines that programs wrote in one transaction, up to a size (agave `svm-log-collector/src/lib.rs`). */
export class LogCollector {
  readonly lines: string[] = [];
  readonly #bytesMax: number;
  /** Bytes of the lines at most: far from the limit nobody counts them. */
  #bytesAtMost = 0;
  /** Bytes of the lines, once they are counted. */
  #bytes: number | undefined;
  #isFull = false;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(line: string): void {
    if (this.#isFull) return;
    this.#bytesAtMost += line.length * UNIT_BYTES_MAX;
    if (this.#bytesAtMost < this.#bytesMax) {
      this.lines.push(line);
      return;
    }
    this.#bytes ??= this.lines.reduce((bytes, known) => bytes + utf8Length(known), 0);
    this.#bytes += utf8Length(line);
    this.#isFull = this.#bytes >= this.#bytesMax;
    this.lines.push(this.#isFull ? "Log truncated" : line);
  }
}

const utf8Length = (text: string): number => ENCODER.encode(text).length;
