import { decodeCode } from "./decode-code.ts";
import { type Decoder, decodeAbilitySets, decodeTable, type TableRowOf } from "./decode-tables.ts";
import { type Dialect, dialectOf, type TableName } from "./dialect.ts";
import { joinEnums } from "./join-enums.ts";
import { LIMIT } from "./limits.ts";
import type { CompiledModule, CompiledScript } from "./module.ts";
import { ModuleReader } from "./module-reader.ts";
import { MoveFault } from "./move-fault.ts";

export const MAGIC = [0xa1, 0x1c, 0xeb, 0x0b] as const;

interface Span {
  readonly name: TableName;
  readonly start: number;
  readonly size: number;
}

/**
 * Reads a module (`.mv`). Only the structure is checked: whether indices point somewhere and
 * whether the code is safe is for `verifyModule`. Takes time and memory linear in the file; bytes
 * after the module are ignored, as the reference does.
 *
 * @throws MoveFault with a status of the 3xxx range and the byte offset.
 */
export function decodeModule(bytes: Uint8Array): CompiledModule {
  const file = openFile(bytes);
  const self = file.reader.uleb(LIMIT.index, "module handle index of the module itself");
  return { kind: "module", self, ...decodePools(file) };
}

/**
 * Reads a transaction script. Limits and faults as in {@link decodeModule}.
 *
 * @throws MoveFault with a status of the 3xxx range and the byte offset.
 */
export function decodeScript(bytes: Uint8Array): CompiledScript {
  const file = openFile(bytes);
  const { decoder, reader, dialect } = file;
  const bad = file.spans.find((span) => !dialect.tables.find((row) => row[1] === span.name)?.[3]);
  const typeParameters = decodeAbilitySets(reader);
  const parameters = reader.uleb(LIMIT.index, "signature index of the parameters");
  const code = decodeCode(decoder, reader);
  if (bad !== undefined) {
    throw new MoveFault("MALFORMED", { offset: bad.start }, `a script has no table ${bad.name}`);
  }
  const pools = decodePools(file);
  return {
    kind: "script",
    flavour: pools.flavour,
    version: pools.version,
    versionWord: pools.versionWord,
    moduleHandles: pools.moduleHandles,
    structHandles: pools.structHandles,
    functionHandles: pools.functionHandles,
    functionInstantiations: pools.functionInstantiations,
    signatures: pools.signatures,
    constants: pools.constants,
    identifiers: pools.identifiers,
    addresses: pools.addresses,
    metadata: pools.metadata,
    typeParameters,
    parameters,
    code,
  };
}

interface OpenFile {
  readonly dialect: Dialect;
  readonly decoder: Decoder;
  readonly versionWord: number;
  readonly spans: readonly Span[];
  /** Stands behind the tables. */
  readonly reader: ModuleReader;
}

function openFile(bytes: Uint8Array): OpenFile {
  const reader = new ModuleReader(bytes, 0, bytes.length);
  if (bytes.length > LIMIT.fileSize) {
    reader.refuse("MALFORMED", `the file has ${bytes.length} bytes, above ${LIMIT.fileSize}`);
  }
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    reader.refuse("BAD_MAGIC", "the file does not start with a11ceb0b");
  }
  reader.position = 4;
  const versionWord = reader.uint(4, "MALFORMED");
  const dialect = dialectOf(versionWord);
  if (dialect === undefined) {
    reader.position = 4;
    const word = versionWord.toString(16).padStart(8, "0");
    return reader.refuse("UNKNOWN_VERSION", `the version 0x${word} is not supported`);
  }
  const version = versionWord & 0xffffff;
  const headers = decodeTableHeaders(reader, dialect, version);
  const spans = placeTables(headers, reader);
  return { dialect, decoder: { dialect, version, typeNodes: 0 }, versionWord, spans, reader };
}

function decodeTableHeaders(reader: ModuleReader, dialect: Dialect, version: number): Span[] {
  const count = reader.uleb(LIMIT.tableCount, "table count");
  const headers: Span[] = [];
  for (let i = 0; i < count; i++) {
    const code = reader.u8();
    const start = reader.uleb(0xffffffff, "table offset");
    const size = reader.uleb(0xffffffff, "table size");
    const row = dialect.tables.find((candidate) => candidate[0] === code);
    if (row === undefined) {
      return reader.refuse("UNKNOWN_TABLE_TYPE", `no table has the code ${code}`);
    }
    if (version < row[2]) {
      reader.refuse("MALFORMED", `version ${version} has no table ${row[1]}`);
    }
    headers.push({ name: row[1], start, size });
  }
  return headers;
}

/** Tables must follow one another without gap or overlap, in any order, each at most once. */
function placeTables(headers: readonly Span[], reader: ModuleReader): Span[] {
  const base = reader.position;
  const sorted = [...headers].sort((x, y) => x.start - y.start);
  const seen = new Set<TableName>();
  let next = 0;
  for (const { name, start, size } of sorted) {
    if (start !== next || size === 0) {
      reader.refuse("BAD_HEADER_TABLE", `the table ${name} is empty or not next to the one before`);
    }
    next += size;
    if (seen.has(name)) reader.refuse("DUPLICATE_TABLE", `the table ${name} is there twice`);
    seen.add(name);
    if (next > reader.end) {
      reader.refuse("BAD_HEADER_TABLE", `the table ${name} ends beyond the file`);
    }
  }
  if (base + next > reader.end) {
    reader.refuse("MALFORMED", "the tables end beyond the file");
  }
  reader.position = base + next;
  return sorted.map(({ name, start, size }) => ({ name, start: base + start, size }));
}

type Pools = Omit<CompiledModule, "kind" | "self">;

function decodePools({ dialect, decoder, versionWord, spans, reader }: OpenFile): Pools {
  const tables: Tables = emptyTables();
  for (const { name, start, size } of spans) {
    readTable(tables, name, decoder, new ModuleReader(reader.bytes, start, start + size));
  }
  return {
    flavour: dialect.flavour,
    version: decoder.version,
    versionWord,
    ...joinEnums(dialect.flavour, tables),
  };
}

/** The rows of all tables as a file has them. */
export type Tables = { [K in TableName]: readonly TableRowOf<K>[] };

function readTable<K extends TableName>(
  tables: { [N in K]: readonly TableRowOf<N>[] },
  name: K,
  decoder: Decoder,
  reader: ModuleReader,
): void {
  tables[name] = decodeTable(decoder, name, reader);
}

function emptyTables(): Tables {
  return {
    moduleHandles: [],
    structHandles: [],
    functionHandles: [],
    functionInstantiations: [],
    signatures: [],
    constants: [],
    identifiers: [],
    addresses: [],
    metadata: [],
    structDefinitions: [],
    structInstantiations: [],
    functionDefinitions: [],
    fieldHandles: [],
    fieldInstantiations: [],
    friends: [],
    variantFieldHandles: [],
    variantFieldInstantiations: [],
    structVariantHandles: [],
    structVariantInstantiations: [],
    enumDefinitions: [],
    enumInstantiations: [],
    enumVariantHandles: [],
    enumVariantInstantiations: [],
  };
}
