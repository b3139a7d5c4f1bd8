import { refuse } from "@dragoman/fault";

export const EHDR_BYTES = 64;
export const PHDR_BYTES = 56;
export const SHDR_BYTES = 64;

export const PT = { LOAD: 1, DYNAMIC: 2 } as const;
export const PF = { X: 1, W: 2, R: 4 } as const;
export const SHT = { NULL: 0, SYMTAB: 2, STRTAB: 3, DYNAMIC: 6, NOBITS: 8, DYNSYM: 11 } as const;
export const SHF_WRITE_ALLOC = 3;
export const DT = { SYMTAB: 6, REL: 17, RELSZ: 18, RELENT: 19, COUNT: 35 } as const;
export const EM = { BPF: 247, SBPF: 263 } as const;
export const ET_DYN = 3;

/** Fields of the file header. Sizes and offsets above 2^53 lose their low bits, which no check notices. */
export interface ElfHeader {
  readonly type: number;
  readonly machine: number;
  readonly version: number;
  readonly entry: number;
  readonly segmentOffset: number;
  readonly sectionOffset: number;
  readonly flags: number;
  readonly headerBytes: number;
  readonly segmentBytes: number;
  readonly segmentCount: number;
  readonly sectionBytes: number;
  readonly sectionCount: number;
  readonly namesIndex: number;
}

export interface ProgramHeader {
  /** Offset of the header in the file. */
  readonly at: number;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly vaddr: number;
  readonly paddr: number;
  readonly fileBytes: number;
  readonly memoryBytes: number;
}

export interface Section {
  /** Offset of the header in the file. */
  readonly at: number;
  readonly name: number;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
}

export function readHeader(view: DataView): ElfHeader {
  if (view.byteLength < EHDR_BYTES) {
    refuse("MALFORMED_ELF", view.byteLength, `a file of ${view.byteLength} bytes has no header`);
  }
  return {
    type: view.getUint16(16, true),
    machine: view.getUint16(18, true),
    version: view.getUint32(20, true),
    entry: wide(view, 24),
    segmentOffset: wide(view, 32),
    sectionOffset: wide(view, 40),
    flags: view.getUint32(48, true),
    headerBytes: view.getUint16(52, true),
    segmentBytes: view.getUint16(54, true),
    segmentCount: view.getUint16(56, true),
    sectionBytes: view.getUint16(58, true),
    sectionCount: view.getUint16(60, true),
    namesIndex: view.getUint16(62, true),
  };
}

function wide(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296;
}

/** Refuses a table that overlaps the file header, is not aligned, or ends behind the file. */
function checkTable(view: DataView, offset: number, bytes: number, what: string): void {
  const end = offset + bytes;
  if (offset < EHDR_BYTES && end > 0) refuse("MALFORMED_ELF", offset, `${what} overlap the header`);
  if (end > view.byteLength) {
    refuse("ELF_SECTION_OUT_OF_RANGE", view.byteLength, `${what} end behind the file`);
  }
  if (offset % 8 !== 0) refuse("MALFORMED_ELF", offset, `${what} are not aligned`);
}

export function readProgramHeaders(view: DataView, header: ElfHeader): ProgramHeader[] {
  const { segmentOffset, segmentCount } = header;
  checkTable(view, segmentOffset, segmentCount * PHDR_BYTES, "the program headers");
  return Array.from({ length: segmentCount }, (_, index) => {
    const at = segmentOffset + index * PHDR_BYTES;
    return {
      at,
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      offset: wide(view, at + 8),
      vaddr: wide(view, at + 16),
      paddr: wide(view, at + 24),
      fileBytes: wide(view, at + 32),
      memoryBytes: wide(view, at + 40),
    };
  });
}

export function readSections(view: DataView, header: ElfHeader): Section[] {
  const { sectionOffset, sectionCount, segmentOffset, segmentCount } = header;
  checkTable(view, sectionOffset, sectionCount * SHDR_BYTES, "the section headers");
  const segmentsEnd = segmentOffset + segmentCount * PHDR_BYTES;
  const sectionsEnd = sectionOffset + sectionCount * SHDR_BYTES;
  if (!(sectionsEnd <= segmentOffset || segmentsEnd <= sectionOffset)) {
    refuse("MALFORMED_ELF", sectionOffset, "section headers and program headers overlap");
  }
  return Array.from({ length: sectionCount }, (_, index) => {
    const at = sectionOffset + index * SHDR_BYTES;
    return {
      at,
      name: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      flags: view.getUint32(at + 8, true),
      address: wide(view, at + 16),
      offset: wide(view, at + 24),
      size: wide(view, at + 32),
    };
  });
}
