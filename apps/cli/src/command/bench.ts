import type { Command } from "../command.ts";
import { Options } from "../options.ts";

/** How long each workload runs before and while it is sampled. */
const PROFILE_MS = 1000;
const PROFILE_QUICK_MS = 100;
/** Programs of Solana are compiled beside their first runs: those are to be over. */
const SVM_FACTOR = 5;

/** Runs ours and the peers on the same work; or tells where the time of our EVM goes, or of Solana's transactions. */
export const bench: Command = {
  name: "bench",
  usage:
    "[evm|svm|svm-wire|move|translate|market|gateway|routing]… [--cases DIR] [--quick] [--json] | [evm|svm-wire] --profile",
  summary:
    "Compares results first, then times ours and the peers in turns; fails when a result is wrong.",
  async run(args, console) {
    const options = new Options(
      this,
      { cases: "text", quick: "flag", json: "flag", profile: "flag" },
      args,
    );
    // Peers are heavy: they are loaded by this command alone.
    const { benchTable, profileEvm, profileSvm, runBench } = await import("@dragoman/bench");
    if (options.flag("profile")) {
      const ms = options.flag("quick") ? PROFILE_QUICK_MS : PROFILE_MS;
      const cases = options.text("cases");
      const note = (line: string): void => console.note(line);
      const isSvm = options.positionals.includes("svm-wire");
      const profiles = isSvm
        ? await profileSvm({ ms: SVM_FACTOR * ms, note })
        : await profileEvm({ cases, ms, note });
      if (options.flag("json")) console.json(profiles);
      return 0;
    }
    const rows = await runBench(options.positionals, {
      cases: options.text("cases"),
      quick: options.flag("quick"),
      note: (line) => console.note(line),
    });
    console.note(`\n${benchTable(rows)}`);
    if (options.flag("json")) console.json(rows);
    return rows.length > 0 && rows.every((row) => row.ok) ? 0 : 1;
  },
};
