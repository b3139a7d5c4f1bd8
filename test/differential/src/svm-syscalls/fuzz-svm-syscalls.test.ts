import { expect, test } from "vitest";
import { fuzzSvmSyscalls } from "./fuzz-svm-syscalls.ts";

test("150 random syscalls of curves, pairings and Poseidon end as in agave", () => {
  expect(fuzzSvmSyscalls({ count: 150, seed: 1 }).mismatches).toEqual([]);
}, 120_000);
