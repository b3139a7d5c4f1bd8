import type { Rule } from "../source-file.ts";

const LINES_MAX: Readonly<Record<string, number>> = { "README.md": 150, "ARCHITECTURE.md": 200 };

/** The two documents that everyone reads stay short. */
export const documents: Rule = ({ path, text }) => {
  const max = LINES_MAX[path];
  const lines = text.trimEnd().split("\n").length;
  return max !== undefined && lines > max ? [`${path} has ${lines} lines, over ${max}`] : [];
};
