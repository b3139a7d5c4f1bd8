import { expect, test } from "vitest";
import { assembleModule } from "../asm/assemble.ts";
import { verifyModule } from "../verify/verify.ts";
import { fuzzMoveDecoder } from "./fuzz-decoder.ts";
import { FUZZ_SEED_TEXT } from "./fuzz-seed-text.ts";

test("the module that fuzzing starts from verifies", () => {
  verifyModule(assembleModule(FUZZ_SEED_TEXT));
});

test("mutated modules are accepted or refused, never more", () => {
  const report = fuzzMoveDecoder({ count: 500, seed: 1 });
  expect(report.mismatches).toEqual([]);
  expect(report.decoded).toBeGreaterThan(report.cases / 3);
  expect(report.verified).toBeGreaterThan(report.cases / 50);
}, 120_000);
