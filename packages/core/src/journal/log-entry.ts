/** One event or log line of a program. */
export interface LogEntry {
  readonly vm: string;
  /** Address of the program that wrote it. */
  readonly account: Uint8Array;
  readonly topics: readonly Uint8Array[];
  readonly data: Uint8Array;
  /** Kept when a frame fails (Solana's program log); still dropped when a frame is run again. */
  readonly durable: boolean;
}
