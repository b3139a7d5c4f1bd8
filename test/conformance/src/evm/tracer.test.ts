import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesFolder } from "../pack/fixtures.ts";
import { conformPaths } from "../run.ts";

const fixtures = fixturesFolder();

test.each(["interpret", "compile"] as const)(
  "tracers tell the same when programs are to %s as the pack wants",
  async (tier) => {
    if (fixtures === undefined) return console.log("no fixtures: no tracer cases");
    const { failures, passed } = await conformPaths("evm", [join(fixtures, "evm/tracers")], {
      tier,
    });
    expect(failures).toEqual([]);
    expect(passed).toBe(75);
  },
  120_000,
);
