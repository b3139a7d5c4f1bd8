import fc from "fast-check";
import { expect, test } from "vitest";
import { LinearMemory } from "../host/linear-memory.ts";
import { createKernel, type KernelFunction } from "../kernel/index.ts";
import { AREA, HEAD } from "./cell-layout.ts";
import { Journal, WORD_CELLS } from "./journal.ts";
import { MemoryState } from "./state.ts";

const parts = (word: bigint): Uint32Array =>
  Uint32Array.from({ length: 8 }, (_, i) => Number((word >> BigInt(32 * i)) & 0xffffffffn));
const limbs = (word: bigint): bigint[] =>
  [0n, 64n, 128n, 192n].map((shift) => BigInt.asIntN(64, word >> shift));

/** A journal with one domain and one account. */
class Fixture {
  readonly journal = new Journal(new MemoryState());
  readonly tag: number;

  constructor() {
    const { journal } = this;
    this.tag = journal.tag(journal.domain("w", WORD_CELLS), journal.account(Uint8Array.of(7)));
    journal.logSource("test");
  }

  cell(key: bigint): number {
    return this.journal.wordCell(this.tag, parts(key), 0);
  }

  write(key: bigint, value: bigint): void {
    this.journal.writeWord(this.cell(key), value);
  }

  read(key: bigint): bigint {
    return this.journal.readWord(this.cell(key));
  }
}

function kernelOf(memory: LinearMemory) {
  const { exports } = createKernel(memory.memory);
  return (name: KernelFunction, ...args: (number | bigint)[]): number =>
    (exports[name] as (...args: (number | bigint)[]) => number)(...args);
}

const word = fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, (1n << 256n) - 1n));

test("the kernel finds and writes the cells of the journal that is in its memory", () => {
  const memory = new LinearMemory();
  const kernel = kernelOf(memory);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { minLength: 1 }), (writes) => {
      const { journal, tag } = new Fixture();
      const cells = new Map(
        writes.map(([key]) => [key, journal.wordCell(tag, parts(key), 0)] as const),
      );
      journal.enter(memory);
      const before = journal.checkpoint();
      const last = new Map<bigint, bigint>();
      for (const [key, value] of writes) {
        const handle = kernel("cellFind", tag, ...limbs(key));
        expect(handle).toBe(cells.get(key)! + 1);
        expect(handle).toBe(journal.findCell(tag, parts(key), 0));
        kernel("cellStore", handle, ...limbs(value));
        kernel("cellSetMark", handle, 5);
        kernel("counterAdd", 2, -3n);
        last.set(key, value);
      }
      for (const [key, value] of last) {
        expect(journal.readWord(cells.get(key)!)).toBe(value);
        expect(journal.readOriginalWord(cells.get(key)!)).toBe(0n);
        expect(journal.mark(cells.get(key)!)).toBe(5);
      }
      expect(journal.counter(2)).toBe(-3 * writes.length);
      journal.revert(before, false);
      for (const cell of cells.values()) {
        expect([journal.readWord(cell), journal.mark(cell)]).toEqual([0n, 0]);
      }
      expect(journal.counter(2)).toBe(0);
    }),
  );
});

test("journals that run in one memory by turns keep what they have", () => {
  const memory = new LinearMemory();
  const kernel = kernelOf(memory);
  const [a, b] = [new Fixture(), new Fixture()] as const;
  for (let turn = 1n; turn <= 20n; turn++) {
    for (const fixture of [a, b]) {
      fixture.journal.enter(memory);
      const value = fixture === a ? turn : turn << 200n;
      fixture.write(turn, value);
      expect(kernel("cellFind", fixture.tag, ...limbs(turn))).toBe(fixture.cell(turn) + 1);
      expect(kernel("cellFind", fixture.tag, ...limbs(turn + 1n))).toBe(0);
      fixture.journal.setCounter(0, Number(turn));
    }
  }
  for (let turn = 1n; turn <= 20n; turn++) {
    expect([a.read(turn), b.read(turn)]).toEqual([turn, turn << 200n]);
  }
  expect([a.journal.counter(0), b.journal.counter(0)]).toEqual([20, 20]);
  expect([a.journal.changes().length, b.journal.changes().length]).toEqual([20, 20]);
});

