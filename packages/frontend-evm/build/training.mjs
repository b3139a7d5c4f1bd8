// Compiles training/Training.sol and writes src/warm-up/training-code.ts: `node packages/frontend-evm/build/training.mjs`.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import solc from "solc";

const FILE = "Training.sol";
const content = readFileSync(new URL(`../training/${FILE}`, import.meta.url), "utf8");

/** SHA-256 over the source and the compiler's version. */
export function sourceHash() {
  return createHash("sha256").update(solc.version()).update(content).digest("hex");
}

/** Text of src/warm-up/training-code.ts. */
function artefact() {
  const settings = {
    optimizer: { enabled: true, runs: 200 },
    evmVersion: "cancun",
    metadata: { appendCBOR: false, bytecodeHash: "none" },
    outputSelection: { "*": { "*": ["evm.deployedBytecode.object", "evm.methodIdentifiers"] } },
  };
  const input = { language: "Solidity", sources: { [FILE]: { content } }, settings };
  const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input)));
  const fatal = errors.filter(({ severity }) => severity === "error");
  if (fatal.length > 0) throw new Error(fatal.map((e) => e.formattedMessage).join("\n"));
  const { deployedBytecode, methodIdentifiers } = contracts[FILE].Training.evm;
  const selectors = Object.entries(methodIdentifiers).map(
    ([signature, selector]) => `  ${signature.slice(0, signature.indexOf("("))}: "${selector}",`,
  );
  return [
    "// tidy: generated. biome-ignore-all format: written by a program",
    "// Written by packages/frontend-evm/build/training.mjs from training/Training.sol; do not edit.",
    `export const TRAINING_SOURCE_HASH = "${sourceHash()}";`,
    "/** Selectors by function. */",
    "export const TRAINING_SELECTORS = {",
    ...selectors,
    "} as const;",
    `export const TRAINING_CODE =\n  "${deployedBytecode.object}";`,
    "",
  ].join("\n");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL("../src/warm-up/training-code.ts", import.meta.url), artefact());
}
