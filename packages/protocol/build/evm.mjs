// Compiles the Solidity programs of the market and writes src/evm-artefacts.ts: `node packages/protocol/build/evm.mjs`.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import solc from "solc";

const FILES = ["CollateralToken.sol", "Market.sol", "Q32.sol"];
const folder = new URL("../solidity/", import.meta.url);

/** SHA-256 over names and contents of the sources and the compiler's version. */
export function sourceHash() {
  const hash = createHash("sha256").update(solc.version());
  for (const file of FILES) hash.update(file).update(readFileSync(new URL(file, folder)));
  return hash.digest("hex");
}

/** Text of src/evm-artefacts.ts. */
export function artefacts() {
  const sources = Object.fromEntries(
    FILES.map((file) => [file, { content: readFileSync(new URL(file, folder), "utf8") }]),
  );
  const settings = {
    optimizer: { enabled: true, runs: 200 },
    evmVersion: "cancun",
    metadata: { appendCBOR: false, bytecodeHash: "none" },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
  };
  const output = JSON.parse(
    solc.compile(JSON.stringify({ language: "Solidity", sources, settings })),
  );
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map((e) => e.formattedMessage).join("\n"));
  const constants = [
    ["COLLATERAL_TOKEN", output.contracts["CollateralToken.sol"].CollateralToken],
    ["MARKET", output.contracts["Market.sol"].Market],
  ].flatMap(([name, contract]) => [
    `export const ${name}_ABI = ${JSON.stringify(contract.abi)} as const;`,
    `/** Initcode; constructor arguments follow it. */`,
    `export const ${name}_BYTECODE =\n  "0x${contract.evm.bytecode.object}";`,
  ]);
  return [
    "// tidy: generated. biome-ignore-all format: written by a program",
    "// Written by packages/protocol/build/evm.mjs from packages/protocol/solidity; do not edit.",
    `export const EVM_SOURCE_HASH = "${sourceHash()}";`,
    ...constants,
    "",
  ].join("\n");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL("../src/evm-artefacts.ts", import.meta.url), artefacts());
}
