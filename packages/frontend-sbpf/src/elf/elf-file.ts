import { refuse } from "@dragoman/fault";
import {
  DT,
  EHDR_BYTES,
  type ElfHeader,
  PHDR_BYTES,
  type ProgramHeader,
  PT,
  readHeader,
  readProgramHeaders,
  readSections,
  type Section,
  SHDR_BYTES,
  SHT,
} from "./elf-headers.ts";

/** Longest names that the chain's loader reads, the terminating zero included. */
const SECTION_NAME_BYTES_MAX = 16;
const SYMBOL_NAME_BYTES_MAX = 64;

export interface ElfFile {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly header: ElfHeader;
  readonly segments: readonly ProgramHeader[];
  readonly sections: readonly Section[];
  /** Name of each section. */
  readonly names: readonly string[];
  /** Bytes [start, end) of the dynamic relocations; both 0 if there are none. */
  readonly relocations: readonly [start: number, end: number];
  /** Section of the dynamic symbols. */
  readonly symbols: Section | undefined;
  readonly symbolNames: Section | undefined;
}

/**
 * Reads the structure of a v0 to v2 ELF by its section headers, as tolerantly as the chain's loader does
 * (anza-xyz/sbpf `src/elf_parser/mod.rs`).
 *
 * Faults: `MALFORMED_ELF` at the file offset of what is wrong, `ELF_SECTION_OUT_OF_RANGE`,
 * `INVALID_ELF_PROGRAM_HEADER`.
 */
export function parseElf(bytes: Uint8Array): ElfFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view);
  checkHeader(bytes, header);
  const segments = readProgramHeaders(view, header);
  const sections = readSections(view, header);
  checkSegments(segments, bytes.length);
  checkSections(header, sections, bytes.length);
  const names = readSectionNames(bytes, header, sections);
  const dynamic = readDynamic(view, segments, sections);
  return {
    view,
    bytes,
    header,
    segments,
    sections,
    names,
    relocations: findRelocations(view, dynamic, segments, sections),
    symbols: findSymbols(dynamic, sections, bytes.length),
    symbolNames: sections[names.indexOf(".dynstr")],
  };
}

/** Name of dynamic symbol `st_name`, at most 63 bytes. */
export function dynamicName(elf: ElfFile, offset: number): Uint8Array {
  if (elf.symbolNames === undefined) refuse("MALFORMED_ELF", 0, "there is no section .dynstr");
  return readString(elf.bytes, elf.symbolNames, offset, SYMBOL_NAME_BYTES_MAX);
}

function checkHeader(bytes: Uint8Array, header: ElfHeader): void {
  const magic = bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
  if (!magic) refuse("MALFORMED_ELF", 0, "the file does not begin with the ELF magic");
  if (bytes[4] !== 2 || bytes[5] !== 1 || bytes[6] !== 1 || header.version !== 1) {
    refuse("INVALID_ELF_IDENT", 4, "the file is no 64-bit little-endian ELF of version 1");
  }
  const sizes = header.headerBytes === EHDR_BYTES && header.segmentBytes === PHDR_BYTES;
  if (!sizes || header.sectionBytes !== SHDR_BYTES) {
    refuse("MALFORMED_ELF", 52, "a header has an unknown size");
  }
  if (header.namesIndex >= header.sectionCount) {
    refuse("MALFORMED_ELF", 62, "the section of section names does not exist");
  }
}

function checkSegments(segments: readonly ProgramHeader[], size: number): void {
  let last = 0;
  for (const segment of segments) {
    if (segment.type !== PT.LOAD) continue;
    if (segment.vaddr < last) {
      refuse("INVALID_ELF_PROGRAM_HEADER", segment.at, "segments are not in ascending order");
    }
    if (segment.offset + segment.fileBytes > size) {
      refuse("ELF_SECTION_OUT_OF_RANGE", segment.at, "a segment ends behind the file");
    }
    last = segment.vaddr;
  }
}

function overlap(a: number, aEnd: number, b: number, bEnd: number): boolean {
  return !(aEnd <= b || bEnd <= a);
}

function checkSections(header: ElfHeader, sections: readonly Section[], size: number): void {
  const first = sections[0];
  if (first === undefined || first.type !== SHT.NULL) {
    refuse("MALFORMED_ELF", header.sectionOffset, "the first section is not the null section");
  }
  const segmentsEnd = header.segmentOffset + header.segmentCount * PHDR_BYTES;
  const sectionsEnd = header.sectionOffset + header.sectionCount * SHDR_BYTES;
  let offset = 0;
  for (const section of sections) {
    if (section.type === SHT.NOBITS) continue;
    const start = section.offset;
    const end = start + section.size;
    if (
      overlap(start, end, 0, EHDR_BYTES) ||
      overlap(start, end, header.segmentOffset, segmentsEnd) ||
      overlap(start, end, header.sectionOffset, sectionsEnd)
    ) {
      refuse("MALFORMED_ELF", section.at, "a section overlaps the headers");
    }
    if (start < offset) refuse("MALFORMED_ELF", section.at, "sections are not in ascending order");
    if (end > size)
      refuse("ELF_SECTION_OUT_OF_RANGE", section.at, "a section ends behind the file");
    offset = end;
  }
}

