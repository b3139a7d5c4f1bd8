import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TEXT_FILE = /\.(ts|js|md)$/;

/** A file of the repository and its content. */
export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

/** Paths of all files that git tracks or would add, relative to `root`. */
export function listPaths(root: string): string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 },
  );
  return listed.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
}

/** The files among `paths` that people write: TypeScript, JavaScript and Markdown. */
export const readFiles = (root: string, paths: readonly string[]): RepositoryFile[] =>
  paths
    .filter((path) => TEXT_FILE.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
