import { MemoryState } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import { expect, test } from "vitest";
import type { ChainEvent, LedgerBlock } from "./block.ts";
import { BlockChain } from "./block-chain.ts";

const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const KEY = Uint8Array.of(1);

function chain(): BlockChain<LedgerBlock> {
  const genesis = { height: 0, hash: hash(1), parentHash: hash(0), timestamp: 0 };
  return new BlockChain(genesis, new MemoryState(), 3);
}

/** Appends a block that writes its number. */
function grow(blocks: BlockChain<LedgerBlock>, n: number): void {
  const { head } = blocks;
  const before = blocks.state.read("d", KEY, KEY);
  const block = { height: head.height + 1, hash: hash(n), parentHash: head.hash, timestamp: n };
  blocks.append(block, [{ domain: "d", account: KEY, key: KEY, before, after: hash(n) }]);
}

test("a reorganisation restores the state and tells what was removed, highest first", () => {
  const blocks = chain();
  const events: ChainEvent<LedgerBlock>[] = [];
  for (const n of [2, 3, 4]) grow(blocks, n);
  blocks.subscribe((event) => events.push(event));
  blocks.reorganise(2);
  expect(blocks.state.read("d", KEY, KEY)).toEqual(hash(2));
  expect(blocks.head.height).toBe(1);
  grow(blocks, 9);
  expect(
    events.map((event) => (event.kind === "reorg" ? event.removed.length : event.block.height)),
  ).toEqual([2, 2]);
});

test("a final block is never undone", () => {
  const blocks = chain();
  for (const n of [2, 3, 4, 5, 6]) grow(blocks, n);
  expect(blocks.finalized.height).toBe(2);
  expect(() => blocks.reorganise(4)).toThrow(FaultError);
  blocks.reorganise(3);
  expect(blocks.head.height).toBe(2);
});

test("what was final stays final when the chain has become shorter", () => {
  const blocks = chain();
  for (const n of [2, 3, 4, 5, 6]) grow(blocks, n);
  blocks.reorganise(2);
  expect(blocks.finalized.height).toBe(2);
  expect(() => blocks.reorganise(2)).toThrow(FaultError);
  blocks.reorganise(1);
  expect(() => blocks.reorganise(1)).toThrow(FaultError);
});

test("a snapshot can be restored more than once", () => {
  const blocks = chain();
  grow(blocks, 2);
  const snapshot = blocks.snapshot();
  for (let i = 0; i < 2; i++) {
    grow(blocks, 7);
    blocks.restore(snapshot);
    expect(blocks.head.height).toBe(1);
    expect(blocks.state.read("d", KEY, KEY)).toEqual(hash(2));
  }
});

test("the state after an older block can still be read", () => {
  const blocks = chain();
  for (const n of [2, 3, 4]) grow(blocks, n);
  expect(blocks.stateAt(1)?.read("d", KEY, KEY)).toEqual(hash(2));
  expect(blocks.stateAt(0)?.read("d", KEY, KEY)).toBeUndefined();
  expect(blocks.stateAt(3)?.read("d", KEY, KEY)).toEqual(hash(4));
  expect(blocks.stateAt(4)).toBeUndefined();
  blocks.reorganise(1);
  grow(blocks, 9);
  expect(blocks.stateAt(2)?.read("d", KEY, KEY)).toEqual(hash(3));
  expect([...blocks.stateAt(3)!.cells()]).toHaveLength(1);
});

test("heights may have gaps, in which there is no block", () => {
  const blocks = chain();
  grow(blocks, 2);
  const { head } = blocks;
  blocks.append({ height: 1000, hash: hash(3), parentHash: head.hash, timestamp: 3 }, []);
  grow(blocks, 4);
  const heights = (found: Iterable<LedgerBlock>) => [...found].map(({ height }) => height);
  expect([0, 1, 2, 999, 1000, 1001, 1002].map((height) => blocks.at(height)?.timestamp)).toEqual([
    ...[0, 2, undefined, undefined, 3, 4, undefined],
  ]);
  expect(blocks.from(2)?.height).toBe(1000);
  expect(blocks.from(1002)).toBeUndefined();
  expect(heights(blocks.between(1, 1000))).toEqual([1, 1000]);
  expect(heights(blocks.between(2, 999))).toEqual([]);
  expect(heights(blocks.downFrom(1000))).toEqual([1000, 1, 0]);
  expect(heights(blocks.downFrom(999))).toEqual([1, 0]);
});