const UNIQUE = [".symtab", ".strtab", ".dynstr"];

function readSectionNames(
  bytes: Uint8Array,
  header: ElfHeader,
  sections: readonly Section[],
): string[] {
  if (header.namesIndex === 0) refuse("MALFORMED_ELF", 62, "there are no section names");
  const table = sections[header.namesIndex];
  const names = sections.map((section) =>
    latin1(readString(bytes, table, section.name, SECTION_NAME_BYTES_MAX)),
  );
  for (const name of UNIQUE) {
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      refuse(
        "MALFORMED_ELF",
        sections[names.lastIndexOf(name)].at,
        `two sections are called ${name}`,
      );
    }
  }
  return names;
}

/** The string at `offset` of a string table, shorter than `max` bytes. */
function readString(bytes: Uint8Array, table: Section, offset: number, max: number): Uint8Array {
  if (table.type !== SHT.STRTAB) refuse("MALFORMED_ELF", table.at, "no table of strings");
  const start = table.offset + offset;
  const end = Math.min(table.offset + table.size, start + max);
  if (start > end || end > bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", table.at, "a name lies outside its table");
  }
  const zero = bytes.subarray(start, end).indexOf(0);
  if (zero < 0) refuse("MALFORMED_ELF", start, `a name has no end within ${max} bytes`);
  return bytes.subarray(start, start + zero);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Values of the dynamic table by tag; undefined if the file is static. */
function readDynamic(
  view: DataView,
  segments: readonly ProgramHeader[],
  sections: readonly Section[],
): Float64Array | undefined {
  const segment = segments.find(({ type }) => type === PT.DYNAMIC);
  const inSegment = segment && table(view, segment.offset, segment.fileBytes, 16);
  if (inSegment) return readTags(view, segment.offset, segment.fileBytes);
  const section = sections.find(({ type }) => type === SHT.DYNAMIC);
  if (section === undefined) return undefined;
  if (!table(view, section.offset, section.size, 16)) {
    refuse("MALFORMED_ELF", section.at, "the dynamic table is broken");
  }
  return readTags(view, section.offset, section.size);
}

function readTags(view: DataView, offset: number, size: number): Float64Array {
  const tags = new Float64Array(DT.COUNT);
  for (let at = offset; at < offset + size; at += 16) {
    const tag = u64(view, at);
    if (tag === 0) break;
    if (tag < DT.COUNT) tags[tag] = u64(view, at + 8);
  }
  return tags;
}

/** True if [offset, offset + size) is an aligned table of whole entries inside the file. */
function table(view: DataView, offset: number, size: number, entry: number): boolean {
  return offset % 8 === 0 && size % entry === 0 && offset + size <= view.byteLength;
}

export function u64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296;
}

function findRelocations(
  view: DataView,
  dynamic: Float64Array | undefined,
  segments: readonly ProgramHeader[],
  sections: readonly Section[],
): readonly [number, number] {
  const address = dynamic?.[DT.REL];
  if (dynamic === undefined || !address) return [0, 0];
  const size = dynamic[DT.RELSZ];
  if (dynamic[DT.RELENT] !== 16 || size === 0) {
    refuse("MALFORMED_ELF", 0, "the table of relocations has the wrong size");
  }
  const segment = segmentAt(view, segments, address);
  const section = sections.find((candidate) => candidate.address === address);
  if (segment === undefined && section === undefined) {
    refuse("MALFORMED_ELF", 0, "the table of relocations lies nowhere");
  }
  const offset = segment === undefined ? section!.offset : address - segment.vaddr + segment.offset;
  if (!table(view, offset, size, 16)) {
    refuse("MALFORMED_ELF", 0, "the table of relocations lies outside the file");
  }
  return [offset, offset + size];
}

const U64_END = 1n << 64n;

/** The first segment that holds an address. One before it that ends behind the address space makes the file broken. */
function segmentAt(
  view: DataView,
  segments: readonly ProgramHeader[],
  address: number,
): ProgramHeader | undefined {
  for (const segment of segments) {
    const { at, vaddr, memoryBytes } = segment;
    if (view.getBigUint64(at + 16, true) + view.getBigUint64(at + 40, true) >= U64_END) {
      refuse("ELF_SECTION_OUT_OF_RANGE", at, "a segment ends behind the address space");
    }
    if (address >= vaddr && address < vaddr + memoryBytes) return segment;
  }
  return undefined;
}

function findSymbols(
  dynamic: Float64Array | undefined,
  sections: readonly Section[],
  size: number,
): Section | undefined {
  const address = dynamic?.[DT.SYMTAB];
  if (!address) return undefined;
  const section = sections.find((candidate) => candidate.address === address);
  const typed = section?.type === SHT.SYMTAB || section?.type === SHT.DYNSYM;
  if (section === undefined || !typed) {
    refuse("MALFORMED_ELF", section?.at ?? 0, "the table of symbols lies nowhere");
  }
  if (section.size % 24 !== 0 || section.offset % 8 !== 0 || section.offset + section.size > size) {
    refuse("MALFORMED_ELF", section.at, "the table of symbols has the wrong size");
  }
  return section;
}
