import type { Rule } from "../workspace.ts";

/** tsconfig.json refers to exactly the workspace packages that package.json declares. */
export const references: Rule = ({ projects }) => {
  const roots = new Map(projects.map(({ name, root }) => [name, root]));
  return projects.flatMap(({ root, declared, references: found }) => {
    const wanted = [...declared].flatMap((name) => roots.get(name) ?? []);
    return [
      ...wanted
        .filter((target) => !found.includes(target))
        .map((target) => `${root}/tsconfig.json does not refer to ${target}`),
      ...found
        .filter((target) => !wanted.includes(target))
        .map((target) => `${root}/tsconfig.json refers to ${target}, which is not declared`),
    ];
  });
};
