import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import * as resolvers from "@graphql-codegen/typescript-resolvers";
import { parse } from "graphql";

const HEADER = "// tidy: generated\n// From schema.graphql, by `npm run generate`; do not edit.\n";

const CONFIG = {
  useTypeImports: true,
  enumsAsTypes: true,
  skipTypename: true,
  immutableTypes: true,
  avoidOptionals: { field: true, object: false, inputValue: false, defaultValue: true },
  strictScalars: true,
  contextType: "unknown",
  enumValues: { VM: { EVM: "evm", SVM: "svm", MOVE: "move" } },
  mappers: {
    VM: "@dragoman/vm#Vm as VmModel",
    Chain: "../model.ts#ChainModel",
    Program: "../model.ts#ProgramModel",
    Step: "../model.ts#StepModel",
    Event: "../model.ts#EventModel",
    Cell: "../model.ts#CellModel",
    Simulation: "../model.ts#SimulationModel",
  },
  scalars: {
    ID: { input: "string", output: "string" },
    Bytes: { input: "Uint8Array", output: "Uint8Array" },
    BigInt: { input: "bigint", output: "bigint" },
    JSON: { input: "unknown", output: "unknown" },
  },
};

/** TypeScript of the schema's types and of its resolvers. */
export async function generateTypes(sdl: string): Promise<string> {
  const text = await codegen({
    schema: parse(sdl),
    documents: [],
    filename: "resolvers.ts",
    config: CONFIG,
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  });
  return `${HEADER}${text.trim()}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const target = new URL("../src/generated/resolvers.ts", import.meta.url);
  const sdl = readFileSync(new URL("../schema.graphql", import.meta.url), "utf8");
  writeFileSync(target, await generateTypes(sdl));
}
