import { ByteReader } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";

/** One section of a relocatable file; its index is its place. */
export interface ObjectSection {
  readonly name: string;
  readonly type: number;
  readonly flags: bigint;
  readonly bytes: Uint8Array;
  readonly alignment: number;
  /** Symbol table: the string table. Relocations: the symbol table. */
  readonly link: number;
  /** Relocations: the section that they change. */
  readonly info: number;
}

export interface ObjectSymbol {
  readonly name: string;
  /** Index of its section; 0 = undefined. */
  readonly section: number;
  /** Offset in its section. */
  readonly value: number;
}

export interface ObjectRelocation {
  /** Section that it changes, and the offset there. */
  readonly section: number;
  readonly offset: number;
  readonly type: number;
  readonly symbol: ObjectSymbol;
}

export interface ObjectFile {
  readonly sections: readonly ObjectSection[];
  readonly symbols: readonly ObjectSymbol[];
  readonly relocations: readonly ObjectRelocation[];
}

const ET_REL = 1;
const EM_BPF = 247;
const SHDR_BYTES = 64;
const SYMBOL_BYTES = 24;
const REL_BYTES = 16;
export const SHT = { PROGBITS: 1, SYMTAB: 2, RELA: 4, NOBITS: 8, REL: 9 } as const;

/**
 * Reads a relocatable ELF of the BPF machine, as clang writes it (System V ABI, "Object Files").
 *
 * Faults: `MALFORMED_ELF`, `INVALID_ELF_IDENT`, `INVALID_ELF_TYPE`, `INVALID_ELF_MACHINE`, `INVALID_ELF_SYMBOL`,
 * `UNSUPPORTED_ELF_RELOCATION` (with addends), `READ_OUT_OF_RANGE`; `at` is a file offset.
 */
export function readObject(bytes: Uint8Array): ObjectFile {
  const sections = readSections(bytes);
  const table = sections.find(({ type }) => type === SHT.SYMTAB);
  const symbols = table === undefined ? [] : readSymbols(sections, table);
  const relocations = sections.flatMap((section) => readRelocations(section, symbols));
  return { sections, symbols, relocations };
}

function readSections(bytes: Uint8Array): ObjectSection[] {
  const reader = new ByteReader(bytes);
  const ident = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1];
  const wrong = ident.findIndex((byte) => reader.u8() !== byte);
  if (wrong >= 0) refuse("INVALID_ELF_IDENT", wrong, `byte ${wrong} is not ${ident[wrong]}`);
  reader.take(16 - ident.length);
  const type = reader.u16();
  if (type !== ET_REL) refuse("INVALID_ELF_TYPE", 16, `type ${type} is no relocatable file`);
  const machine = reader.u16();
  if (machine !== EM_BPF) refuse("INVALID_ELF_MACHINE", 18, `machine ${machine} is not ${EM_BPF}`);
  reader.take(20);
  const headersAt = Number(reader.u64());
  reader.take(10);
  const headerBytes = reader.u16();
  const count = reader.u16();
  const namesIndex = reader.u16();
  if (headerBytes !== SHDR_BYTES || headersAt + count * SHDR_BYTES > bytes.length) {
    refuse("MALFORMED_ELF", 40, "the section headers end behind the file");
  }
  const headers = new ByteReader(bytes, headersAt, headersAt + count * SHDR_BYTES);
  const raw = Array.from({ length: count }, () => readHeader(headers, bytes));
  const names = raw[namesIndex]?.section.bytes;
  if (names === undefined) refuse("MALFORMED_ELF", 62, "there is no table of section names");
  return raw.map(({ section, nameAt }) => ({ ...section, name: nameIn(names, nameAt) }));
}

function readHeader(
  headers: ByteReader,
  bytes: Uint8Array,
): { section: Omit<ObjectSection, "name">; nameAt: number } {
  const { at } = headers;
  const nameAt = headers.u32();
  const type = headers.u32();
  const flags = headers.u64();
  headers.u64();
  const offset = Number(headers.u64());
  const size = Number(headers.u64());
  const link = headers.u32();
  const info = headers.u32();
  const alignment = Number(headers.u64());
  headers.u64();
  const isEmpty = type === SHT.NOBITS || type === 0;
  if (!isEmpty && offset + size > bytes.length) {
    refuse("MALFORMED_ELF", at, "a section ends behind the file");
  }
  const content = isEmpty ? new Uint8Array(0) : bytes.subarray(offset, offset + size);
  return { section: { type, flags, bytes: content, alignment, link, info }, nameAt };
}

function nameIn(table: Uint8Array, at: number): string {
  const end = table.indexOf(0, at);
  if (at > table.length || end < 0) refuse("MALFORMED_ELF", at, "a name has no end");
  return new TextDecoder("latin1").decode(table.subarray(at, end));
}

function readSymbols(sections: readonly ObjectSection[], table: ObjectSection): ObjectSymbol[] {
  const names = sections[table.link]?.bytes;
  if (names === undefined) refuse("MALFORMED_ELF", undefined, "symbols have no table of names");
  const reader = new ByteReader(table.bytes);
  return Array.from({ length: Math.floor(table.bytes.length / SYMBOL_BYTES) }, () => {
    const name = nameIn(names, reader.u32());
    reader.u16();
    const section = reader.u16();
    const value = Number(reader.u64());
    reader.u64();
    return { name, section, value };
  });
}

function readRelocations(
  section: ObjectSection,
  symbols: readonly ObjectSymbol[],
): ObjectRelocation[] {
  if (section.type === SHT.RELA) {
    refuse("UNSUPPORTED_ELF_RELOCATION", undefined, `${section.name}: addends are kept in place`);
  }
  if (section.type !== SHT.REL) return [];
  const reader = new ByteReader(section.bytes);
  return Array.from({ length: Math.floor(section.bytes.length / REL_BYTES) }, () => {
    const offset = Number(reader.u64());
    const type = reader.u32();
    const index = reader.u32();
    const symbol = symbols[index];
    if (symbol === undefined) refuse("INVALID_ELF_SYMBOL", offset, `there is no symbol ${index}`);
    return { section: section.info, offset, type, symbol };
  });
}
