import { describe, expect, it } from "vitest";
import { benchRow, geometricMean } from "./row.ts";
import { benchTable } from "./table.ts";

const row = (ours: number | null, peer: number | null) =>
  benchRow({ suite: "evm", name: "fib", ours, peer, peerName: "anvil", unit: "ms", ok: true });

describe("a benchmark row", () => {
  it("has the ratio of the peer's time and ours", () => {
    expect(row(2, 8).ratio).toBe(4);
  });

  it("has no ratio when one of the two is missing", () => {
    expect([row(null, 8).ratio, row(2, null).ratio]).toEqual([null, null]);
  });

  it("counts in the geometric mean only with a ratio", () => {
    expect(geometricMean([row(1, 2), row(1, 8), row(1, null)])).toBeCloseTo(4);
    expect(geometricMean([row(1, null)])).toBeNull();
  });

  it("says WRONG in the table when it is not ok", () => {
    const wrong = { ...row(1, 2), ok: false, note: "gas 1 instead of 2" };
    expect(benchTable([wrong])).toContain("WRONG: gas 1 instead of 2");
    expect(benchTable([row(1, 2)])).toContain(
      "geometric mean, evm against anvil: 2.00x over 1 rows, worst 2.00x (fib)",
    );
  });

  it("names an absent peer once, however many rows it has", () => {
    const gone = { ...row(1, null), note: "absent: not installed" };
    const text = benchTable([gone, { ...gone, name: "sort" }]);
    expect(text.split("\n").filter((line) => line.includes("not installed"))).toEqual([
      "evm, anvil is absent: not installed",
    ]);
  });

  it("shows in a column of its own what ours does with something switched off", () => {
    const without = { what: "digests", ours: 4, ratio: 2 };
    const text = benchTable([{ ...row(1, 8), without }]);
    expect(text).toContain("  without digests: 2.00x, worst 2.00x (fib)");
  });
});
