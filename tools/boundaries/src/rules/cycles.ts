import type { Rule } from "../workspace.ts";

/** The project graph has no cycle. Each one is reported once, from its first member by name. */
export const cycles: Rule = ({ graph }) => {
  const found = new Set<string>();
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      found.add(describe(path.slice(start)));
      return;
    }
    if (finished.has(name)) return;
    for (const target of graph.get(name) ?? []) visit(target, [...path, name]);
    finished.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return [...found];
};

function describe(members: readonly string[]): string {
  const first = members.indexOf([...members].sort()[0] as string);
  const turned = [...members.slice(first), ...members.slice(0, first)];
  return `cycle: ${[...turned, turned[0]].join(" -> ")}`;
}
