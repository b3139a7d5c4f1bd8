import { refuse } from "@dragoman/fault";
import { type SbpfVersion, SLOT_BYTES } from "./version.ts";

/** Code as columns: one entry per 8-byte slot, so `lddw` takes two. */
export interface Text {
  readonly version: SbpfVersion;
  /** Number of slots. */
  readonly count: number;
  readonly op: Uint8Array;
  readonly dst: Uint8Array;
  readonly src: Uint8Array;
  readonly off: Int16Array;
  readonly imm: Int32Array;
  /** Slots of jumps, calls and exits, ascending: what the analyses of control flow look at. */
  readonly control: Int32Array;
}

/**
 * Splits code into columns. It does not look at what the instructions mean: see `verify`.
 *
 * Faults: `SBPF_TEXT_SIZE_MISMATCH`, `INVALID_EMPTY_SBPF_TEXT`.
 */
export function decodeText(bytes: Uint8Array, version: SbpfVersion): Text {
  if (bytes.length % SLOT_BYTES !== 0) {
    refuse("SBPF_TEXT_SIZE_MISMATCH", bytes.length, `${bytes.length} bytes are no whole slots`);
  }
  const count = bytes.length / SLOT_BYTES;
  if (count === 0) refuse("INVALID_EMPTY_SBPF_TEXT", 0, "the program has no instruction");
  // Two words a slot; copied where the code is not aligned.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, count * 2);
  const op = new Uint8Array(count);
  const dst = new Uint8Array(count);
  const src = new Uint8Array(count);
  const off = new Int16Array(count);
  const imm = new Int32Array(count);
  const control = new Int32Array(count);
  let controls = 0;
  for (let pc = 0; pc < count; pc++) {
    const word = words[pc * 2];
    const kind = word & 7;
    if (kind === 5 || (kind === 6 && version === 3)) control[controls++] = pc;
    op[pc] = word;
    dst[pc] = (word >>> 8) & 15;
    src[pc] = (word >>> 12) & 15;
    off[pc] = word >> 16;
    imm[pc] = words[pc * 2 + 1];
  }
  return { version, count, op, dst, src, off, imm, control: control.subarray(0, controls) };
}

/** The bytes of `text`: inverse of {@link decodeText}. */
export function encodeText(text: Omit<Text, "control">): Uint8Array {
  const bytes = new Uint8Array(text.count * SLOT_BYTES);
  const view = new DataView(bytes.buffer);
  for (let pc = 0, at = 0; pc < text.count; pc++, at += SLOT_BYTES) {
    bytes[at] = text.op[pc];
    bytes[at + 1] = text.dst[pc] | (text.src[pc] << 4);
    view.setInt16(at + 2, text.off[pc], true);
    view.setInt32(at + 4, text.imm[pc], true);
  }
  return bytes;
}
