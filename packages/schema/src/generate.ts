import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import * as resolvers from "@graphql-codegen/typescript-resolvers";
import { parse } from "graphql";
import { SDL } from "./sdl.ts";

const HEADER =
  "// tidy: generated\n// From the .graphql files, by `npm run generate`; do not edit.\n";

const DECIMAL = "../scalar/decimal.ts#Decimal";
const ACCOUNT_ID = "../scalar/account-id.ts#AccountId";

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
    Machine: "../model.ts#MachineModel",
    Amount: "../market-model.ts#AmountModel",
    Block: "../market-model.ts#BlockModel",
    Chain: "../market-model.ts#ChainModel",
    Instrument: "../market-model.ts#InstrumentModel",
    MarginAccount: "../market-model.ts#MarginAccountModel",
    Market: "../market-model.ts#MarketModel",
    Portfolio: "../market-model.ts#PortfolioModel",
    Position: "../market-model.ts#PositionModel",
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
    Decimal: { input: DECIMAL, output: DECIMAL },
    DateTime: { input: "bigint", output: "bigint" },
    AccountId: { input: ACCOUNT_ID, output: ACCOUNT_ID },
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
  writeFileSync(target, await generateTypes(SDL));
}
