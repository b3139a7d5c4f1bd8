import { determinism } from "./rules/determinism.ts";
import { documents } from "./rules/documents.ts";
import { names } from "./rules/names.ts";
import { size } from "./rules/size.ts";
import { tests } from "./rules/tests.ts";
import { parseFile } from "./source-file.ts";

const RULES = [size, names, tests, determinism, documents];

/** One sentence for each violation of any rule in the file at `path` with content `text`. */
export function checkFile(path: string, text: string): string[] {
  const file = parseFile(path, text);
  return RULES.flatMap((rule) => rule(file));
}
