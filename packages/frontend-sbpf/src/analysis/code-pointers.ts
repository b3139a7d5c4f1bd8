import type { Executable } from "../elf/executable.ts";
import type { Text } from "../isa/decode.ts";

const LDDW = 0x18;

/**
 * Marks slots whose guest address stands in an lddw or as an aligned word in the read-only data: likely targets of callx. A guess
 * is enough: a callx elsewhere is legal and takes a slower way.
 */
export function findCodePointers(text: Text, executable: Executable): Uint8Array {
  const { count, op, imm } = text;
  const marks = new Uint8Array(count);
  const base = executable.textOffset;
  const mark = (low: number, high: number): void => {
    if (high !== 1) return;
    const offset = (low >>> 0) - base;
    if (offset >= 0 && offset < count * 8 && offset % 8 === 0) marks[offset / 8] = 1;
  };
  for (let pc = 0; pc + 1 < count; pc++) {
    if (op[pc] !== LDDW) continue;
    mark(imm[pc], imm[pc + 1]);
    pc++;
  }
  const { rodata, version } = executable;
  const view = new DataView(rodata.buffer, rodata.byteOffset, rodata.byteLength);
  const textStart = version === 3 ? rodata.length : base;
  const textEnd = version === 3 ? rodata.length : base + count * 8;
  for (let at = 0; at + 8 <= rodata.length; at += 8) {
    if (at === (textStart & ~7)) at = Math.ceil(textEnd / 8) * 8;
    if (at + 8 > rodata.length) break;
    mark(view.getUint32(at, true), view.getUint32(at + 4, true));
  }
  // The half of an lddw is no place to begin.
  for (let pc = 0; pc < count; pc++) if (op[pc] === 0) marks[pc] = 0;
  return marks;
}
