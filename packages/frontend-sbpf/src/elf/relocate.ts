import { refuse } from "@dragoman/fault";
import { murmur3 } from "../isa/murmur3.ts";
import { SLOT_BYTES } from "../isa/version.ts";
import { dynamicName, type ElfFile, u64 } from "./elf-file.ts";
import { type Section, SHT } from "./elf-headers.ts";
import type { LoadOptions } from "./executable.ts";
import { registerFunction } from "./load-lenient.ts";

const REGION_BYTES = 2 ** 32;
const CALL = 0x85;
const STT_FUNC = 2;
/** Relocation types by the names of BPF. */
const R_BPF = { BPF_64_64: 1, BPF_64_RELATIVE: 8, BPF_64_32: 10 } as const;

/**
 * Rewrites calls to hashes and applies the dynamic relocations, in place (anza-xyz/sbpf `src/elf.rs`, relocate; the table
 * of types is in `doc/relocations.md`). Returns the functions by hash.
 */
export function relocate(elf: ElfFile, text: Section, options: LoadOptions): Map<number, number> {
  const functions = new Map<number, number>();
  hashCalls(elf, text, functions, options);
  const [start, end] = elf.relocations;
  for (let at = start; at < end; at += 16) {
    const offset = u64(elf.view, at);
    const type = elf.view.getUint32(at + 8, true);
    const symbol = elf.view.getUint32(at + 12, true);
    // No relocation touches more than 24 bytes.
    if (offset + 8 > elf.bytes.length) {
      refuse("ELF_SECTION_OUT_OF_RANGE", at, "a relocation lies outside the file");
    }
    switch (type) {
      case R_BPF.BPF_64_64:
        relocateAbsolute(elf, offset, symbolAt(elf, symbol, at), at);
        break;
      case R_BPF.BPF_64_RELATIVE:
        relocateRelative(elf, text, offset, at);
        break;
      case R_BPF.BPF_64_32:
        relocateCall(elf, text, offset, symbolAt(elf, symbol, at), functions, options);
        break;
      default:
        refuse("UNSUPPORTED_ELF_RELOCATION", at, `relocation type ${type} is unknown`);
    }
  }
  return functions;
}

/** Replaces the relative target of every call by the hash of its function. -1 waits for a relocation. */
function hashCalls(
  elf: ElfFile,
  text: Section,
  functions: Map<number, number>,
  options: LoadOptions,
): void {
  const { bytes, view } = elf;
  const size = text.type === SHT.NOBITS ? 0 : text.size;
  const count = Math.floor(size / SLOT_BYTES);
  for (let pc = 0, at = text.offset; pc < count; pc++, at += SLOT_BYTES) {
    if (bytes[at] !== CALL) continue;
    const imm = view.getInt32(at + 4, true);
    if (imm === -1) continue;
    const target = pc + 1 + imm;
    if (target < 0 || target >= count) {
      refuse("SBPF_CALL_OUT_OF_RANGE", at, `instruction ${pc} calls slot ${target}`);
    }
    view.setUint32(at + 4, registerFunction(functions, target, false, options.isSyscall), true);
  }
}

/** Offset of symbol `index` in the file. */
function symbolAt(elf: ElfFile, index: number, at: number): number {
  const { symbols } = elf;
  if (symbols === undefined || index * 24 >= symbols.size) {
    refuse("INVALID_ELF_SYMBOL", at, `there is no symbol ${index}`);
  }
  return symbols.offset + index * 24;
}

/** Splits an address, moved into region 1 if it lies below, over the immediates of the lddw at `offset`. */
function writeLddw(elf: ElfFile, offset: number, low: number, high: number, at: number): void {
  if (offset + 16 > elf.bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", at, "a relocated lddw ends behind the file");
  }
  elf.view.setUint32(offset + 4, low, true);
  elf.view.setUint32(offset + 12, high === 0 ? 1 : high, true);
}

/** Symbol plus addend, which saturates at 2^64 - 1. */
function relocateAbsolute(elf: ElfFile, offset: number, symbol: number, at: number): void {
  const { view } = elf;
  const low = view.getUint32(symbol + 8, true) + view.getUint32(offset + 4, true);
  const high = view.getUint32(symbol + 12, true) + (low >= REGION_BYTES ? 1 : 0);
  if (high >= REGION_BYTES) writeLddw(elf, offset, 0xffffffff, 0xffffffff, at);
  else writeLddw(elf, offset, low % REGION_BYTES, high, at);
}

function relocateRelative(elf: ElfFile, text: Section, offset: number, at: number): void {
  const { view } = elf;
  const isText =
    text.type !== SHT.NOBITS && offset >= text.offset && offset < text.offset + text.size;
  if (!isText) {
    // The address stands in the high half: what an old toolchain wrote, kept for ever.
    const address = view.getUint32(offset + 4, true);
    view.setUint32(offset, address, true);
    view.setUint32(offset + 4, 1, true);
    return;
  }
  if (offset + 16 > elf.bytes.length) {
    refuse("ELF_SECTION_OUT_OF_RANGE", at, "a relocated lddw ends behind the file");
  }
  const low = view.getUint32(offset + 4, true);
  const high = view.getUint32(offset + 12, true);
  if (low === 0 && high === 0) {
    refuse("INVALID_ELF_RELOCATION", at, "a relocation refers to address 0");
  }
  writeLddw(elf, offset, low, high, at);
}

const ENTRYPOINT = "entrypoint";

function relocateCall(
  elf: ElfFile,
  text: Section,
  offset: number,
  symbol: number,
  functions: Map<number, number>,
  options: LoadOptions,
): void {
  const { view } = elf;
  const name = dynamicName(elf, view.getUint32(symbol, true));
  const value = u64(view, symbol + 8);
  const isFunction = (view.getUint8(symbol + 4) & 15) === STT_FUNC;
  if (!isFunction || value === 0) {
    const hash = murmur3(name);
    if (options.deploy === true && !options.isSyscall(hash)) {
      refuse(
        "UNSUPPORTED_SBPF_SYSCALL",
        offset,
        `there is no syscall ${String.fromCharCode(...name)}`,
      );
    }
    view.setUint32(offset + 4, hash, true);
    return;
  }
  if (value < text.address || value >= text.address + text.size) {
    refuse("ELF_SECTION_OUT_OF_RANGE", symbol, "a function lies outside the code");
  }
  const pc = Math.floor((value - text.address) / SLOT_BYTES);
  const isEntry = String.fromCharCode(...name) === ENTRYPOINT;
  view.setUint32(offset + 4, registerFunction(functions, pc, isEntry, options.isSyscall), true);
}
