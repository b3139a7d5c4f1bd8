import type { Journal } from "../journal/journal.ts";

// The IR's operations on word cells, on the journal itself. A handle is the cell's number + 1.

const scratch = new Uint32Array(8);

/** Writes a word as eight parts, least significant first. */
function split(word: bigint): Uint32Array {
  let rest = word;
  for (let i = 0; i < 8; i++) {
    scratch[i] = Number(rest & 0xffffffffn);
    rest >>= 32n;
  }
  return scratch;
}

export const findCell = (journal: Journal, tag: number, key: bigint): number =>
  journal.findCell(tag, split(key), 0);

export const addToCounter = (journal: Journal, index: number, amount: bigint): void =>
  journal.setCounter(index, journal.counter(index) + Number(BigInt.asIntN(64, amount)));
