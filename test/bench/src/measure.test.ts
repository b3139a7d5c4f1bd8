import { describe, expect, it } from "vitest";
import { type Effort, measure } from "./measure.ts";

const EFFORT: Effort = { warmUpMs: 2, measureMs: 8, rounds: 4 };

/** A contender whose runs take these times in turn; `waitMs` is how long each really holds the thread. */
function contender(times: readonly number[], waitMs = 0, answerMs = 0) {
  let runs = 0;
  const once = (): number => {
    const end = performance.now() + waitMs;
    while (performance.now() < end);
    return times[runs++ % times.length] ?? 0;
  };
  return { loaded: { once, answer: async () => "" }, answerMs, runs: () => runs };
}

describe("measuring", () => {
  it("gives the least time of each contender", async () => {
    const steady = contender([5]);
    const wavering = contender([9, 3, 7]);
    expect(await measure([steady, wavering], EFFORT)).toEqual([5, 3]);
  });

  it("subtracts the entrance, which is measured in the same turns, by first deciles", async () => {
    const { loaded, answerMs } = contender([9, 7, 7]);
    const ways = contender([3, 3, 6]);
    expect(
      await measure([{ loaded: { ...loaded, entrance: ways.loaded.once }, answerMs }], EFFORT),
    ).toEqual([4]);
    expect(ways.runs()).toBeGreaterThan(EFFORT.rounds);
  });

  it("runs a slow contender twice, and both count", async () => {
    const slow = contender([4, 6, 1], 10, 100);
    expect(await measure([slow], EFFORT)).toEqual([4]);
    expect(slow.runs()).toBe(2);
  });

  it("takes nobody for slow whose first answer alone was slow", async () => {
    const compiles = contender([8, 2], 0, 100);
    expect(await measure([compiles], EFFORT)).toEqual([2]);
    expect(compiles.runs()).toBeGreaterThan(2);
  });
});
