import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { SDL } from "@dragoman/schema";
import { codegen } from "@graphql-codegen/core";
import * as typedDocuments from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";

const HEADER =
  "// tidy: generated\n// From operations.graphql, by `npm run generate`; do not edit.\n";

const CONFIG = {
  useTypeImports: true,
  enumsAsTypes: true,
  skipTypename: true,
  immutableTypes: true,
  strictScalars: true,
  documentMode: "string",
  scalars: {
    ID: { input: "string", output: "string" },
    Bytes: { input: "string", output: "string" },
    BigInt: { input: "string", output: "string" },
    JSON: { input: "unknown", output: "unknown" },
    Decimal: { input: "string", output: "string" },
    DateTime: { input: "string", output: "string" },
    AccountId: { input: "string", output: "string" },
  },
};

/** TypeScript of the operations: their documents, variables and results. */
export async function generateOperations(text: string): Promise<string> {
  const code = await codegen({
    schema: parse(SDL),
    documents: [{ location: "operations.graphql", document: parse(text) }],
    filename: "operations.ts",
    config: CONFIG,
    plugins: [{ operations: {} }, { typedDocuments: {} }],
    pluginMap: { operations, typedDocuments },
  });
  return `${HEADER}${code.trim()}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const target = new URL("../src/generated/operations.ts", import.meta.url);
  const text = readFileSync(new URL("../src/operations.graphql", import.meta.url), "utf8");
  writeFileSync(target, await generateOperations(text));
}
