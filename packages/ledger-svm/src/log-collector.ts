const BYTES_MAX = 10_000;
const DECODER = new TextDecoder();

/** Lines that programs wrote in one transaction, up to a size (agave `svm-log-collector/src/lib.rs`). */
export class LogCollector {
  readonly lines: string[] = [];
  #bytes = 0;
  #isFull = false;

  add(line: Uint8Array): void {
    this.#bytes += line.length;
    if (this.#bytes < BYTES_MAX) {
      this.lines.push(DECODER.decode(line));
    } else if (!this.#isFull) {
      this.#isFull = true;
      this.lines.push("Log truncated");
    }
  }
}
