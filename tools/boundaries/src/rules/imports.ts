import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { CHAIN_CLIENTS, LAYERS, layerOf, matches, SEPARATE_FOLDERS } from "../layers.ts";
import { type Import, isTest, type Project, type Rule } from "../workspace.ts";

/** What a file may import: declared packages, files of its own package, Node only where it is there. */
export const imports: Rule = ({ projects, testTools }) =>
  projects.flatMap((project) =>
    project.imports.flatMap((found) => {
      if (found.specifier.startsWith(".")) return relative(project, found);
      if (isBuiltin(found.specifier)) return builtin(project, found);
      return external(project, found, testTools);
    }),
  );

function relative(project: Project, { file, specifier }: Import): string[] {
  const target = posix.join(posix.dirname(file), specifier);
  if (!inside(target, project.root)) return [`${file} leaves its package: ${specifier}`];
  const parted = SEPARATE_FOLDERS.some(
    ([one, other]) =>
      (inside(file, one) && inside(target, other)) || (inside(file, other) && inside(target, one)),
  );
  return parted && !isTest(file) ? [`${file} must not import ${specifier}`] : [];
}

function builtin(project: Project, { file, specifier }: Import): string[] {
  if (isTest(file) || LAYERS[layerOf(project.root)]?.portable !== true) return [];
  return [`${file} imports ${specifier}, but must run without Node`];
}

function external(project: Project, found: Import, testTools: ReadonlySet<string>): string[] {
  const { file, specifier } = found;
  const name = packageOf(specifier);
  const places = CHAIN_CLIENTS[name];
  if (places !== undefined && !places.some((place) => matches(place, project.root))) {
    return [`${file} must not import the chain client ${name}`];
  }
  if (name === project.name || project.declared.has(name)) return [];
  if (isTest(file) && testTools.has(name)) return [];
  return [`${file} imports ${name}, which ${project.root}/package.json does not declare`];
}

const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const inside = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
