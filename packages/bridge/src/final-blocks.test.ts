import type { BlockRef } from "@dragoman/chain";
import { expect, test } from "vitest";
import { isFinalBlock, readFinalBlocks } from "./final-blocks.ts";
import type { AttestedChain } from "./relay-chain.ts";

/** A chain of blocks at these heights, the last of them final, and how often it was asked for one. */
function chainOf(heights: readonly number[]): {
  readonly chain: AttestedChain;
  readonly refs: readonly BlockRef[];
  readonly asked: () => number;
} {
  const hash = (index: number): string => `0x${(index + 1).toString(16).padStart(64, "0")}`;
  const refs = heights.map((height, index) => ({
    ...{ height, hash: hash(index), parentHash: hash(index - 1), timestamp: index },
  }));
  let asked = 0;
  const chain: AttestedChain = {
    ...{ id: "solana:1", domain: 2, finalityDepth: 3 },
    finalized: async () => refs.at(-1)!,
    received: () => Promise.reject(new Error("nobody asks")),
    nextHeight: async (height) => heights.find((each) => each >= height),
    block: async (height) => {
      asked++;
      const ref = refs.find((each) => each.height === height);
      return ref && { ref, events: [] };
    },
  };
  return { chain, refs, asked: () => asked };
}

test("final blocks on both sides of a long gap are read, and the gap is leapt over", async () => {
  const { chain, refs, asked } = chainOf([0, 1, 50_000_000, 50_000_001, 90_000_000]);
  const found = await readFinalBlocks(chain, undefined, 0, 10);
  expect(found.kind === "blocks" && found.blocks.map(({ ref }) => ref)).toEqual(refs);
  expect(await readFinalBlocks(chain, refs[1], 0, 10)).toMatchObject({
    blocks: [{ ref: refs[2] }, { ref: refs[3] }, { ref: refs[4] }],
  });
  expect(await isFinalBlock(chain, refs[1]!)).toBe(true);
  expect(asked()).toBeLessThan(30);
});

test("without a way to leap, a short gap is walked through", async () => {
  const { chain, refs } = chainOf([3, 9, 12]);
  const { nextHeight: _, ...walking } = chain;
  const found = await readFinalBlocks(walking, undefined, 0, 10);
  expect(found).toMatchObject({ kind: "blocks", blocks: refs.map((ref) => ({ ref })) });
});
