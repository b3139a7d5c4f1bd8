// Compiles solidity/Mocks.sol into workloads/mocks.json: `node test/bench/build/mocks.mjs`.
import { writeFileSync } from "node:fs";
import { compile, sourceHash } from "./solidity.mjs";

const contracts = compile("Mocks.sol", ["abi", "evm.bytecode.object"]);
const artefacts = Object.entries(contracts).map(([name, { abi, evm }]) => {
  return [name, { abi, bytecode: `0x${evm.bytecode.object}` }];
});
const record = { source: sourceHash("Mocks.sol"), ...Object.fromEntries(artefacts) };
writeFileSync(
  new URL("../workloads/mocks.json", import.meta.url),
  `${JSON.stringify(record, undefined, 2)}\n`,
);
