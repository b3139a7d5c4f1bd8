import type { Random } from "@dragoman/core/testing";
import { mutate } from "../decoders/mutate.ts";

const EHDR_BYTES = 64;
const PHDR_BYTES = 56;
const SHDR_BYTES = 64;
/** Offsets of the file header's fields, and their sizes in bytes. */
const HEADER_FIELDS = [
  ...([
    [4, 1],
    [5, 1],
    [7, 1],
    [16, 2],
    [18, 2],
    [20, 4],
    [24, 8],
    [32, 8],
  ] as const),
  ...([
    [40, 8],
    [48, 4],
    [52, 2],
    [54, 2],
    [56, 2],
    [58, 2],
    [60, 2],
    [62, 2],
  ] as const),
] as const;
const SEGMENT_FIELDS = [
  [0, 4],
  [4, 4],
  [8, 8],
  [16, 8],
  [24, 8],
  [32, 8],
  [40, 8],
] as const;
const SECTION_FIELDS = [
  [0, 4],
  [4, 4],
  [8, 8],
  [16, 8],
  [24, 8],
  [32, 8],
  [40, 4],
  [56, 8],
] as const;

/** A damaged copy of an ELF: mostly one to four of its fields or instructions, sometimes any bytes. */
export function mutateElf(random: Random, elf: Uint8Array): Uint8Array {
  if (elf.length < EHDR_BYTES || random.oneIn(5)) return mutate(random, elf);
  const bytes = elf.slice();
  const view = new DataView(bytes.buffer);
  for (let left = random.between(1, 4); left > 0; left--) {
    const kind = random.below(10);
    if (kind < 2) setField(random, view, 0, HEADER_FIELDS);
    else if (kind < 4)
      setField(random, view, entryOf(random, view, 32, 56, PHDR_BYTES), SEGMENT_FIELDS);
    else if (kind < 6)
      setField(random, view, entryOf(random, view, 40, 60, SHDR_BYTES), SECTION_FIELDS);
    else if (kind < 9) damageSlot(random, view);
    else swapBytes(random, bytes);
  }
  return random.oneIn(20) ? bytes.slice(0, random.between(0, bytes.length)) : bytes;
}

/** Offset of one entry of the table whose offset stands at `at` and whose count at `countAt`; 0 where that lies outside. */
function entryOf(
  random: Random,
  view: DataView,
  at: number,
  countAt: number,
  size: number,
): number {
  const start = Number(view.getBigUint64(at, true));
  const count = view.getUint16(countAt, true);
  const entry = start + random.below(Math.max(1, count)) * size;
  return entry + size <= view.byteLength ? entry : 0;
}

/** Gives one of the fields at `base` another value: near what it is, near the size of the file, or at an edge of its type. */
function setField(
  random: Random,
  view: DataView,
  base: number,
  fields: readonly (readonly [at: number, size: number])[],
): void {
  const [at, size] = random.pick(fields);
  if (base + at + size > view.byteLength) return;
  const limit = 1n << BigInt(size * 8);
  const old = read(view, base + at, size);
  const value = random.pick([
    () => old + BigInt(random.between(-9, 9)),
    () => BigInt(view.byteLength + random.between(-9, 9)),
    () => BigInt(random.below(300)),
    () => limit - 1n - BigInt(random.below(9)),
    () => (1n << BigInt(random.below(size * 8))) + BigInt(random.between(-1, 1)),
    () => BigInt(random.below(view.byteLength)) & ~7n,
  ])();
  write(view, base + at, size, ((value % limit) + limit) % limit);
}

function read(view: DataView, at: number, size: number): bigint {
  if (size === 8) return view.getBigUint64(at, true);
  if (size === 4) return BigInt(view.getUint32(at, true));
  return BigInt(size === 2 ? view.getUint16(at, true) : view.getUint8(at));
}

function write(view: DataView, at: number, size: number, value: bigint): void {
  if (size === 8) view.setBigUint64(at, value, true);
  else if (size === 4) view.setUint32(at, Number(value), true);
  else if (size === 2) view.setUint16(at, Number(value), true);
  else view.setUint8(at, Number(value));
}

/** Changes part of any eight bytes behind the headers: an instruction, a relocation, a symbol. */
function damageSlot(random: Random, view: DataView): void {
  const slots = Math.floor((view.byteLength - EHDR_BYTES) / 8);
  if (slots === 0) return;
  const at = EHDR_BYTES + random.below(slots) * 8;
  switch (random.below(4)) {
    case 0:
      view.setUint8(at, random.below(256));
      return;
    case 1:
      view.setUint8(at + 1, random.below(256));
      return;
    case 2:
      view.setInt16(
        at + 2,
        random.pick([0, 1, -1, -2, 0x7fff, -0x8000, random.between(-99, 99)]),
        true,
      );
      return;
    default:
      view.setInt32(
        at + 4,
        random.pick([0, 1, -1, 31, 32, 63, 64, 0x7fffffff, random.bits() | 0]),
        true,
      );
  }
}

function swapBytes(random: Random, bytes: Uint8Array): void {
  const [a, b] = [random.below(bytes.length), random.below(bytes.length)];
  const kept = bytes[a] as number;
  bytes[a] = bytes[b] as number;
  bytes[b] = kept;
}
