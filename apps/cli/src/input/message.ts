import { existsSync, readFileSync } from "node:fs";
import { decodeBase58 } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import type { AccountInput, Message, Vm } from "@dragoman/vm";
import type { OptionForms, Options } from "../options.ts";
import { signatureOf } from "../solidity/abi-function.ts";
import { hexBytes, type ProgramFile } from "./program-bytes.ts";

/** Options that say what a program is called with. */
export const MESSAGE_OPTIONS = {
  input: "text",
  fn: "text",
  args: "text",
  "type-args": "text",
  gas: "text",
  sender: "text",
  value: "text",
  accounts: "text",
  contract: "text",
} as const satisfies OptionForms;

/** The message that options describe. Faults: `INVALID_COMMAND` naming the option that is wrong. */
export function messageOf(vm: Vm, { bytes, contract }: ProgramFile, options: Options): Message {
  const input = options.text("input");
  const named = options.text("fn");
  const fn = named !== undefined && vm === "evm" ? signatureOf(contract, named) : named;
  const args = options.json("args");
  const typeArgs = options.json("type-args");
  const gasLimit = options.integer("gas");
  const sender = options.text("sender");
  const value = options.integer("value");
  if (args !== undefined && !Array.isArray(args))
    refuseOption("args", "a JSON list is wanted here");
  const accounts = accountInputs(options);
  return {
    vm,
    code: bytes,
    ...(input === undefined ? {} : { input: hexBytes(input, "--input") }),
    ...(fn === undefined ? {} : { fn }),
    ...(args === undefined ? {} : { args: args as unknown[] }),
    ...(typeArgs === undefined ? {} : { typeArgs: strings(typeArgs) }),
    ...(gasLimit === undefined ? {} : { gasLimit }),
    ...(sender === undefined ? {} : { sender: keyBytes(sender, "--sender") }),
    ...(value === undefined ? {} : { value }),
    ...(accounts === undefined ? {} : { accounts }),
  };
}

function refuseOption(name: string, why: string): never {
  refuse("INVALID_COMMAND", undefined, `--${name}: ${why}`);
}

function strings(value: unknown): string[] {
  const valid = Array.isArray(value) && value.every((item) => typeof item === "string");
  return valid ? value : refuseOption("type-args", "a JSON list of types as text is wanted here");
}

/** `--accounts`: a JSON list, or the path of a file with one. */
function accountInputs(options: Options): AccountInput[] | undefined {
  const text = options.text("accounts");
  if (text === undefined) return undefined;
  let list: unknown;
  try {
    list = JSON.parse(existsSync(text) ? readFileSync(text, "utf8") : text);
  } catch (error) {
    refuseOption("accounts", `neither JSON nor a file of it (${(error as Error).message})`);
  }
  if (!Array.isArray(list)) refuseOption("accounts", "a JSON list is wanted here");
  return list.map((item, at) => accountInput(item, `--accounts[${at}]`));
}

function accountInput(item: unknown, where: string): AccountInput {
  if (typeof item !== "object" || item === null) {
    refuse("INVALID_COMMAND", undefined, `${where}: an object is wanted here`);
  }
  const fields = item as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined => {
    const value = fields[name];
    if (value === undefined) return undefined;
    if (typeof value === "string" || typeof value === "number") return String(value);
    refuse("INVALID_COMMAND", undefined, `${where}.${name}: text is wanted here`);
  };
  const key = text("key");
  if (key === undefined) refuse("INVALID_COMMAND", undefined, `${where}.key is missing`);
  const owner = text("owner");
  const balance = text("balance");
  const data = text("data");
  if (balance !== undefined && !/^\d+$/.test(balance)) {
    refuse("INVALID_COMMAND", undefined, `${where}.balance ${balance} is no non-negative integer`);
  }
  return {
    key: keyBytes(key, `${where}.key`),
    ...(owner === undefined ? {} : { owner: keyBytes(owner, `${where}.owner`) }),
    ...(balance === undefined ? {} : { balance: BigInt(balance) }),
    ...(data === undefined ? {} : { data: hexBytes(data, `${where}.data`) }),
    isSigner: fields.isSigner === true,
    isWritable: fields.isWritable === true,
    executable: fields.executable === true,
  };
}

/** An address: hex with 0x, or base58. */
function keyBytes(text: string, where: string): Uint8Array {
  if (/^0[xX]/.test(text)) return hexBytes(text, where);
  try {
    return decodeBase58(text);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    refuse(
      "INVALID_COMMAND",
      undefined,
      `${where}: neither 0x hex nor base58: ${error.fault.message}`,
    );
  }
}
