/** One `import` or `export … from` of a file. */
export interface Import {
  /** The file, relative to the repository, with `/`. */
  readonly file: string;
  readonly specifier: string;
}

/** One workspace package. */
export interface Project {
  readonly name: string;
  /** Its folder, relative to the repository, for example `packages/core`. */
  readonly root: string;
  /** Every package that its manifest declares, of whatever kind of dependency. */
  readonly declared: ReadonlySet<string>;
  /** Folders that its tsconfig.json refers to, relative to the repository. */
  readonly references: readonly string[];
  readonly imports: readonly Import[];
}

/** The repository as the rules see it. */
export interface Workspace {
  readonly projects: readonly Project[];
  /** Names of the projects that a project depends on, from the Nx project graph. */
  readonly graph: ReadonlyMap<string, readonly string[]>;
  /** Packages that any test may import: the development dependencies of the root. */
  readonly testTools: ReadonlySet<string>;
}

/** A rule gives one sentence for each violation. */
export type Rule = (workspace: Workspace) => string[];

/** Tests, and what only tests use: `*.test.ts` and folders named `testing`. */
export const isTest = (file: string): boolean => /\.test\.ts$|\/testing\//.test(file);
