import { describe, expect, it } from "vitest";
import { fixturesFolder } from "./pack/fixtures.ts";
import { conformPaths } from "./run.ts";
import { fallOf, packPath, readScore, SCORED_PACKS, scoreOf, surprisesOf } from "./score.ts";

const none = new Map<string, number>();

describe("the score", () => {
  const before = { passed: 2, total: 3, skipped: {}, failures: { "a 1": 1 } };

  it("counts the cases of one state test under one name", () => {
    const failures = ["t 1 x Cancun 0/0/0", "t 1 x Cancun 1/0/0"].map((name) => ({
      name,
      why: "",
    }));
    const report = { passed: 1, failed: 2, skipped: 1, failures };
    expect(scoreOf(report, new Map([["no fork", ["t 2"]]]))).toEqual({
      passed: 1,
      total: 4,
      skipped: { "no fork": 1 },
      skippedCases: { "no fork": ["t 2"] },
      failures: { "t 1 x": 2 },
    });
  });

  it("may rise but not fall", () => {
    expect(fallOf(before, { ...before, passed: 3 })).toBeUndefined();
    expect(fallOf(undefined, before)).toBeUndefined();
    expect(fallOf(before, { ...before, passed: 1 })).toContain("2 did before");
  });

  it("knows its failures and is surprised by others", () => {
    const failures = [
      { name: "a 1", why: "known" },
      { name: "b 2", why: "new" },
    ];
    const report = { passed: 0, failed: 2, skipped: 0, failures };
    expect(surprisesOf(before, report, none)).toEqual(["b 2: new"]);
    expect(surprisesOf(before, { ...report, failures: [] }, new Map([["why", 1]]))).toEqual([
      "skipped: why",
    ]);
  });
});

describe("a slice of every pack passes as score.json says", () => {
  const fixtures = fixturesFolder();
  const score = readScore();

  it.each(SCORED_PACKS.filter(({ name }) => name in score))(
    "$name",
    async (pack) => {
      if (fixtures === undefined) return console.log("no fixtures: the committed score stays");
      const skips = new Map<string, number>();
      let seen = 0;
      const report = await conformPaths(pack.machine, [packPath(fixtures, pack)], {
        tier: "auto",
        select: () => seen++ % pack.stride === 0,
        onSkip: (_name, why) => skips.set(why, 1),
      });
      const known = score[pack.name];
      expect(known === undefined ? [] : surprisesOf(known, report, skips)).toEqual([]);
    },
    120_000,
  );
});
