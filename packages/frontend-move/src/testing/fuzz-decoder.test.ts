import { expect, test } from "vitest";
import { assembleModule } from "../asm/assemble.ts";
import { printUnit } from "../asm/print.ts";
import { decodeModule } from "../format/decode.ts";
import { encodeModule } from "../format/encode.ts";
import { verifyModule } from "../verify/verify.ts";
import { fuzzMoveDecoder, fuzzSeedFiles } from "./fuzz-decoder.ts";

test("the modules that fuzzing starts from verify, and come back byte for byte", () => {
  for (const file of fuzzSeedFiles()) {
    const module = decodeModule(file);
    verifyModule(module);
    expect(encodeModule(module)).toEqual(file);
    expect(encodeModule(assembleModule(printUnit(module)))).toEqual(file);
  }
});

test("mutated modules are accepted or refused, never more", () => {
  const report = fuzzMoveDecoder({ count: 500, seed: 1 });
  expect(report.mismatches).toEqual([]);
  expect(report.decoded).toBeGreaterThan(report.cases / 3);
  expect(report.verified).toBeGreaterThan(report.cases / 50);
}, 120_000);
