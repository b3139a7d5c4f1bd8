import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesFolder } from "../pack/fixtures.ts";
import { conformMove } from "./conform-move.ts";

const folder = fixturesFolder();
const pack = join(folder ?? "", "move/mvir_dev.jsonl.gz");
const present = folder !== undefined && existsSync(pack);
if (!present) console.error(`no Move IR pack at ${pack}: nothing is compared with it`);

test.each(["interpret", "compile"] as const)(
  "every recorded result of the Move IR pack that says what a machine does, tier %s",
  (tier) => {
    const report = conformMove(present ? [pack] : [], { tier });
    expect(report.failures).toEqual([]);
    expect(report.passed).toBe(present ? 650 : 0);
    expect(report.skipped).toBe(present ? 232 : 0);
  },
  240_000,
);
