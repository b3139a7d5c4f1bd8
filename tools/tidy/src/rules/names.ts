import ts from "typescript";
import { place, type Rule, type SourceFile, visitNodes } from "../source-file.ts";

/** Names that say nothing: what is in there has a noun of its own. */
const PATH_WORDS = /^(utils?|common|shared|helpers?|types|misc|lib)$/;
const TYPE_NAME = /(Manager|Service|Helper|Impl)$|^(Abstract|Base)[A-Z]|^I[A-Z][a-z]/;
const FUNCTION_NAME = /^(handle|process|manage|do)[A-Z]/;

/** No empty words in names of files, folders, types and functions. */
export const names: Rule = (file) => [
  ...pathName(file),
  ...visitNodes(file, (node) => declarationName(file, node)),
];

function pathName({ path }: SourceFile): string[] {
  const words = path.split("/").map((part) => part.split(".")[0] as string);
  return words
    .filter((word) => PATH_WORDS.test(word))
    .map((word) => `${path} is named "${word}", which names nothing`);
}

function declarationName(file: SourceFile, node: ts.Node): string[] {
  const name = nameOf(node);
  if (name === undefined) return [];
  const pattern = isTypeDeclaration(node) ? TYPE_NAME : FUNCTION_NAME;
  return pattern.test(name) ? [`${place(file, node)} "${name}" names no noun or verb of ours`] : [];
}

const isTypeDeclaration = (node: ts.Node): boolean =>
  ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

function nameOf(node: ts.Node): string | undefined {
  if (isTypeDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
    return (node as ts.NamedDeclaration).name?.getText();
  }
  const isNamedFunction =
    ts.isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer));
  return isNamedFunction ? node.name.getText() : undefined;
}
