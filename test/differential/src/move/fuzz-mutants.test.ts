import { decodeModule, verifyModule } from "@dragoman/frontend-move";
import { expect, test } from "vitest";
import { fuzzMoveMutants } from "./fuzz-mutants.ts";
import { realModules } from "./mutant-corpus.ts";

test("what mutations start from verifies", () => {
  const modules = realModules();
  expect(modules.length).toBeGreaterThan(20);
  for (const { file } of modules) verifyModule(decodeModule(file));
});

test("mutated real modules are refused with a status, or run alike in both tiers inside their regions", () => {
  const report = fuzzMoveMutants({ count: 300, seed: 7 });
  expect(report.mismatches).toEqual([]);
  expect(report.decoded).toBeGreaterThan(200);
  expect(report.verified).toBeGreaterThan(30);
  expect(report.succeeded).toBeGreaterThan(report.calls / 4);
  expect(Object.keys(report.statuses).length).toBeGreaterThan(5);
}, 120_000);
