import type { Random } from "@dragoman/core/testing";
import type { MoveType } from "@dragoman/frontend-move";

/** Levels of structs and vectors below which vectors are empty and variants are the first. */
const DEPTH_MAX = 4;
/** Elements of a vector. */
const ELEMENTS_MAX = 5;

/** The BCS of some value of `type`, which contains no reference. */
export function randomBcs(random: Random, type: MoveType): Uint8Array {
  const bytes: number[] = [];
  write(random, type, bytes, 0);
  return Uint8Array.from(bytes);
}

function write(random: Random, type: MoveType, bytes: number[], depth: number): void {
  if (type.bits > 0) return writeInteger(random, type.bits, bytes);
  switch (type.kind) {
    case "bool":
      bytes.push(random.below(2));
      return;
    case "vector": {
      const length = depth >= DEPTH_MAX ? 0 : random.below(ELEMENTS_MAX);
      bytes.push(length);
      for (let i = 0; i < length; i++) write(random, type.element as MoveType, bytes, depth + 1);
      return;
    }
    case "struct":
      for (const field of type.fields) write(random, field.type, bytes, depth + 1);
      return;
    case "enum": {
      const variant = depth >= DEPTH_MAX ? 0 : random.below(type.variants.length);
      bytes.push(variant);
      const fields = type.variants[variant]?.fields ?? [];
      for (const field of fields) write(random, field.type, bytes, depth + 1);
      return;
    }
    default:
      // Addresses and signers, few of them, so that they meet.
      for (let i = 0; i < 31; i++) bytes.push(0);
      bytes.push(random.pick([0, 1, 0x42, 0xcc]));
  }
}

function writeInteger(random: Random, bits: number, bytes: number[]): void {
  let rest = random.oneIn(2) ? BigInt(random.below(6)) : random.word(bits);
  for (let i = 0; i < bits; i += 8, rest >>= 8n) bytes.push(Number(rest & 0xffn));
}
