import type { Random } from "@dragoman/core/testing";

const BYTES_MAX = 1 << 20;
/** Numbers that length fields, offsets and counts go wrong with. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff];

/** A damaged copy of `bytes`: one to eight of flips, edge values, cuts, insertions, copied and swapped stretches. */
export function mutate(random: Random, bytes: Uint8Array): Uint8Array {
  let result: Uint8Array = bytes.slice();
  for (let left = random.between(1, 8); left > 0; left--) result = mutateOnce(random, result);
  return result;
}

function mutateOnce(random: Random, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(random.below(256));
  const at = place(random, bytes.length);
  const length = random.between(1, Math.min(64, bytes.length - at));
  switch (random.below(8)) {
    case 0:
    case 1:
      bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
      return bytes;
    case 2:
      bytes[at] = random.pick(EDGES);
      return bytes;
    case 3:
      return bytes.fill(random.pick(EDGES), at, at + Math.min(8, length));
    case 4:
      return bytes.slice(0, at);
    case 5:
      return splice(bytes, at, 0, randomBytes(random, length));
    case 6:
      return splice(bytes, at, length, new Uint8Array(0));
    default:
      return splice(bytes, place(random, bytes.length), 0, bytes.slice(at, at + length));
  }
}

/** Headers and tables stand at the beginning: half of the damage goes there. */
function place(random: Random, length: number): number {
  return random.oneIn(2) ? random.below(Math.min(length, 256)) : random.below(length);
}

function splice(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.min(BYTES_MAX, bytes.length - removed + added.length));
  const parts = [bytes.subarray(0, at), added, bytes.subarray(at + removed)];
  let end = 0;
  for (const part of parts) {
    const fitting = part.subarray(0, result.length - end);
    result.set(fitting, end);
    end += fitting.length;
  }
  return result;
}

const randomBytes = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => random.below(256));
