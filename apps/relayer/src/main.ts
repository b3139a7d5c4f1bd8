import { parseArgs } from "node:util";
import { FaultError } from "@dragoman/fault";
import { operate, VERBS } from "./operate.ts";
import { readConfig } from "./relayer-config.ts";
import { runRelayer } from "./run-relayer.ts";

const USAGE =
  "usage: node apps/relayer/bin/relayer.js --config FILE [list | retry PACKET | skip PACKET | resume DOMAIN]";

const stop = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort());

try {
  const options = { config: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [word, subject = ""] = positionals;
  const verb = VERBS.find((one) => one === word);
  if (values.config === undefined || (word !== undefined && verb === undefined)) {
    console.error(USAGE);
    process.exitCode = 2;
  } else {
    const config = readConfig(values.config);
    if (verb !== undefined) await operate(config, verb, subject, console.log);
    else await runRelayer(config, stop.signal, console.log, () => console.log("ready"));
  }
} catch (error) {
  // The edge of the process: a fault is told in a line, anything else with its stack.
  const isUsage = error instanceof TypeError && "code" in error;
  if (!(error instanceof FaultError) && !isUsage) throw error;
  console.error(isUsage ? `${error.message}\n${USAGE}` : error.message);
  process.exitCode = 2;
}
