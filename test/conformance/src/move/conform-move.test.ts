import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesFolder } from "../pack/fixtures.ts";
import { conformMove } from "./conform-move.ts";

const folder = fixturesFolder();
const pack = join(folder ?? "", "move/oracle_dev.jsonl.gz");
const present = folder !== undefined && existsSync(pack);
if (!present) console.error(`no oracle pack at ${pack}: nothing is compared with it`);

test.each(["interpret", "compile"] as const)(
  "every case of the oracle pack passes, tier %s",
  (tier) => {
    const report = conformMove(present ? [pack] : [], { tier });
    expect(report.failures).toEqual([]);
    expect(report.passed).toBe(present ? 1021 : 0);
  },
  120_000,
);

test("a case whose expectation is wrong fails and says what came", () => {
  const path = mkdtempSync(join(tmpdir(), "dragoman-move-"));
  writeFileSync(join(path, "oracle_modules.json"), "{}");
  const step = {
    kind: "call",
    call: "0x1::error::canonical",
    typeArgs: [],
    args: [],
    argsBcs: ["0100000000000000", "0200000000000000"],
  };
  const oracle = (ret: string) =>
    JSON.stringify({
      id: `canonical-${ret}`,
      group: "error",
      modules: ["0x1::error"],
      steps: [{ ...step, expect: { ok: true, ret } }],
    });
  writeFileSync(join(path, "small.jsonl"), `${oracle("65538")}\n${oracle("65539")}\n`);
  const report = conformMove([join(path, "small.jsonl")], { tier: "interpret" });
  expect(report).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    failures: [{ name: "canonical-65539", why: 'step 0: wanted "65539", got "65538"' }],
  });
});
