import { type BenchRow, geometricMean } from "./row.ts";

/** A table for people: one line a row, geometric means a suite and peer at the end. */
export function benchTable(rows: readonly BenchRow[]): string {
  const lines = [["suite", "name", "ours", "peer", "unit", "ratio", "against", "ok"]];
  for (const row of rows) {
    lines.push([
      row.suite,
      row.name,
      figure(row.ours),
      figure(row.peer),
      row.unit,
      row.ratio === null ? "-" : `${figure(row.ratio)}x`,
      row.peerName,
      row.ok ? (row.note ?? "ok") : `WRONG: ${row.note ?? "no reason given"}`,
    ]);
  }
  return [...columns(lines), "", ...means(rows)].join("\n");
}

function means(rows: readonly BenchRow[]): string[] {
  const groups = new Map<string, BenchRow[]>();
  for (const row of rows) {
    const key = `${row.suite} against ${row.peerName}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups].flatMap(([key, group]) => {
    const mean = geometricMean(group);
    const counted = group.filter((row) => row.ratio !== null).length;
    return mean === null ? [] : [`geometric mean, ${key}: ${figure(mean)}x over ${counted} rows`];
  });
}

function columns(lines: readonly string[][]): string[] {
  const heads = lines[0] ?? [];
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  const padded = (cell: string, at: number): string => {
    const width = widths[at] ?? 0;
    return NUMERIC.has(heads[at] ?? "") ? cell.padStart(width) : cell.padEnd(width);
  };
  return lines.map((line) => line.map(padded).join("  ").trimEnd());
}

const NUMERIC = new Set(["ours", "peer", "ratio"]);

function figure(value: number | null): string {
  if (value === null) return "-";
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value >= 1 ? value.toFixed(2) : value.toFixed(4);
}
