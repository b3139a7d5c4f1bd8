import type { CodeLine } from "./code-map.ts";
import type { Site } from "./profiler.ts";

/** What a line of a source cost in all. */
export interface HotLine extends CodeLine {
  count: number;
  gas: number;
  ms: number;
}

/** Costs by line, dearest first; instructions that no line accounts for are left out. */
export function hotLines(sites: readonly Site[]): HotLine[] {
  const lines = new Map<string, HotLine>();
  for (const { map, position, count, gas, ms } of sites) {
    const line = map.lineAt(position);
    if (line === undefined) continue;
    const key = `${line.file}:${line.line}`;
    const known = lines.get(key) ?? { ...line, count: 0, gas: 0, ms: 0 };
    known.count += count;
    known.gas += gas;
    known.ms += ms;
    lines.set(key, known);
  }
  return [...lines.values()].sort((a, b) => b.gas - a.gas || b.count - a.count);
}