test("the cells are the same ones after the memory has grown", () => {
  const memory = new LinearMemory(0);
  const fixture = new Fixture();
  fixture.journal.enter(memory);
  fixture.write(1n, 11n);
  expect(memory.ensure(memory.u8.length + 1)).toBe(true);
  fixture.write(2n, 22n);
  expect([fixture.read(1n), fixture.read(2n)]).toEqual([11n, 22n]);
  expect(kernelOf(memory)("cellFind", fixture.tag, ...limbs(2n))).toBe(fixture.cell(2n) + 1);
});

test("a journal with more cells than the area holds goes on outside, and nothing is found", () => {
  const memory = new LinearMemory();
  const fixture = new Fixture();
  fixture.journal.enter(memory);
  const count = BigInt(AREA.CELLS_MAX) + 10n;
  for (let key = 0n; key < count; key++) fixture.write(key, key + 1n);
  expect(memory.tenant).toBeUndefined();
  expect(kernelOf(memory)("cellFind", fixture.tag, ...limbs(1n))).toBe(0);
  fixture.journal.enter(memory);
  expect(memory.tenant).toBeUndefined();
  for (const key of [0n, 1n, 777n, count - 1n]) expect(fixture.read(key)).toBe(key + 1n);
});

test("writes beyond the undo log of the area trap in the kernel and go on outside in the journal", () => {
  const memory = new LinearMemory();
  const kernel = kernelOf(memory);
  const fixture = new Fixture();
  const handle = fixture.cell(1n) + 1;
  fixture.journal.enter(memory);
  const before = fixture.journal.checkpoint();
  for (let i = 0; i < AREA.UNDO_MAX; i++) kernel("cellStore", handle, 5n, 0n, 0n, BigInt(i));
  expect(() => kernel("cellStore", handle, 1n, 0n, 0n, 0n)).toThrow(WebAssembly.RuntimeError);
  fixture.write(1n, 9n);
  expect(memory.tenant).toBeUndefined();
  fixture.journal.revert(before, false);
  expect(fixture.read(1n)).toBe(0n);
});

test("log entries of compiled code and of the host stay in order, and a revert takes the later ones", () => {
  const memory = new LinearMemory();
  const kernel = kernelOf(memory);
  const { journal, tag } = new Fixture();
  journal.enter(memory);
  const at = memory.u8.length - 4096;
  const append = (byte: number): number => {
    memory.u8.fill(byte, at, at + 100);
    return kernel("logAppend", tag, 1, at, at + 32, 3);
  };
  const host = (byte: number, durable: boolean): void =>
    journal.log({
      vm: "t",
      account: Uint8Array.of(1),
      topics: [],
      data: Uint8Array.of(byte),
      durable,
    });
  const bytes = (): number[] => journal.logs.map(({ data }) => data[0]!);
  expect(append(1)).toBe(1);
  const early = journal.checkpoint();
  append(2);
  host(3, true);
  append(4);
  const late = journal.checkpoint();
  append(5);
  journal.revert(late, true);
  expect(bytes()).toEqual([1, 2, 3, 4]);
  expect(journal.logs[1]).toMatchObject({ vm: "test", account: Uint8Array.of(7), durable: false });
  expect(journal.logs[1]!.topics).toEqual([new Uint8Array(32).fill(2)]);
  expect(journal.logs[1]!.data).toEqual(new Uint8Array(3).fill(2));
  append(6);
  journal.revert(early, true);
  expect(bytes()).toEqual([1, 3]);
  expect(memory.i32[(AREA.HEAD >>> 2) + HEAD.LOG_USED]).toBe(0);
});

test("what does not fit the log buffer is not appended", () => {
  const memory = new LinearMemory();
  const kernel = kernelOf(memory);
  const { journal, tag } = new Fixture();
  journal.enter(memory);
  expect(kernel("logAppend", tag, 0, 0, 0, AREA.LOG_BYTES)).toBe(0);
  expect(kernel("logAppend", tag, 0, 0, 0, -1)).toBe(0);
  expect(kernel("logAppend", tag, 0, 0, 0, AREA.LOG_BYTES - 64)).toBe(1);
  expect(kernel("logAppend", tag, 0, 0, 0, 64)).toBe(0);
  expect(journal.logs).toHaveLength(1);
});
