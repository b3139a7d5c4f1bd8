import { ByteWriter } from "@dragoman/bytes";
import { SLOT_BYTES } from "../isa/version.ts";
import type { Assembly } from "./assemble.ts";

const EHDR_BYTES = 64;
const PHDR_BYTES = 56;
const SHDR_BYTES = 64;
const REGION = 1n << 32n;

/**
 * An ELF from assembled code and read-only data. v3: the two program headers of the strict loader; data at address 0. v0: sections,
 * dynamic symbols and relocations of the syscalls; data at {@link rodataAddressV0}.
 */
export function link(assembly: Assembly, rodata: Uint8Array = new Uint8Array(0)): Uint8Array {
  return assembly.version === 3 ? linkStrict(assembly, rodata) : linkLenient(assembly, rodata);
}

/** Guest address of the read-only data of a v0 program that {@link link} makes. */
export function rodataAddressV0(assembly: Assembly): bigint {
  return REGION + BigInt(TEXT_OFFSET + assembly.text.length);
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
  whole.set(bytes);
  return whole;
}

interface HeaderFields {
  readonly flags: number;
  readonly entry: bigint;
  readonly segments: number;
  readonly sectionsAt?: number;
  readonly sections?: number;
}

function writeHeader(out: ByteWriter, fields: HeaderFields): void {
  out.bytes(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  out.u16(3);
  out.u16(247);
  out.u32(1);
  out.u64(fields.entry);
  out.u64(BigInt(EHDR_BYTES));
  out.u64(BigInt(fields.sectionsAt ?? 0));
  out.u32(fields.flags);
  out.u16(EHDR_BYTES);
  out.u16(PHDR_BYTES);
  out.u16(fields.segments);
  out.u16(SHDR_BYTES);
  out.u16(fields.sections ?? 0);
  out.u16(Math.max(0, (fields.sections ?? 0) - 1));
}

function writeSegment(
  out: ByteWriter,
  type: number,
  flags: number,
  offset: number,
  vaddr: bigint,
  size: number,
): void {
  out.u32(type);
  out.u32(flags);
  out.u64(BigInt(offset));
  out.u64(vaddr);
  out.u64(vaddr);
  out.u64(BigInt(size));
  out.u64(BigInt(size));
  out.u64(8n);
}

function linkStrict(assembly: Assembly, rodata: Uint8Array): Uint8Array {
  const data = padded(rodata);
  const segments = data.length === 0 ? 1 : 2;
  const start = EHDR_BYTES + segments * PHDR_BYTES;
  const out = new ByteWriter(start + data.length + assembly.text.length);
  writeHeader(out, { flags: 3, entry: REGION + BigInt(assembly.entryPc * SLOT_BYTES), segments });
  if (segments === 2) writeSegment(out, 1, 4, start, 0n, data.length);
  writeSegment(out, 1, 1, start + data.length, REGION, assembly.text.length);
  out.bytes(data);
  out.bytes(assembly.text);
  return out.finish();
}

const SEGMENTS_V0 = 2;
const TEXT_OFFSET = EHDR_BYTES + SEGMENTS_V0 * PHDR_BYTES;

/** Guest address of the code of a v0 program that {@link link} makes. */
export const TEXT_ADDRESS_V0: bigint = REGION + BigInt(TEXT_OFFSET);

interface SectionFields {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly bytes: Uint8Array;
  readonly entry?: number;
  readonly link?: number;
}

/** Code with relative calls and unresolved syscalls, as a linker leaves it. */
function relocatableText(assembly: Assembly): Uint8Array {
  const text = assembly.text.slice();
  const view = new DataView(text.buffer);
  for (const [pc, target] of assembly.calls) {
    text[pc * SLOT_BYTES + 1] = 0x10;
    view.setInt32(pc * SLOT_BYTES + 4, target - pc - 1, true);
  }
  for (const [pc] of assembly.syscalls) {
    text[pc * SLOT_BYTES + 1] = 0x10;
    view.setInt32(pc * SLOT_BYTES + 4, -1, true);
  }
  return text;
}

function linkLenient(assembly: Assembly, rodata: Uint8Array): Uint8Array {
  const data = padded(rodata);
  const names = [...new Set(assembly.syscalls.map(([, name]) => name))];
  const strings = new ByteWriter();
  const symbols = new ByteWriter();
  strings.u8(0);
  symbols.bytes(new Uint8Array(24));
  for (const name of names) {
    symbols.u32(strings.length);
    symbols.bytes(Uint8Array.of(0x10, 0, 0, 0));
    symbols.bytes(new Uint8Array(16));
    strings.bytes(new TextEncoder().encode(name));
    strings.u8(0);
  }
  const relocations = new ByteWriter();
  for (const [pc, name] of assembly.syscalls) {
    relocations.u64(BigInt(TEXT_OFFSET + pc * SLOT_BYTES));
    relocations.u64((BigInt(names.indexOf(name) + 1) << 32n) | 10n);
  }
  const textEnd = TEXT_OFFSET + assembly.text.length + data.length;
  const dynamicBytes = names.length === 0 ? 16 : 6 * 16;
  const symbolsAt = textEnd + dynamicBytes;
  const relocationsAt = symbolsAt + symbols.length;
  const dynamic = new ByteWriter();
  const tags: readonly (readonly [bigint, number])[] =
    names.length === 0
      ? []
      : [
          [17n, relocationsAt],
          [18n, relocations.length],
          [19n, 16],
          [6n, symbolsAt],
          [11n, 24],
        ];
  for (const [tag, value] of [...tags, [0n, 0] as const]) {
    dynamic.u64(tag);
    dynamic.u64(BigInt(value));
  }
  return writeSections(assembly, [
    { name: ".text", type: 1, flags: 6, bytes: relocatableText(assembly) },
    { name: ".rodata", type: 1, flags: 2, bytes: data },
    { name: ".dynamic", type: 6, flags: 2, bytes: dynamic.finish(), entry: 16, link: 6 },
    { name: ".dynsym", type: 11, flags: 2, bytes: symbols.finish(), entry: 24, link: 6 },
    { name: ".rel.dyn", type: 9, flags: 2, bytes: relocations.finish(), entry: 16, link: 4 },
    { name: ".dynstr", type: 3, flags: 2, bytes: padded(strings.finish()) },
  ]);
}

function writeSections(assembly: Assembly, sections: readonly SectionFields[]): Uint8Array {
  const nameTable = new ByteWriter();
  nameTable.u8(0);
  const nameOffsets = [...sections.map(({ name }) => name), ".shstrtab"].map((name) => {
    const at = nameTable.length;
    nameTable.bytes(new TextEncoder().encode(`${name}\0`));
    return at;
  });
  const nameBytes = padded(nameTable.finish());
  const named: readonly SectionFields[] = [
    ...sections,
    { name: ".shstrtab", type: 3, flags: 0, bytes: nameBytes },
  ];
  const total = named.reduce((sum, { bytes }) => sum + bytes.length, TEXT_OFFSET);
  const out = new ByteWriter(total + (named.length + 1) * SHDR_BYTES);
  writeHeader(out, {
    flags: assembly.version,
    entry: BigInt(TEXT_OFFSET + assembly.entryPc * SLOT_BYTES),
    segments: SEGMENTS_V0,
    sectionsAt: total,
    sections: named.length + 1,
  });
  const before = TEXT_OFFSET + sections[0].bytes.length + sections[1].bytes.length;
  writeSegment(out, 1, 5, TEXT_OFFSET, BigInt(TEXT_OFFSET), total - TEXT_OFFSET);
  writeSegment(out, 2, 6, before, BigInt(before), sections[2].bytes.length);
  for (const { bytes } of named) out.bytes(bytes);
  out.bytes(new Uint8Array(SHDR_BYTES));
  let at = TEXT_OFFSET;
  named.forEach((section, index) => {
    out.u32(nameOffsets[index]);
    out.u32(section.type);
    out.u64(BigInt(section.flags));
    out.u64(section.name === ".shstrtab" ? 0n : BigInt(at));
    out.u64(BigInt(at));
    out.u64(BigInt(section.bytes.length));
    out.u32(section.link ?? 0);
    out.u32(0);
    out.u64(8n);
    out.u64(BigInt(section.entry ?? 0));
    at += section.bytes.length;
  });
  return out.finish();
}
