import fc from "fast-check";
import { expect, test } from "vitest";
import { BYTE_CELLS, Journal, WORD_CELLS } from "./journal.ts";
import { MemoryState } from "./state.ts";

const KEY = (n: number): Uint8Array => Uint8Array.of(n, n + 1, n + 2);

function fixture(): {
  journal: Journal;
  word: (n: number) => number;
  bytes: (n: number) => number;
} {
  const journal = new Journal(new MemoryState());
  const words = journal.domain("test.word", WORD_CELLS);
  const strings = journal.domain("test.bytes", BYTE_CELLS);
  const account = journal.account(Uint8Array.of(7));
  return {
    journal,
    word: (n) => journal.cell(words, account, KEY(n)),
    bytes: (n) => journal.cell(strings, account, KEY(n)),
  };
}

test("a cell has one handle for one key and another for another", () => {
  const { journal, word } = fixture();
  expect(word(1)).toBe(word(1));
  expect(word(1)).not.toBe(word(2));
  const other = journal.account(Uint8Array.of(8));
  expect(journal.cell(0, other, KEY(1))).not.toBe(word(1));
});

test("a word of zero is absent from the changes, a written one is 32 bytes, highest first", () => {
  const { journal, word } = fixture();
  journal.writeWord(word(1), 0n);
  journal.writeWord(word(2), 258n);
  const changes = journal.changes();
  expect(changes).toHaveLength(1);
  expect(changes[0]!.after!.subarray(30)).toEqual(Uint8Array.of(1, 2));
  const state = new MemoryState();
  state.apply(changes);
  const again = new Journal(state);
  const cell = again.cell(
    again.domain("test.word", WORD_CELLS),
    again.account(Uint8Array.of(7)),
    KEY(2),
  );
  expect(again.readWord(cell)).toBe(258n);
});

test("transient cells, marks, counters and logs end with the transaction", () => {
  const { journal, word } = fixture();
  const transient = journal.domain("test.transient", WORD_CELLS, "transaction");
  const cell = journal.cell(transient, 0, KEY(1));
  journal.writeWord(cell, 5n);
  journal.setMark(cell, 3);
  journal.setCounter(0, 9);
  journal.writeWord(word(1), 6n);
  journal.beginTransaction();
  expect([journal.readWord(cell), journal.mark(cell), journal.counter(0)]).toEqual([0n, 0, 0]);
  expect(journal.readWord(word(1))).toBe(6n);
  expect(journal.changes()).toHaveLength(1);
});

test("the original words are those at the beginning of the transaction", () => {
  const { journal, word } = fixture();
  const original = new Uint32Array(8);
  journal.writeWord(word(1), 1n);
  journal.beginTransaction();
  journal.writeWord(word(1), 2n);
  journal.writeWord(word(1), 3n);
  journal.readOriginalWords(word(1), original, 0);
  expect(original[0]).toBe(1);
});

const write = fc.record({
  kind: fc.constantFrom("word", "bytes", "mark", "counter", "log"),
  key: fc.nat(20),
  value: fc.nat(250),
});

type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;

function applyWrites({ journal, word, bytes }: ReturnType<typeof fixture>, writes: Write[]): void {
  for (const { kind, key, value } of writes) {
    if (kind === "word") journal.writeWord(word(key), BigInt(value) << 200n);
    else if (kind === "bytes") journal.writeBytes(bytes(key), Uint8Array.of(value));
    else if (kind === "mark") journal.setMark(word(key), value);
    else if (kind === "counter") journal.setCounter(key % 16, value);
    else journal.log({ vm: "t", account: KEY(0), topics: [], data: KEY(value), durable: false });
  }
}

test("the changes since a checkpoint lead from the state at it to the state now", () => {
  fc.assert(
    fc.property(fc.array(write), fc.array(write), (before, after) => {
      const made = fixture();
      const state = new MemoryState();
      applyWrites(made, before);
      state.apply(made.journal.changes());
      const checkpoint = made.journal.checkpoint();
      applyWrites(made, after);
      const since = made.journal.changesSince(checkpoint);
      for (const { domain, account, key, before: old } of since) {
        expect(state.read(domain, account, key)).toEqual(old);
      }
      state.apply(since);
      const whole = new MemoryState();
      whole.apply(made.journal.changes());
      const cells = (of: MemoryState): string[] =>
        [...of.cells()].map((cell) => JSON.stringify(cell)).sort();
      expect(cells(state)).toEqual(cells(whole));
    }),
  );
});

test("revert undoes exactly what came after the checkpoint", () => {
  fc.assert(
    fc.property(fc.array(write), fc.array(write), fc.array(write), (before, between, after) => {
      const made = fixture();
      const { journal, word } = made;
      const apply = (writes: Write[]): void => applyWrites(made, writes);
      const view = (): unknown => [
        journal.changes(),
        Array.from({ length: 21 }, (_, n) => [journal.mark(word(n)), journal.counter(n % 16)]),
        [...journal.logs],
      ];
      apply(before);
      const outer = journal.checkpoint();
      const outerView = view();
      apply(between);
      const inner = journal.checkpoint();
      const innerView = view();
      apply(after);
      journal.revert(inner, true);
      expect(view()).toEqual(innerView);
      journal.revert(outer, false);
      expect(view()).toEqual(outerView);
    }),
  );
});

test("durable log entries outlive a failure and not a second run", () => {
  const { journal } = fixture();
  const entry = { vm: "t", account: KEY(0), topics: [], data: KEY(1), durable: true };
  const checkpoint = journal.checkpoint();
  journal.log(entry);
  journal.log({ ...entry, durable: false });
  journal.revert(checkpoint, true);
  expect(journal.logs).toEqual([entry]);
  journal.revert(checkpoint, false);
  expect(journal.logs).toEqual([]);
});

test("writes of byte cells are told in order with what was there, those of this transaction alone", () => {
  const { journal, bytes, word } = fixture();
  const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)];
  journal.writeBytes(bytes(1), one);
  journal.beginTransaction();
  const transient = journal.cell(
    journal.domain("test.passing", BYTE_CELLS, "transaction"),
    0,
    KEY(1),
  );
  journal.writeBytes(bytes(1), two);
  journal.writeBytes(transient, one);
  journal.writeWord(word(1), 5n);
  journal.writeBytes(bytes(2), one);
  const undone = journal.checkpoint();
  journal.writeBytes(bytes(2), two);
  journal.revert(undone, false);
  journal.writeBytes(bytes(1), undefined);
  const told: [number, Uint8Array | undefined][] = [];
  journal.visitWrites((cell, before) => told.push([cell, before]));
  expect(told).toEqual([
    [bytes(1), one],
    [bytes(2), undefined],
    [bytes(1), two],
  ]);
});

test("marks end with the transaction, whether it kept them, took them back or set them again", () => {
  const { journal, word } = fixture();
  for (let round = 0; round < 3; round++) {
    journal.beginTransaction();
    const cells = [1, 2, 3].map(word);
    expect(cells.map((cell) => journal.mark(cell))).toEqual([0, 0, 0]);
    journal.setMark(cells[round]!, 7);
    const start = journal.checkpoint();
    journal.setMark(cells[0]!, 5);
    journal.revert(start, true);
    journal.setMark(cells[1]!, 1);
    journal.setMark(cells[1]!, 3);
  }
});
