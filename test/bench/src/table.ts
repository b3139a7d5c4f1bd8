import { type BenchRow, geometricMean } from "./row.ts";

/**
 * A table for people: one line a row; then who was absent, and for each suite and peer the geometric mean, the worst row and the same
 * without what can be switched off.
 */
export function benchTable(rows: readonly BenchRow[]): string {
  const present = rows.filter((row) => !isAbsence(row));
  const what = rows.find(({ without }) => without !== undefined)?.without?.what;
  const more = what === undefined ? [] : [`without ${what}`, "ratio without"];
  const lines = [["suite", "name", "ours", "peer", "unit", "ratio", ...more, "against", "ok"]];
  for (const row of present) {
    const column = [figure(row.without?.ours ?? null), times(row.without?.ratio ?? null)];
    lines.push([
      row.suite,
      row.name,
      figure(row.ours),
      figure(row.peer),
      row.unit,
      times(row.ratio),
      ...(what === undefined ? [] : column),
      row.peerName,
      row.ok ? (row.note ?? "ok") : `WRONG: ${row.note ?? "no reason given"}`,
    ]);
  }
  return [...columns(lines), "", ...absences(rows), ...means(present)].join("\n");
}

const isAbsence = ({ peer, ok, note }: BenchRow): boolean =>
  peer === null && ok && note?.startsWith("absent: ") === true;

/** One line for each peer that is not here, however many rows it has. */
function absences(rows: readonly BenchRow[]): string[] {
  const texts = rows.filter(isAbsence).map(({ suite, peerName, note }) => {
    return `${suite}, ${peerName} is ${note ?? ""}`;
  });
  return [...new Set(texts)];
}

function means(rows: readonly BenchRow[]): string[] {
  const groups = new Map<string, BenchRow[]>();
  for (const row of rows) {
    const key = `${row.suite} against ${row.peerName}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups].flatMap(([key, group]) => {
    const counted = group.filter((row) => row.ratio !== null);
    const mean = geometricMean(counted);
    if (mean === null) return [];
    const bare = counted.flatMap(({ name, without }) =>
      without === undefined ? [] : [{ name, ...without }],
    );
    const line = `geometric mean, ${key}: ${times(mean)} over ${counted.length} rows${worst(counted)}`;
    const what = bare[0]?.what;
    if (what === undefined) return [line];
    return [line, `  without ${what}: ${times(geometricMean(bare))}${worst(bare)}`];
  });
}

function worst(rows: readonly { readonly name: string; readonly ratio: number | null }[]): string {
  const known = rows.filter((row) => row.ratio !== null);
  const first = known.sort((a, b) => (a.ratio ?? 0) - (b.ratio ?? 0))[0];
  return first === undefined ? "" : `, worst ${times(first.ratio)} (${first.name})`;
}

function columns(lines: readonly string[][]): string[] {
  const heads = lines[0] ?? [];
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  const padded = (cell: string, at: number): string => {
    const width = widths[at] ?? 0;
    const head = heads[at] ?? "";
    return TEXTS.has(head) ? cell.padEnd(width) : cell.padStart(width);
  };
  return lines.map((line) => line.map(padded).join("  ").trimEnd());
}

const TEXTS = new Set(["suite", "name", "unit", "against", "ok"]);

const times = (ratio: number | null): string => (ratio === null ? "-" : `${figure(ratio)}x`);

function figure(value: number | null): string {
  if (value === null) return "-";
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value >= 1 ? value.toFixed(2) : value.toFixed(4);
}
