import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesFolder } from "../pack/fixtures.ts";
import { conformMove } from "./conform-move.ts";

const folder = fixturesFolder();
const pack = join(folder ?? "", "move/mvir_dev.jsonl.gz");
const present = folder !== undefined && existsSync(pack);
if (!present) console.error(`no Move IR pack at ${pack}: nothing is compared with it`);

/** What fails, and why it may. */
const FAILING = [
  // Specifications are not read, and words of the syntax may be names.
  "move-ir-compiler/transactional-tests/tests/specification/conditions",
  "move-ir-compiler/transactional-tests/tests/specification/invariants",
  "move-ir-compiler/transactional-tests/tests/parsing/keywords",
];

test.each(["interpret", "compile"] as const)(
  "the recorded results of the Move IR pack: 408 of 411, tier %s",
  (tier) => {
    const report = conformMove(present ? [pack] : [], { tier });
    const names = report.failures.map(({ name }) => name.replace("aptos-fork:", ""));
    expect(names).toEqual(present ? FAILING : []);
    expect(report.passed).toBe(present ? 408 : 0);
    expect(report.skipped).toBe(present ? 471 : 0);
  },
  240_000,
);
