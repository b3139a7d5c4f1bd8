/** Folders that hold packages. */
const PACKAGE_FILE = /^((?:packages|apps|adapters|test|tools)\/[^/]+)\/package\.json$/;

/**
 * Compares the packages among `paths` with the first column of the matrix in ARCHITECTURE.md, which
 * names each in backticks: `word` for packages/word, `apps/cli`, `test/*` for all folders there.
 * One sentence for each package, and each row, that has nothing on the other side.
 */
export function compareMatrix(paths: readonly string[], architecture: string): string[] {
  const packages = paths.flatMap((path) => PACKAGE_FILE.exec(path)?.[1] ?? []);
  const rows = [...architecture.matchAll(/^\| *`([a-z0-9-]+(?:\/[a-z0-9*-]+)?)`/gm)].map((row) => {
    const name = row[1] as string;
    return name.includes("/") ? name : `packages/${name}`;
  });
  const names = (row: string, folder: string): boolean =>
    row.endsWith("/*") ? folder.startsWith(row.slice(0, -1)) : row === folder;
  return [
    ...packages
      .filter((folder) => !rows.some((row) => names(row, folder)))
      .map((folder) => `ARCHITECTURE.md has no row for ${folder}`),
    ...rows
      .filter((row) => !packages.some((folder) => names(row, folder)))
      .map((row) => `ARCHITECTURE.md has a row for ${row}, which does not exist`),
  ];
}
