import { refuse } from "@dragoman/fault";
import { ENTRYPOINT_HASH, pcHash } from "../isa/murmur3.ts";
import { type SbpfVersion, SLOT_BYTES } from "../isa/version.ts";
import { type ElfFile, parseElf } from "./elf-file.ts";
import { EM, ET_DYN, type Section, SHF_WRITE_ALLOC, SHT } from "./elf-headers.ts";
import type { Executable, LoadOptions } from "./executable.ts";
import { relocate } from "./relocate.ts";

const REGION_BYTES = 2 ** 32;
const READ_ONLY = new Set([".text", ".rodata", ".data.rel.ro", ".eh_frame"]);

/**
 * Loads a v0 to v2 program: parses tolerantly, relocates, and lays the read-only sections out at their own addresses
 * (anza-xyz/sbpf `src/elf.rs`, load_with_lenient_parser). Runs in time linear in the file.
 */
export function loadLenient(
  input: Uint8Array,
  version: SbpfVersion,
  options: LoadOptions,
): Executable {
  // A Buffer is a Uint8Array whose slice() does not copy.
  const elf = parseElf(new Uint8Array(input));
  const text = validate(elf);
  const deploy = options.deploy === true;
  if ((deploy && text.address !== text.offset) || text.address >= REGION_BYTES) {
    refuse("ELF_SECTION_OUT_OF_RANGE", text.at, "the code lies outside its region");
  }
  const functions = relocate(elf, text, options);
  const offset = Math.max(0, elf.header.entry - text.address);
  if (offset % SLOT_BYTES !== 0) {
    refuse("INVALID_ELF_ENTRYPOINT", 24, "the entry point is not at an instruction");
  }
  const entryPc = offset / SLOT_BYTES;
  functions.set(ENTRYPOINT_HASH, entryPc);
  const rodata = layOut(elf, deploy);
  const textBytes = fileBytes(text);
  return {
    version,
    rodata,
    text: rodata.subarray(text.address, text.address + textBytes),
    textOffset: text.address,
    entryPc,
    functions,
  };
}

function validate(elf: ElfFile): Section {
  const { header, sections, names, bytes } = elf;
  if (bytes[7] !== 0) refuse("INVALID_ELF_IDENT", 7, "the ABI is not 0");
  if (header.machine !== EM.BPF && header.machine !== EM.SBPF) {
    refuse("INVALID_ELF_MACHINE", 18, `machine ${header.machine} is not BPF`);
  }
  if (header.type !== ET_DYN) refuse("INVALID_ELF_TYPE", 16, "the file is no shared object");
  const index = names.indexOf(".text");
  if (index < 0 || index !== names.lastIndexOf(".text")) {
    refuse("INVALID_ELF_TEXT_SECTIONS", 0, "there is not exactly one section .text");
  }
  sections.forEach((section, at) => {
    const name = names[at];
    const writable = (section.flags & SHF_WRITE_ALLOC) === SHF_WRITE_ALLOC;
    const data = name.startsWith(".data") && !name.startsWith(".data.rel");
    if (name.startsWith(".bss") || (writable && data)) {
      refuse("INVALID_ELF_WRITABLE_SECTION", section.at, `section ${name} is writable`);
    }
  });
  for (const section of sections) {
    if (section.offset + section.size > bytes.length) {
      refuse("ELF_SECTION_OUT_OF_RANGE", section.at, "a section ends behind the file");
    }
  }
  const text = sections[index];
  if (header.entry < text.address || header.entry >= text.address + text.size) {
    refuse("ELF_ENTRYPOINT_OUT_OF_RANGE", 24, "the entry point lies outside the code");
  }
  return text;
}

/** Bytes of a section in the file. */
function fileBytes(section: Section): number {
  return section.type === SHT.NOBITS ? 0 : section.size;
}

/** The read-only sections at their own addresses, gaps zero. */
function layOut(elf: ElfFile, deploy: boolean): Uint8Array {
  const sections = elf.sections.filter((_, index) => READ_ONLY.has(elf.names[index]));
  let highest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let filled = 0;
  let moved = false;
  for (const section of sections) {
    moved ||= section.address !== section.offset;
    if ((deploy && moved) || section.address > REGION_BYTES) {
      refuse("ELF_SECTION_OUT_OF_RANGE", section.at, "a read-only section lies outside its region");
    }
    const size = fileBytes(section);
    lowest = Math.min(lowest, section.address);
    highest = Math.max(highest, section.address + size);
    filled += size;
  }
  if ((deploy && lowest + filled > highest) || highest > elf.bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", 0, "the read-only sections overlap or end behind the file");
  }
  const image = new Uint8Array(highest);
  for (const section of sections) {
    const start = section.type === SHT.NOBITS ? 0 : section.offset;
    image.set(elf.bytes.subarray(start, start + fileBytes(section)), section.address);
  }
  return image;
}

/** Adds a function at `pc` to the registry; returns its hash. */
export function registerFunction(
  functions: Map<number, number>,
  pc: number,
  isEntry: boolean,
  isSyscall: (hash: number) => boolean,
): number {
  const hash = isEntry ? ENTRYPOINT_HASH : pcHash(pc);
  const known = functions.get(hash);
  if (known === pc) return hash;
  if (known !== undefined || isSyscall(hash)) {
    refuse("INVALID_SBPF_SYMBOL_HASH", pc, `hash ${hash} of function ${pc} is taken`);
  }
  functions.set(hash, pc);
  return hash;
}
