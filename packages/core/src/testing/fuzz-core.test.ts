import { expect, test } from "vitest";
import { fuzzCore } from "./fuzz-core.ts";
import { randomModule } from "./random-ir.ts";

test("interpreter, passes and compiler agree on random programs", () => {
  expect(fuzzCore({ count: 150, seed: 1 })).toEqual({ cases: 150, mismatches: [] });
});

test("a seed makes the same program each time", () => {
  expect(randomModule(77)).toEqual(randomModule(77));
  expect(randomModule(77).functions).not.toEqual(randomModule(78).functions);
});
