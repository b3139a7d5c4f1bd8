import type { Journal, LogEntry } from "@dragoman/core";

const ENCODER = new TextEncoder();
const NO_TOPICS: readonly Uint8Array[] = [];

/** A line of the program log: text until somebody asks for its bytes. It outlives the failure of the instruction. */
export class LogLine implements LogEntry {
  readonly vm = "sbpf";
  readonly topics: readonly Uint8Array[] = NO_TOPICS;
  readonly durable = true;
  /** The program that wrote it. */
  readonly account: Uint8Array;
  readonly text: string;

  constructor(account: Uint8Array, text: string) {
    this.account = account;
    this.text = text;
  }

  /** The text in UTF-8. */
  get data(): Uint8Array {
    return ENCODER.encode(this.text);
  }
}

export function logTo(journal: Journal, programId: Uint8Array, line: string): void {
  journal.log(new LogLine(programId, line));
}
