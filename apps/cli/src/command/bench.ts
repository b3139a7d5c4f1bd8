import type { Command } from "../command.ts";
import { Options } from "../options.ts";

/** Runs ours and the peers on the same work. */
export const bench: Command = {
  name: "bench",
  usage: "[evm|svm|move|translate|market|gateway|routing]… [--cases DIR] [--quick] [--json]",
  summary:
    "Compares results first, then times ours and the peers in turns; fails when a result is wrong.",
  async run(args, console) {
    const options = new Options(this, { cases: "text", quick: "flag", json: "flag" }, args);
    // Peers are heavy: they are loaded by this command alone.
    const { benchTable, runBench } = await import("@dragoman/bench");
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
