const DECODER = new TextDecoder();

/** Lines that programs wrote in one transaction, up to a size (agave `svm-log-collector/src/lib.rs`). */
export class LogCollector {
  readonly lines: string[] = [];
  #bytes = 0;
  #isFull = false;
  readonly #bytesMax: number;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(line: Uint8Array): void {
    this.#bytes += line.length;
    if (this.#bytes < this.#bytesMax) {
      this.lines.push(DECODER.decode(line));
    } else if (!this.#isFull) {
      this.#isFull = true;
      this.lines.push("Log truncated");
    }
  }
}
