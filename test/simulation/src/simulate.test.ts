import { expect, test } from "vitest";
import { MUTATIONS } from "./mutation.ts";
import { simulate } from "./simulate.ts";
import { World } from "./world.ts";

/** Seeds within which every guard that is taken away must have been missed. */
const SEEDS_MAX = 300;

test("no schedule of crashes, reorganisations and lost messages loses or doubles a position", async () => {
  const report = await simulate({ from: 0, seeds: 150 });
  expect(report.violations).toEqual([]);
  expect(report.received + report.refunded).toBe(report.transfers);
  expect(report.received).toBeGreaterThan(100);
  expect(report.refunded).toBeGreaterThan(100);
  expect(report.crashes).toBeGreaterThan(300);
  expect(report.reorganisations).toBeGreaterThan(300);
}, 180_000);

test("the same seed lives the same world", async () => {
  const lives = [new World({ seed: 42 }), new World({ seed: 42 })];
  for (const life of lives) await life.run();
  expect(lives[0]!.trace.length).toBeGreaterThan(20);
  expect(lives[0]!.trace).toEqual(lives[1]!.trace);
});

test.each(MUTATIONS)(
  "without %s some schedule goes wrong",
  async (mutation) => {
    const report = await simulate({ from: 0, seeds: SEEDS_MAX, mutation, isFirstEnough: true });
    expect(report.violations).toHaveLength(1);
  },
  180_000,
);
