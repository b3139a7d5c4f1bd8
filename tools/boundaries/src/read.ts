import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import ts from "typescript";
import type { Import, Project, Workspace } from "./workspace.ts";

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

interface NxGraph {
  readonly nodes: Record<string, { readonly data: { readonly root: string } }>;
  readonly dependencies: Record<string, readonly { readonly target: string }[]>;
}

/** Reads the repository in folder `root`: Nx's project graph, and each project's files. */
export function readWorkspace(root: string): Workspace {
  const { nodes, dependencies } = readGraph(root);
  const graph = Object.entries(dependencies).map(
    ([name, targets]) => [name, targets.map(({ target }) => target)] as const,
  );
  return {
    projects: Object.values(nodes).map(({ data }) => readProject(root, data.root)),
    graph: new Map(graph),
    testTools: new Set(Object.keys(readManifest(root, ".").devDependencies ?? {})),
  };
}

/** Nx's project graph, computed anew: its daemon may hold an old one. */
function readGraph(root: string): NxGraph {
  const nx = createRequire(import.meta.url).resolve("nx/bin/nx.js");
  const folder = mkdtempSync(join(tmpdir(), "boundaries-"));
  const file = join(folder, "graph.json");
  try {
    execFileSync(process.execPath, [nx, "graph", `--file=${file}`], {
      cwd: root,
      env: { ...process.env, NX_DAEMON: "false" },
      stdio: ["ignore", "ignore", "inherit"],
    });
    return (JSON.parse(readFileSync(file, "utf8")) as { graph: NxGraph }).graph;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readProject(root: string, folder: string): Project {
  const { name, ...manifest } = readManifest(root, folder);
  const declared = [
    manifest.dependencies,
    manifest.devDependencies,
    manifest.optionalDependencies,
    manifest.peerDependencies,
  ].flatMap((kind) => Object.keys(kind ?? {}));
  return {
    name,
    root: folder,
    declared: new Set(declared),
    references: readReferences(root, folder),
    imports: readImports(root, folder),
  };
}

const readManifest = (root: string, folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));

function readReferences(root: string, folder: string): string[] {
  const file = join(root, folder, "tsconfig.json");
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  const found = (config.references ?? []) as readonly { readonly path: string }[];
  return found.map(({ path }) => posix.join(folder, path));
}

function readImports(root: string, folder: string): Import[] {
  const files = readdirSync(join(root, folder, "src"), { recursive: true, encoding: "utf8" });
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .flatMap((name) => {
      const file = `${folder}/src/${name}`;
      const text = readFileSync(join(root, file), "utf8");
      const { importedFiles } = ts.preProcessFile(text, true, true);
      return importedFiles.map(({ fileName }) => ({ file, specifier: fileName }));
    });
}
