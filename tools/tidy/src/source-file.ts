import ts from "typescript";

/** One text file of the repository. */
export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The syntax tree of a TypeScript file; undefined for any other file. */
  readonly syntax: ts.SourceFile | undefined;
}

/** A rule gives one sentence for each violation in a file, beginning with its place. */
export type Rule = (file: SourceFile) => string[];

/** The file at `path` with content `text`, parsed if it is TypeScript. */
export function parseFile(path: string, text: string): SourceFile {
  const isTypeScript = /\.ts$/.test(path);
  const syntax = isTypeScript
    ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
    : undefined;
  return { path, text, syntax };
}

/** Tests, and what only tests use: `*.test.ts` and folders named `testing`. */
export const isTest = (path: string): boolean => /\.test\.ts$|\/testing\//.test(path);

/**
 * Whether the first lines say why the file may be long or have a long function: a comment
 * `// tidy: table`, or another word for what it is, such as `dispatch`.
 */
export const isExempt = (text: string): boolean =>
  text.split("\n", 5).some((line) => /^\/\/ tidy: [a-z]/.test(line));

/** `path:line` of a node. */
export function place({ path, syntax }: SourceFile, node: ts.Node): string {
  const line = syntax?.getLineAndCharacterOfPosition(node.getStart()).line ?? 0;
  return `${path}:${line + 1}`;
}

/** What `visit` says of every node of the file, in the order of the text. */
export function visitNodes(file: SourceFile, visit: (node: ts.Node) => string[]): string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    for (const violation of visit(node)) found.push(violation);
    ts.forEachChild(node, walk);
  };
  if (file.syntax) walk(file.syntax);
  return found;
}
