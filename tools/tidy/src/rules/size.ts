import ts from "typescript";
import { isExempt, isTest, place, type Rule, visitNodes } from "../source-file.ts";

const FILE_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 80;

/** A file has at most 500 lines, a function outside tests at most 80, unless the file says why not. */
export const size: Rule = (file) => {
  if (file.syntax === undefined || isExempt(file.text)) return [];
  const lines = file.text.trimEnd().split("\n").length;
  const long =
    lines > FILE_LINES_MAX ? [`${file.path} has ${lines} lines, over ${FILE_LINES_MAX}`] : [];
  return isTest(file.path)
    ? long
    : [...long, ...visitNodes(file, (node) => functionSize(file, node))];
};

function functionSize(file: Parameters<Rule>[0], node: ts.Node): string[] {
  if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return [];
  const { text } = file;
  const lines = text.slice(node.getStart(), node.getEnd()).split("\n").length;
  if (lines <= FUNCTION_LINES_MAX) return [];
  return [`${place(file, node)} function of ${lines} lines, over ${FUNCTION_LINES_MAX}`];
}
