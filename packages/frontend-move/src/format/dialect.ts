import type { Flavour } from "./module.ts";
import { APTOS_OPS, COMMON_OPS, MOVE_OPS, type OpRow, SUI_CODES } from "./opcodes.ts";

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

const SUI_TABLES = [
  [0x11, "enumDefinitions", 7, false],
  [0x12, "enumInstantiations", 7, false],
  [0x13, "enumVariantHandles", 7, false],
  [0x14, "enumVariantInstantiations", 7, false],
] as const satisfies readonly TableRow[];

export type TableName =
  | (typeof COMMON_TABLES)[number][1]
  | (typeof APTOS_TABLES)[number][1]
  | (typeof SUI_TABLES)[number][1];

/** One variant of the format: which version words it owns, which tables and instructions it has. */
export interface Dialect {
  readonly flavour: Flavour;
  /** Top byte of the version word. */
  readonly topByte: number;
  readonly versionMin: number;
  readonly versionMax: number;
  /** The instructions by their code in a file. */
  readonly opAt: readonly (OpRow | undefined)[];
  /** The code in a file of an instruction, by its code in `OP`; 0 for one that the dialect lacks. */
  readonly codeOf: Uint8Array;
  readonly tables: readonly (readonly [number, TableName, number, boolean])[];
}

/** Function types, closures and attributes of function handles begin here (Aptos). */
export const VERSION_CLOSURES = 8;
/** `$` in identifiers, and signed integers, begin here (Aptos). */
export const VERSION_SIGNED = 9;

/**
 * The variants that are read. Up to version 6 the families share one format and the top byte is
 * 0; from version 7 on they use the same codes for other tables and instructions.
 */
export const DIALECTS: readonly Dialect[] = [
  aptosDialect(0x00, 5, 6),
  aptosDialect(0x0a, 5, 10),
  suiDialect(),
];

function aptosDialect(topByte: number, versionMin: number, versionMax: number): Dialect {
  const pairs = [...COMMON_OPS, ...APTOS_OPS].map((row) => [row[0], row] as const);
  const tables = [...COMMON_TABLES, ...APTOS_TABLES];
  return { flavour: "aptos", topByte, versionMin, versionMax, ...codes(pairs), tables };
}

/** Version 7 of Sui and IOTA, which mark it by the same byte. */
function suiDialect(): Dialect {
  const own = SUI_CODES.map(([fileCode, name]) => {
    return [fileCode, MOVE_OPS.find((row) => row[1] === name) as OpRow] as const;
  });
  const pairs = [...COMMON_OPS.map((row) => [row[0], row] as const), ...own];
  const tables = [...COMMON_TABLES, ...SUI_TABLES];
  return { flavour: "sui", topByte: 0x05, versionMin: 7, versionMax: 7, ...codes(pairs), tables };
}

function codes(
  pairs: readonly (readonly [fileCode: number, row: OpRow])[],
): Pick<Dialect, "opAt" | "codeOf"> {
  const opAt: (OpRow | undefined)[] = new Array(256).fill(undefined);
  const codeOf = new Uint8Array(256);
  for (const [fileCode, row] of pairs) {
    opAt[fileCode] = row;
    codeOf[row[0]] = fileCode;
  }
  return { opAt, codeOf };
}

/** The dialect that owns a version word, or undefined. */
export function dialectOf(versionWord: number): Dialect | undefined {
  const topByte = versionWord >>> 24;
  const version = versionWord & 0xffffff;
  return DIALECTS.find(
    (row) => row.topByte === topByte && row.versionMin <= version && version <= row.versionMax,
  );
}
