import { refuse } from "@dragoman/fault";
import type { Contract } from "./contract.ts";
import type { Json } from "./json-members.ts";

/** A parameter of the JSON ABI as the text of a signature: structs as lists of their members. */
function parameterText({ type, name, components }: Json): string {
  const text = String(type);
  const base = text.startsWith("tuple")
    ? `(${(components as Json[]).map(parameterText).join(", ")})${text.slice("tuple".length)}`
    : text;
  return typeof name === "string" && name !== "" ? `${base} ${name}` : base;
}

/** Types of parameters as a selector is computed from them. */
const typesText = (parameters: Json[]): string =>
  parameters.map(({ name: _, ...parameter }) => bareText(parameter)).join(",");

function bareText({ type, components }: Json): string {
  const text = String(type);
  if (!text.startsWith("tuple")) return text;
  return `(${typesText(components as Json[])})${text.slice("tuple".length)}`;
}

/** A function of the ABI: `name(types)`, and the signature with what it returns. */
export interface AbiEntry {
  readonly name: string;
  readonly selectorText: string;
  readonly signature: string;
}

/** The functions of an ABI. */
export function abiFunctions(abi: readonly Json[]): AbiEntry[] {
  return abi
    .filter(({ type }) => type === "function")
    .map((entry) => {
      const name = String(entry.name);
      const inputs = (entry.inputs ?? []) as Json[];
      const outputs = (entry.outputs ?? []) as Json[];
      const returns =
        outputs.length === 0 ? "" : ` returns (${outputs.map(parameterText).join(", ")})`;
      const signature = `${name}(${inputs.map(parameterText).join(", ")})${returns}`;
      return { name, selectorText: `${name}(${typesText(inputs)})`, signature };
    });
}

/**
 * The signature that `--fn` means: of the contract's function with that name or with those types, or `fn` itself if there is no ABI.
 *
 * Faults: `INVALID_COMMAND` listing what the contract has.
 */
export function signatureOf(contract: Contract | undefined, fn: string): string {
  if (contract === undefined || contract.abi.length === 0) return fn;
  const functions = abiFunctions(contract.abi);
  const bare = fn.replace(/\s+/g, "");
  const found = functions.filter(
    ({ name, selectorText }) => name === bare || selectorText === bare,
  );
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first.signature;
  // A signature that the ABI does not list may still have a selector that the code knows.
  if (found.length === 0 && fn.includes("(")) return fn;
  const list = (found.length > 0 ? found : functions).map(({ selectorText }) => selectorText);
  const what = found.length > 0 ? "means several functions" : "is no function";
  const where = contract.name === "" ? contract.path : contract.name;
  refuse(
    "INVALID_COMMAND",
    undefined,
    `--fn ${fn} ${what} of ${where}: ${list.join(", ") || "none"}`,
  );
}
