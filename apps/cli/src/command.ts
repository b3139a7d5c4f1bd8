/** Where a command writes: JSON alone on standard output, everything else on standard error. */
export interface Console {
  /** One JSON value on standard output; big integers become decimal strings. */
  json(value: unknown): void;
  /** Text that a command was asked for (a listing) on standard output. */
  text(line: string): void;
  /** Progress, tables and errors on standard error. */
  note(line: string): void;
}

/** One command of `dragoman`. */
export interface Command {
  readonly name: string;
  /** What follows the name, for the usage line. */
  readonly usage: string;
  readonly summary: string;
  /** Runs with the arguments behind the name; gives the exit status: 0 = all well, 1 = something failed. */
  run(args: readonly string[], console: Console): Promise<number>;
}
