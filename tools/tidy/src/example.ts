import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

/** One block of TypeScript in a Markdown file. */
export interface Example {
  /** `path:line` of its first line. */
  readonly place: string;
  readonly code: string;
  /** What it says that it prints: the text behind every `// => `, one line each. */
  readonly expected: readonly string[];
}

/** The TypeScript blocks of a Markdown file. */
export const findExamples = (path: string, markdown: string): Example[] =>
  [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map((block) => {
    const code = block[1] as string;
    return {
      place: `${path}:${markdown.slice(0, block.index).split("\n").length + 1}`,
      code,
      expected: [...code.matchAll(/\/\/ => (.*)$/gm)].map((line) => line[1] as string),
    };
  });

/**
 * Runs an example as a module of its own, which is written to `folder`, and gives the lines that it
 * printed by `console.log`.
 */
export async function runExample({ place, code }: Example, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${place.replace(/[^a-z0-9]+/gi, "-")}.ts`);
  writeFileSync(file, code);
  const printed: string[] = [];
  const { log } = console;
  console.log = (...values) => printed.push(...format(...values).split("\n"));
  try {
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    console.log = log;
  }
  return printed;
}
