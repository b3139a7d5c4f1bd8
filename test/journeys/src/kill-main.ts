import { parseArgs } from "node:util";
import { killRelayer } from "./kill-relayer.ts";

/** `npm run kill-relayer -- [--transfers n] [--kills n] [--seed k]`: the report as JSON; exit status 1 on a violation. */
const { values } = parseArgs({
  options: {
    transfers: { type: "string", default: "50" },
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
  },
});
const report = await killRelayer({
  transfers: Number(values.transfers),
  kills: Number(values.kills),
  seed: Number(values.seed),
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.violations.length === 0 ? 0 : 1;
