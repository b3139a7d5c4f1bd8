import { expect, test } from "vitest";
import { crashEverywhere } from "./crash-points.ts";

// A chain with nonces, one with nonces that expire, one with neither; and a packet that nobody can take, whose long way is looked at in steps.
test.each([
  [11, "received", 1],
  [7, "received", 1],
  [12, "received", 1],
  [6, "refunded", 4],
])(
  "a relayer may die before and after every effect: the packet of seed %i is %s",
  async (seed, end, step) => {
    const report = await crashEverywhere(seed, { pairs: 30, step });
    expect(report.violations).toEqual([]);
    expect(report.end).toBe(end);
    expect(report.effects).toBeGreaterThan(100);
    expect(report.worlds).toBe(1 + 2 * Math.ceil(report.effects / step) + 30);
  },
  180_000,
);
