import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { refuse } from "@dragoman/fault";

/** What was written to a folder, one record a line: eight hex digits of the CRC-32 of its JSON, a space, the JSON. */
export class RecordFile {
  readonly path: string;
  readonly #file: number;
  readonly records: readonly unknown[];
  /** Bytes of a damaged end that were cut off. */
  readonly cutBytes: number;

  /** Opens or makes a file. A line that is damaged, as a process that was killed leaves it, is cut off with all behind it. Fault: INVALID_FORK_CACHE. */
  constructor(path: string) {
    this.path = path;
    try {
      this.#file = openSync(path, "a+");
      const text = readFileSync(this.#file);
      const { records, length } = readRecords(text);
      this.records = records;
      this.cutBytes = text.length - length;
      if (this.cutBytes > 0) ftruncateSync(this.#file, length);
    } catch (error) {
      refuse("INVALID_FORK_CACHE", undefined, `${path}: ${(error as Error).message}`);
    }
  }

  /** Appends records in one write. Fault: INVALID_FORK_CACHE. */
  append(records: readonly unknown[]): void {
    const text = Buffer.from(records.map(lineOf).join(""));
    try {
      const begin = fstatSync(this.#file).size;
      if (writeSync(this.#file, text) < text.length) {
        ftruncateSync(this.#file, begin);
        throw new Error("the disk took a part of a record");
      }
    } catch (error) {
      refuse("INVALID_FORK_CACHE", undefined, `${this.path}: ${(error as Error).message}`);
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

const CHECK_DIGITS = 8;
const NEW_LINE = 10;

const checkOf = (json: string): string =>
  crc32(Buffer.from(json)).toString(16).padStart(CHECK_DIGITS, "0");

function lineOf(record: unknown): string {
  const json = JSON.stringify(record);
  return `${checkOf(json)} ${json}\n`;
}

/** Records up to the first damaged line, and the bytes that they take. */
function readRecords(text: Buffer): {
  readonly records: readonly unknown[];
  readonly length: number;
} {
  const records: unknown[] = [];
  let length = 0;
  for (;;) {
    const end = text.indexOf(NEW_LINE, length);
    if (end < 0) break;
    const line = text.toString("utf8", length, end);
    const json = line.slice(CHECK_DIGITS + 1);
    if (line[CHECK_DIGITS] !== " " || line.slice(0, CHECK_DIGITS) !== checkOf(json)) break;
    records.push(JSON.parse(json));
    length = end + 1;
  }
  return { records, length };
}
