import { type ForkName, findPrecompile, machineOf } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { JsonRecord } from "../pack/json-record.ts";
import type { ConformOptions, Tally } from "../report.ts";
import { runCode } from "./call.ts";

/** Vectors of one address for different price schedules stand in files of their own. */
const FORK_OF_FILE: Readonly<Record<string, ForkName>> = {
  "modexp.jsonl": "byzantium",
  "modexp_eip2565.jsonl": "berlin",
  "modexp_eip7883.jsonl": "osaka",
};

/** The first fork that has all precompiles of the vectors. */
const NEWEST: ForkName = "osaka";

/**
 * One vector `{address, fail, Input, Expected, Gas}`. A contract calls the precompile with exactly the gas of the vector, which must
 * succeed with the expected output, and with one less, which must fail.
 */
export function runPrecompileVector(
  file: string,
  name: string,
  value: unknown,
  fork: ForkName | undefined,
  options: ConformOptions,
  tally: Tally,
): void {
  const record = new JsonRecord(name, value);
  const number = record.integer("address");
  const rules = fork ?? FORK_OF_FILE[file] ?? NEWEST;
  const address = Buffer.from(number.toString(16).padStart(40, "0"), "hex");
  const precompile = findPrecompile(machineOf({ fork: rules }), new Uint8Array(address));
  if (precompile === undefined) {
    return tally.skip(name, `precompile ${number} is not implemented`);
  }
  const input = record.bytes("Input");
  const call = (gas: bigint): string => {
    const word = Buffer.from(gas.toString(16).padStart(64, "0"), "hex");
    const result = runCode(callerOf(number), Buffer.concat([word, input]), rules, options.tier);
    return Buffer.from(result.output).toString("hex");
  };
  if (record.boolean("fail")) {
    const output = call(100_000_000n);
    return tally.count(name, output === FAILED ? undefined : `did not fail: ${output}`);
  }
  const gas = record.integer("Gas");
  const wanted = `${SUCCEEDED}${record.string("Expected").toLowerCase()}`;
  const output = call(gas);
  if (output !== wanted) return tally.count(name, `gave ${output}, wanted ${wanted}`);
  const cheaper = gas === 0n ? FAILED : call(gas - 1n);
  tally.count(name, cheaper === FAILED ? undefined : `costs less than ${gas} gas`);
}

const SUCCEEDED = "1".padStart(64, "0");
const FAILED = "0".padStart(64, "0");

/** Calls the precompile with calldata behind its first word, which is the gas; returns the success flag, then the output. */
const callerOf = (address: bigint): Uint8Array =>
  assemble(`
    push1 32 calldatasize sub
    dup1 push1 32 push1 0 calldatacopy
    push1 0 push1 0 dup3 push1 0 push2 0x${address.toString(16).padStart(4, "0")}
    push1 0 calldataload staticcall
    returndatasize push1 0 push1 32 returndatacopy
    push1 0 mstore
    returndatasize push1 32 add push1 0 return`);
