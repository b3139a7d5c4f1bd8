import { availableParallelism } from "node:os";
import { refuse } from "@dragoman/fault";
import type { Command } from "../command.ts";
import { TIERS } from "../machine.ts";
import { Options } from "../options.ts";

const FAILURES_SHOWN = 20;

/** Runs conformance packs. */
export const conform: Command = {
  name: "conform",
  usage:
    "evm|svm|move <file|folder|archive>… [--fork name] [--tier interpret|compile|auto] [--workers n] [--json]",
  summary: "Runs conformance packs; exits 1 when anything failed.",
  async run(args, console) {
    const options = new Options(
      this,
      { fork: "text", tier: "text", workers: "text", json: "flag" },
      args,
    );
    const [suite, ...paths] = options.positionals;
    const { CONFORM_SUITES, conformPaths } = await import("@dragoman/conformance");
    if (suite === undefined || !CONFORM_SUITES.includes(suite)) {
      const found = suite === undefined ? "is missing" : `${suite} is none of them`;
      refuse("INVALID_COMMAND", undefined, `the machine ${found}: evm, svm or move`);
    }
    if (paths.length === 0) refuse("INVALID_COMMAND", undefined, "the packs to run are missing");
    const skips = new Map<string, number>();
    const report = await conformPaths(suite, paths, {
      tier: options.choice("tier", TIERS) ?? "auto",
      fork: options.text("fork"),
      workers: readWorkers(options.text("workers")),
      onSkip: (_name, why) => skips.set(why, (skips.get(why) ?? 0) + 1),
      note: (line) => console.note(line),
    });
    for (const { name, why } of report.failures.slice(0, FAILURES_SHOWN)) {
      console.note(`failed: ${name}: ${why}`);
    }
    for (const [why, count] of skips) console.note(`skipped ${count}: ${why}`);
    const { passed, failed, skipped, failures } = report;
    console.note(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    if (options.flag("json")) console.json({ passed, failed, skipped, failures });
    return failed === 0 && passed > 0 ? 0 : 1;
  },
};

/** Threads: as many as there are processors, unless something else is asked for. */
function readWorkers(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
    refuse("INVALID_COMMAND", undefined, `--workers ${text} is no number from 1 to 256`);
  }
  return workers;
}
