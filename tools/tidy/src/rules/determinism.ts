import ts from "typescript";
import { isTest, place, type Rule, visitNodes } from "../source-file.ts";

/** Below the ledgers the same input gives the same receipt, bit for bit, on any machine. */
const SCOPE = /^packages\/(bytes|word|fault|crypto|core|frontend-[a-z]+|vm)\/src\//;

/** Functions of `Math` whose results are exact integers for integers, on every engine. */
const MATH_EXACT = new Set(
  ["abs", "ceil", "clz32", "floor", "imul", "max", "min", "sign", "trunc"].map((n) => `Math.${n}`),
);

/** Clock, randomness, locale and environment. */
const BANNED_MEMBERS =
  /^(Date\.|performance\.|crypto\.|process\.|Intl\.|Math\.)|\.(toLocale\w*|localeCompare|[gs]etFloat(16|32|64))$/;
const BANNED_NAMES = new Set(["Date", "Float16Array", "Float32Array", "parseFloat"]);

/** No clock, randomness, float or locale in the packages below the ledgers. */
export const determinism: Rule = (file) => {
  if (!SCOPE.test(file.path) || isTest(file.path)) return [];
  return visitNodes(file, (node) =>
    isBanned(node) ? [`${place(file, node)} ${node.getText()} is not deterministic`] : [],
  );
};

function isBanned(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    return BANNED_MEMBERS.test(text) && !MATH_EXACT.has(text);
  }
  if (ts.isNumericLiteral(node)) return /^[^x]*(\.|e-)/i.test(node.getText());
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    return BANNED_NAMES.has(node.expression.getText());
  }
  return false;
}
