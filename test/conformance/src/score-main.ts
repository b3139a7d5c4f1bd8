import { availableParallelism } from "node:os";
import { fixturesFolder } from "./pack/fixtures.ts";
import { conformPaths } from "./run.ts";
import { fallOf, packPath, readScore, SCORED_PACKS, scoreOf, writeScore } from "./score.ts";

/**
 * Runs the packs whose names begin with one of the arguments (none = all) and writes their scores. Exit status 1 if a score
 * would fall, which is then not written; 2 without fixtures.
 */
async function main(prefixes: readonly string[]): Promise<number> {
  const fixtures = fixturesFolder();
  if (fixtures === undefined) {
    process.stderr.write("there are no fixtures: set DRAGOMAN_FIXTURES\n");
    return 2;
  }
  let hasFallen = false;
  for (const pack of SCORED_PACKS) {
    if (prefixes.length > 0 && !prefixes.some((prefix) => pack.name.startsWith(prefix))) continue;
    const skips = new Map<string, string[]>();
    const onSkip = (name: string, why: string) => skips.set(why, [...(skips.get(why) ?? []), name]);
    const options = { tier: "auto", onSkip, workers: availableParallelism() } as const;
    const report = await conformPaths(pack.machine, [packPath(fixtures, pack)], options);
    const next = scoreOf(report, skips);
    if (next.passed === 0 && Object.keys(next.failures).length === 0) {
      process.stderr.write(`${pack.name}: no runner yet, ${next.total} cases\n`);
      continue;
    }
    const score = readScore();
    const fall = fallOf(score[pack.name], next);
    if (fall === undefined) writeScore({ ...score, [pack.name]: next });
    else hasFallen = true;
    const verdict = fall === undefined ? "" : `, refused: ${fall}`;
    process.stderr.write(`${pack.name}: ${next.passed} of ${next.total}${verdict}\n`);
  }
  return hasFallen ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
