import { parseArgs } from "node:util";
import { refuse } from "@dragoman/fault";
import { MUTATIONS, type Mutation } from "./mutation.ts";
import { simulate } from "./simulate.ts";

const PROGRESS_EVERY = 500;

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

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "0" },
    without: { type: "string" },
    crashes: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const started = Date.now();
const mutation = readMutation(values.without);
const report = await simulate({
  from: readNumber(values.from, "from"),
  seeds: readNumber(values.seeds, "seeds"),
  ...(mutation === undefined ? {} : { mutation }),
  onSeed: (done) => {
    if (done % PROGRESS_EVERY === 0) console.error(`${done} schedules`);
  },
});
const seconds = ((Date.now() - started) / 1000).toFixed(1);
if (values.json) console.log(JSON.stringify(report));
else {
  for (const { seed, why } of report.violations) console.log(`seed ${seed}: ${why}`);
  console.log(
    `${report.schedules} schedules, ${report.transfers} transfers, ${report.violations.length} violations, ${seconds} s`,
  );
}
process.exitCode = report.violations.length > 0 ? 1 : 0;
