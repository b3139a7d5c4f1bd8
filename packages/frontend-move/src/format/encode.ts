import { ByteWriter } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";
import { MAGIC } from "./decode.ts";
import type { TableRowOf } from "./decode-tables.ts";
import { type Dialect, dialectOf, type TableName } from "./dialect.ts";
import { encodeCode } from "./encode-code.ts";
import { type Encoder, encodeAbilitySets, encodeTable } from "./encode-tables.ts";
import { splitEnums, structCountOf } from "./join-enums.ts";
import type { CompiledModule, CompiledPools, CompiledScript } from "./module.ts";

/**
 * Writes a module in the order in which the reference compilers do, so a file of theirs that was
 * decoded comes back byte for byte.
 *
 * @param module Data within the limits of the format; its version word names the dialect.
 */
export function encodeModule(module: CompiledModule): Uint8Array {
  const dialect = requireDialect(module);
  const rows: FileRows =
    module.flavour === "sui" ? { ...module, ...splitEnums(module) } : { ...module };
  const encoder = { dialect, version: module.version, structCount: structCountOf(module) };
  const tables = dialect.tables.map(([code, name]) => encodedTable(code, name, rows, encoder));
  const file = encodeHeader(module, tables);
  file.uleb128(module.self);
  return file.finish();
}

/** Writes a transaction script; see {@link encodeModule}. */
export function encodeScript(script: CompiledScript): Uint8Array {
  const dialect = requireDialect(script);
  const encoder = { dialect, version: script.version, structCount: 0 };
  const tables = dialect.tables
    .filter((row) => row[3])
    .map(([code, name]) => encodedTable(code, name, { ...script }, encoder));
  const file = encodeHeader(script, tables);
  encodeAbilitySets(file, script.typeParameters);
  file.uleb128(script.parameters);
  encodeCode(file, script.code, encoder);
  return file.finish();
}

function requireDialect(pools: CompiledPools): Dialect {
  const dialect = dialectOf(pools.versionWord);
  assert(dialect !== undefined, "only data of a known version is encoded");
  return dialect;
}

interface EncodedTable {
  readonly code: number;
  readonly content: Uint8Array;
}

/** The rows of each table that the file has. */
type FileRows = { readonly [K in TableName]?: readonly TableRowOf<K>[] };

function encodedTable<K extends TableName>(
  code: number,
  name: K,
  file: FileRows,
  encoder: Encoder,
): EncodedTable {
  const content = new ByteWriter();
  const rows: readonly TableRowOf<K>[] = file[name] ?? [];
  encodeTable(content, name, rows, encoder);
  return { code, content: content.finish() };
}

function encodeHeader(pools: CompiledPools, tables: readonly EncodedTable[]): ByteWriter {
  const present = tables.filter(({ content }) => content.length > 0);
  const file = new ByteWriter();
  for (const byte of MAGIC) file.u8(byte);
  file.u32(pools.versionWord);
  file.uleb128(present.length);
  let offset = 0;
  for (const { code, content } of present) {
    file.u8(code);
    file.uleb128(offset);
    file.uleb128(content.length);
    offset += content.length;
  }
  for (const { content } of present) file.bytes(content);
  return file;
}
