import { parseArgs } from "node:util";
import { refuse } from "@dragoman/fault";
import { crashEverywhere } from "./crash-points.ts";
import { MUTATIONS, type Mutation } from "./mutation.ts";
import { simulate } from "./simulate.ts";

const PROGRESS_EVERY = 500;
/** Second deaths that `--crashes` tries for each seed. */
const PAIRS = 500;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "0" },
    without: { type: "string" },
    crashes: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const range = { from: readNumber(values.from, "from"), seeds: readNumber(values.seeds, "seeds") };
process.exitCode = (values.crashes ? await runCrashes() : await runSchedules()) ? 0 : 1;

/** Whole worlds of chance. True if nothing was violated. */
async function runSchedules(): Promise<boolean> {
  const started = Date.now();
  const mutation = readMutation(values.without);
  const report = await simulate({
    ...range,
    ...(mutation === undefined ? {} : { mutation }),
    onSeed: (done) => {
      if (done % PROGRESS_EVERY === 0) console.error(`${done} schedules`);
    },
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const { schedules, transfers, violations } = report;
  if (values.json) console.log(JSON.stringify(report));
  else {
    for (const { seed, why } of violations) console.log(`seed ${seed}: ${why}`);
    const count = violations.length;
    console.log(
      `${schedules} schedules, ${transfers} transfers, ${count} violations, ${seconds} s`,
    );
  }
  return violations.length === 0;
}

/** One packet for each seed, and a relayer that dies at each of its effects. True if nothing was violated. */
async function runCrashes(): Promise<boolean> {
  let isGood = true;
  for (let seed = range.from; seed < range.from + range.seeds; seed++) {
    const report = await crashEverywhere(seed, { pairs: PAIRS });
    isGood &&= report.violations.length === 0;
    const { end, effects, worlds, violations } = report;
    if (values.json) console.log(JSON.stringify({ seed, ...report }));
    else {
      const what = `${end}, ${effects} effects, ${worlds} worlds`;
      console.log(`seed ${seed}: ${what}, ${violations.length} violations`);
      for (const why of violations) console.log(`  ${why}`);
    }
  }
  return isGood;
}

function readNumber(text: string, name: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  return refuse("INVALID_RELAYER_SETTINGS", undefined, `--${name} ${text} is no number`);
}

function readMutation(text: string | undefined): Mutation | undefined {
  const mutation = MUTATIONS.find((name) => name === text);
  if (text === undefined || mutation !== undefined) return mutation;
  const names = MUTATIONS.join(", ");
  return refuse("INVALID_RELAYER_SETTINGS", undefined, `--without ${text}; there are ${names}`);
}
