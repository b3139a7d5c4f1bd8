import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packLines } from "../testing/move-fixtures.ts";
import { type MvirCase, saysWhatVerifies, scoreMvirStatically } from "../testing/mvir-pack.ts";

const SCORE = JSON.parse(readFileSync(new URL("./score.json", import.meta.url), "utf8")) as {
  passed: number;
  total: number;
  failures: string[];
};

test("the recorded verifier results of the Move IR pack: the score has not fallen", () => {
  const cases = packLines<MvirCase>("move/mvir_dev.jsonl.gz").filter(saysWhatVerifies);
  if (cases.length === 0) return;
  const { passed, failures } = scoreMvirStatically(cases);
  expect({ passed, total: cases.length, failures: failures.map(({ name }) => name) }).toEqual(
    SCORE,
  );
}, 120_000);
