import { wrap } from "@dragoman/word";
import { expect, test } from "vitest";

test("minus one wraps to the largest word", () => {
  expect(wrap(-1n, 256)).toBe(2n ** 256n - 1n);
});
