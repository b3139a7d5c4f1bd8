import type { Random } from "@dragoman/core/testing";

/** What the modules of one format may have. */
export interface Dialect {
  /** First line of the text. */
  readonly header: string;
  /** Global storage. */
  readonly globals: boolean;
  /** Closures. */
  readonly closures: boolean;
  /** Signed integers. */
  readonly signed: boolean;
  /** Aborts with a message. */
  readonly messages: boolean;
  /** Enums are told apart by jump tables and taken apart by reference; else by tests and borrowed fields. */
  readonly switches: boolean;
}

/** Aptos before closures. */
export const APTOS_7: Dialect = {
  header: "version 7;",
  globals: true,
  closures: false,
  signed: false,
  messages: false,
  switches: false,
};

/** All that Aptos has. */
export const APTOS_10: Dialect = {
  header: "version 10;",
  globals: true,
  closures: true,
  signed: true,
  messages: true,
  switches: false,
};

/** The format of Sui and IOTA. */
export const SUI_7: Dialect = {
  header: "version 0x5000007;",
  globals: false,
  closures: false,
  signed: false,
  messages: false,
  switches: true,
};

/** Half of the modules are of the newest format of Aptos. */
export function randomDialect(random: Random): Dialect {
  return random.pick([APTOS_7, APTOS_10, APTOS_10, SUI_7]);
}
