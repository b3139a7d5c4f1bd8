import { decodeHex, encodeHex } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import { AbiFunction, AbiParameters } from "ox";

type Parameter = AbiFunction.AbiFunction["inputs"][number];

/**
 * Calldata of a call by signature, e.g. `transfer(address,uint256)` with `["0x…", "1000"]`. Integers may be numbers, decimal or 0x
 * strings, or bigints; bytes are 0x hex; tuples are arrays. Fault: INVALID_CALL_ARGUMENT, naming the argument.
 */
export function encodeCall(signature: string, args: readonly unknown[]): Uint8Array {
  const fn = parseFunction(signature);
  if (fn.inputs.length !== args.length) {
    const found = `${signature} takes ${fn.inputs.length} arguments, ${args.length} were given`;
    return refuse("INVALID_CALL_ARGUMENT", undefined, found);
  }
  const values = fn.inputs.map((input, i) => readValue(input, args[i], `argument ${i}`));
  try {
    return decodeHex(AbiFunction.encodeData(fn, values as never));
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return refuse("INVALID_CALL_ARGUMENT", undefined, `${signature}: ${why}`);
  }
}

function parseFunction(signature: string): AbiFunction.AbiFunction {
  const text = signature.trim().startsWith("function ") ? signature : `function ${signature}`;
  try {
    return AbiFunction.from(text as "function f()") as AbiFunction.AbiFunction;
  } catch {
    const shown = signature.slice(0, 120);
    return refuse(
      "INVALID_CALL_ARGUMENT",
      undefined,
      `"${shown}" is no ABI signature like f(uint256)`,
    );
  }
}

/** JSON to what the encoder takes. */
function readValue(parameter: Parameter, value: unknown, where: string): unknown {
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (array !== null) {
    if (!Array.isArray(value)) return wrong(where, parameter.type, value);
    const element = { ...parameter, type: array[1]! };
    return value.map((item, i) => readValue(element, item, `${where}[${i}]`));
  }
  if (parameter.type === "tuple") {
    const { components } = parameter as { components: readonly Parameter[] };
    if (!Array.isArray(value) || value.length !== components.length)
      return wrong(where, "tuple", value);
    return components.map((component, i) => readValue(component, value[i], `${where}.${i}`));
  }
  if (/^u?int/.test(parameter.type)) return readInteger(parameter.type, value, where);
  if (parameter.type === "bool") {
    return typeof value === "boolean" ? value : wrong(where, "bool", value);
  }
  return typeof value === "string" ? value : wrong(where, parameter.type, value);
}

function readInteger(type: string, value: unknown, where: string): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "string" && /^(-?\d+|0x[0-9a-fA-F]+)$/.test(value)) return BigInt(value);
  return wrong(where, type, value);
}

function wrong(where: string, type: string, value: unknown): never {
  const shown = String(JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}` : v)));
  return refuse(
    "INVALID_CALL_ARGUMENT",
    undefined,
    `${where}: ${shown.slice(0, 80)} is no ${type}`,
  );
}

/**
 * Results of a call in JSON form, if `signature` ends with `returns (…)`: integers as decimal text, tuples whose members all have names as
 * objects. Undefined if the signature says nothing of results, or the output is not of their types.
 */
export function decodeReturns(signature: string, output: Uint8Array): unknown[] | undefined {
  if (!/\breturns\b/.test(signature)) return undefined;
  const { outputs } = parseFunction(signature);
  try {
    return (AbiParameters.decode(outputs, output) as readonly unknown[]).map(plainValue);
  } catch {
    // Whatever a contract returns is no fault of the caller's.
    return undefined;
  }
}

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "number") return value.toString();
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainValue(item)]));
}

const ERROR_STRING = "0x08c379a0";
const PANIC = "0x4e487b71";

/** What revert data says: the text of Error(string), the code of Panic(uint256), the selector of another error; undefined if empty. */
export function explainRevert(output: Uint8Array): string | undefined {
  if (output.length === 0) return undefined;
  const data = encodeHex(output);
  const body = output.subarray(4);
  if (data.startsWith(ERROR_STRING)) {
    const [text] = decodeOr(body, "string");
    return text === undefined ? "reverted" : `reverted: ${text}`;
  }
  if (data.startsWith(PANIC)) {
    const [code] = decodeOr(body, "uint256");
    return code === undefined ? "reverted" : `panicked with code 0x${BigInt(code).toString(16)}`;
  }
  return `reverted with ${output.length} bytes of data, ${data.slice(0, 10)}…`;
}

function decodeOr(body: Uint8Array, type: string): readonly string[] {
  try {
    const parameters = AbiParameters.from(type as "string");
    return (AbiParameters.decode(parameters, body) as readonly unknown[]).map(String);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    return [];
  }
}
