import ts from "typescript";
import { place, type Rule, visitNodes } from "../source-file.ts";

const SUITE = /^(test|it|describe|suite|bench)\b/;
const MODIFIERS = new Set(["only", "skip", "todo", "fails"]);
const MOCKS = new Set(["vi.mock", "vi.doMock", "vi.hoisted"]);

/** Every test runs, and none replaces a module of ours. */
export const tests: Rule = (file) =>
  visitNodes(file, (node) => {
    if (!ts.isPropertyAccessExpression(node)) return [];
    const text = node.getText();
    const skips = MODIFIERS.has(node.name.text) && SUITE.test(node.expression.getText());
    if (!skips && !MOCKS.has(text)) return [];
    return [`${place(file, node)} ${text} is not allowed in a test`];
  });
