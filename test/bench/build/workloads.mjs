// Compiles solidity/Workloads.sol into workloads/evm/*.json, in the format of the standard workloads: `node test/bench/build/workloads.mjs`.
// What must come out is what @ethereumjs/evm answers.
import { mkdirSync, writeFileSync } from "node:fs";
import { compile, sourceHash } from "./solidity.mjs";

const target = new URL("../workloads/evm/", import.meta.url);

const FROM = `0x${"ca11e".padStart(40, "0")}`;
const TO = `0x${"c0de1".padStart(40, "0")}`;
const OTHER = `0x${"c0de2".padStart(40, "0")}`;

/** Name, contract, its arguments, and the second contract if it needs one. */
const WORKLOADS = [
  ["value-transfer-500", "ValueTransfers", "run(uint256)", [500], undefined],
  ["deep-calls-20x100", "DeepCalls", "run(uint256,uint256)", [20, 100], undefined],
  ["rollback-500", "Rollbacks", "run(uint256)", [500], undefined],
  ["logs-1000", "Logs", "run(uint256)", [1000], undefined],
  ["static-checks-1000", "StaticChecks", "run(address,uint256)", [OTHER, 1000], "Counts"],
  ["create-200", "Creations", "run(uint256)", [100], undefined],
  ["delegate-1000", "Delegations", "run(address,uint256)", [OTHER, 1000], "Counts"],
  ["cold-slots-500", "ColdSlots", "run(uint256)", [500], undefined],
];

const word = (value) => BigInt(value).toString(16).padStart(64, "0");

async function writeWorkloads() {
  const { evmWorkload } = await import("../dist/workload/evm.js");
  const { openEthereumJs } = await import("../dist/peer/ethereumjs.js");
  const contracts = compile("Workloads.sol", [
    "evm.deployedBytecode.object",
    "evm.methodIdentifiers",
  ]);
  const code = (name) => `0x${contracts[name].evm.deployedBytecode.object}`;
  const peer = await openEthereumJs();
  mkdirSync(target, { recursive: true });
  for (const [name, contract, method, args, other] of WORKLOADS) {
    const selector = contracts[contract].evm.methodIdentifiers[method];
    const record = {
      name,
      source: sourceHash("Workloads.sol"),
      from: FROM,
      to: TO,
      gasLimit: "0x40000000",
      fork: "cancun",
      calldata: `0x${selector}${args.map(word).join("")}`,
      accounts: { [TO]: code(contract), ...(other === undefined ? {} : { [OTHER]: code(other) }) },
      balances: { [TO]: "0xde0b6b3a7640000" },
    };
    const answer = await (await peer.load(evmWorkload(name, record))).answer();
    if (answer.outcome !== "ok") throw new Error(`${name} ended with ${answer.outcome}`);
    const { returnValue, gas, refund } = answer;
    const expected = { gasExecution: Number(gas), gasRefund: Number(refund), returnValue };
    const text = JSON.stringify({ ...record, ...expected }, undefined, 2);
    writeFileSync(new URL(`${name}.json`, target), `${text}\n`);
    process.stdout.write(`${name}: ${gas} gas\n`);
  }
}

await writeWorkloads();
