import { expect, test } from "vitest";
import { PricePath } from "./price-path.ts";

const USD = 1_000_000n;

test("a seed gives the same path again, another seed another one", () => {
  const walk = (seed: number): bigint[] => {
    const path = new PricePath(seed, 3000n * USD);
    return Array.from({ length: 50 }, () => path.next());
  };
  expect(walk(1)).toEqual(walk(1));
  expect(walk(1)).not.toEqual(walk(2));
});

test("a step is small, and the path stays around its anchor", () => {
  const path = new PricePath(7, 3000n * USD);
  for (let i = 0; i < 10_000; i++) {
    const before = path.price;
    const moved = path.next() - before;
    expect(moved * moved).toBeLessThan((30n * USD) ** 2n);
    expect(path.price).toBeGreaterThan(2000n * USD);
    expect(path.price).toBeLessThan(4000n * USD);
  }
});
