import { refuse } from "@dragoman/fault";
import { type SbpfVersion, SLOT_BYTES } from "../isa/version.ts";
import {
  EHDR_BYTES,
  type ElfHeader,
  EM,
  PF,
  PHDR_BYTES,
  type ProgramHeader,
  PT,
  readHeader,
  readProgramHeaders,
} from "./elf-headers.ts";
import type { Executable } from "./executable.ts";

const REGION_BYTES = 2 ** 32;
const EXPECTED = [
  { flags: PF.R, vaddr: 0 },
  { flags: PF.X, vaddr: REGION_BYTES },
] as const;

/**
 * Loads a v3 program by its program headers alone: read-only data (may be left out), then code, nothing to relocate
 * (SIMD-0189; anza-xyz/sbpf `src/elf.rs`, load_with_strict_parser).
 */
export function loadStrict(bytes: Uint8Array, version: SbpfVersion): Executable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view);
  checkHeader(bytes, header);
  const segments = readProgramHeaders(view, header);
  const skipsRodata = segments[0].flags !== PF.R;
  if (!skipsRodata && segments.length < 2) {
    refuse("MALFORMED_ELF", 56, "there is no program header for the code");
  }
  let offset = EHDR_BYTES + header.segmentCount * PHDR_BYTES;
  for (const [index, expected] of EXPECTED.slice(skipsRodata ? 1 : 0).entries()) {
    checkSegment(segments[index], expected, offset, bytes.length);
    offset += segments[index].fileBytes;
  }
  const rodata = skipsRodata ? undefined : segments[0];
  const code = segments[skipsRodata ? 0 : 1];
  const last = header.entry + SLOT_BYTES - 1;
  if (last < code.vaddr || last >= code.vaddr + code.memoryBytes) {
    refuse("ELF_ENTRYPOINT_OUT_OF_RANGE", 24, "the entry point lies outside the code");
  }
  if (header.entry % SLOT_BYTES !== 0) {
    refuse("INVALID_ELF_ENTRYPOINT", 24, "the entry point is not at an instruction");
  }
  return {
    version,
    rodata: rodata === undefined ? new Uint8Array(0) : slice(bytes, rodata),
    text: slice(bytes, code),
    textOffset: 0,
    entryPc: Math.max(0, header.entry - code.vaddr) / SLOT_BYTES,
    functions: new Map(),
  };
}

function slice(bytes: Uint8Array, segment: ProgramHeader): Uint8Array {
  return new Uint8Array(bytes.subarray(segment.offset, segment.offset + segment.fileBytes));
}

/** Every byte of the identification is fixed. */
const IDENT = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];

function checkHeader(bytes: Uint8Array, header: ElfHeader): void {
  const wrong = IDENT.findIndex((byte, at) => bytes[at] !== byte);
  if (wrong >= 0) refuse("INVALID_ELF_IDENT", wrong, `byte ${wrong} is not ${IDENT[wrong]}`);
  if (header.machine !== EM.BPF) {
    refuse("INVALID_ELF_MACHINE", 18, `machine ${header.machine} is not ${EM.BPF}`);
  }
  const sizes = header.headerBytes === EHDR_BYTES && header.segmentBytes === PHDR_BYTES;
  if (header.version !== 1 || header.segmentOffset !== EHDR_BYTES || !sizes) {
    refuse("MALFORMED_ELF", 20, "the file header is not that of a strict ELF");
  }
  const end = EHDR_BYTES + header.segmentCount * PHDR_BYTES;
  if (header.segmentCount === 0 || end > bytes.length) {
    refuse("MALFORMED_ELF", 56, "the program headers end behind the file");
  }
}

function checkSegment(
  segment: ProgramHeader,
  expected: (typeof EXPECTED)[number],
  offset: number,
  size: number,
): void {
  const broken =
    segment.type !== PT.LOAD ||
    segment.flags !== expected.flags ||
    segment.offset !== offset ||
    segment.offset >= size ||
    segment.offset % SLOT_BYTES !== 0 ||
    segment.vaddr !== expected.vaddr ||
    segment.paddr !== expected.vaddr ||
    segment.fileBytes !== segment.memoryBytes ||
    segment.fileBytes > size - segment.offset ||
    segment.fileBytes % SLOT_BYTES !== 0 ||
    segment.memoryBytes >= REGION_BYTES;
  if (broken) {
    refuse("INVALID_ELF_PROGRAM_HEADER", segment.at, "the program header is not as it must be");
  }
}
