import type { Flavour } from "./module.ts";
import { APTOS_OPS, COMMON_OPS, type OpRow } from "./opcodes.ts";

/** The tables of a file: code, name, first version that has it, whether a script may have it. */
export type TableRow = readonly [code: number, name: string, since: number, inScript: boolean];

/** In the order in which compilers write them; a reader takes any order. */
const COMMON_TABLES = [
  [0x01, "moduleHandles", 1, true],
  [0x02, "structHandles", 1, true],
  [0x03, "functionHandles", 1, true],
  [0x04, "functionInstantiations", 1, true],
  [0x05, "signatures", 1, true],
  [0x07, "identifiers", 1, true],
  [0x08, "addresses", 1, true],
  [0x06, "constants", 1, true],
  [0x10, "metadata", 5, true],
  [0x0a, "structDefinitions", 1, false],
  [0x0b, "structInstantiations", 1, false],
  [0x0c, "functionDefinitions", 1, false],
  [0x0d, "fieldHandles", 1, false],
  [0x0e, "fieldInstantiations", 1, false],
  [0x0f, "friends", 2, false],
] as const satisfies readonly TableRow[];

const APTOS_TABLES = [
  [0x11, "variantFieldHandles", 7, false],
  [0x12, "variantFieldInstantiations", 7, false],
  [0x13, "structVariantHandles", 7, false],
  [0x14, "structVariantInstantiations", 7, false],
] as const satisfies readonly TableRow[];

export type TableName = (typeof COMMON_TABLES)[number][1] | (typeof APTOS_TABLES)[number][1];

/** One variant of the format: which version words it owns, which tables and instructions it has. */
export interface Dialect {
  readonly flavour: Flavour;
  /** Top byte of the version word. */
  readonly topByte: number;
  readonly versionMin: number;
  readonly versionMax: number;
  readonly ops: readonly OpRow[];
  readonly tables: readonly (readonly [number, TableName, number, boolean])[];
}

/**
 * The variants that are read. Sui's version 7 (top byte 5) uses the same codes for other tables
 * and instructions, so it must be a row of its own and is refused until then.
 */
export const DIALECTS: readonly Dialect[] = [aptosDialect(0x00, 5, 6), aptosDialect(0x0a, 5, 7)];

function aptosDialect(topByte: number, versionMin: number, versionMax: number): Dialect {
  return {
    flavour: "aptos",
    topByte,
    versionMin,
    versionMax,
    ops: [...COMMON_OPS, ...APTOS_OPS],
    tables: [...COMMON_TABLES, ...APTOS_TABLES],
  };
}

/** The dialect that owns a version word, or undefined. */
export function dialectOf(versionWord: number): Dialect | undefined {
  const topByte = versionWord >>> 24;
  const version = versionWord & 0xffffff;
  return DIALECTS.find(
    (row) => row.topByte === topByte && row.versionMin <= version && version <= row.versionMax,
  );
}
