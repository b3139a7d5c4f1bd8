import { LAYERS, layerOf } from "../layers.ts";
import type { Project, Rule } from "../workspace.ts";

/** A package stands in a layer and depends on lower ones only, or on its own where that is allowed. */
export const layerOrder: Rule = ({ projects, graph }) => {
  const byName = new Map(projects.map((project) => [project.name, project]));
  return projects.flatMap((project) => {
    if (layerOf(project.root) < 0) return [`${project.root} has no place in a layer`];
    return (graph.get(project.name) ?? []).flatMap((name) => {
      const target = byName.get(name);
      return target === undefined ? [] : order(project, target);
    });
  });
};

function order(project: Project, target: Project): string[] {
  const from = layerOf(project.root);
  const to = layerOf(target.root);
  if (to < from && LAYERS[to]?.name !== "tools") return [];
  if (to === from && LAYERS[from]?.within === true) return [];
  const [layer, other] = [LAYERS[from]?.name, LAYERS[to]?.name];
  return [`${project.root} (${layer}) must not depend on ${target.root} (${other})`];
}
