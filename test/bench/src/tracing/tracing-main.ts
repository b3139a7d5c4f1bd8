import { measureTracing } from "./measure-tracing.ts";

/** Prints a table in Markdown; progress goes to standard error. */
const rows = await measureTracing((line) => process.stderr.write(`${line}\n`));
const lines = rows.map(({ workload, tracer, oursMs, anvilMs, bytes }) => {
  const ratio = (anvilMs / oursMs).toFixed(2);
  const cells = [workload, tracer, oursMs.toFixed(1), anvilMs.toFixed(1), ratio];
  return `| ${[...cells, (bytes / 1e6).toFixed(2)].join(" | ")} |`;
});
const head = "| workload | tracer | ours, ms | anvil, ms | anvil / ours | answer, MB |";
process.stdout.write(`${[head, "|---|---|---|---|---|---|", ...lines].join("\n")}\n`);
