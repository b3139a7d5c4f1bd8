import { decodeHex } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";

type Json = Readonly<Record<string, unknown>>;

/**
 * Runtime bytecode of a Solidity compiler's JSON artefact: Hardhat and Truffle (`deployedBytecode`), Foundry
 * (`deployedBytecode.object`), solc's contract output (`evm.deployedBytecode.object`) and solc's standard JSON with one contract.
 *
 * Faults: `UNSUPPORTED_FILE` naming the file and what is wrong with it.
 */
export function artefactCode(path: string, text: string): Uint8Array {
  let artefact: unknown;
  try {
    artefact = JSON.parse(text);
  } catch (error) {
    refuse("UNSUPPORTED_FILE", undefined, `${path} is no JSON (${(error as Error).message})`);
  }
  const code = runtimeCode(path, artefact as Json);
  const placeholder = code.indexOf("__");
  if (placeholder >= 0) {
    const at = (placeholder - (code.startsWith("0x") ? 2 : 0)) / 2;
    refuse(
      "UNSUPPORTED_FILE",
      at,
      `${path}: a library is not linked, at byte ${at} of the bytecode`,
    );
  }
  try {
    const bytes = decodeHex(code);
    if (bytes.length > 0) return bytes;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    refuse("UNSUPPORTED_FILE", error.fault.at, `${path}: bytecode: ${error.fault.message}`);
  }
  refuse("UNSUPPORTED_FILE", undefined, `${path} has no code: an interface or abstract contract`);
}

function runtimeCode(path: string, artefact: Json): string {
  const contract = onlyContract(path, artefact) ?? artefact;
  const evm = member(contract, "evm") ?? contract;
  const deployed = evm.deployedBytecode ?? contract.deployedBytecode;
  const code = typeof deployed === "string" ? deployed : objectOf(deployed);
  if (code !== undefined) return code;
  refuse("UNSUPPORTED_FILE", undefined, `${path} has no deployedBytecode`);
}

/** The one contract of solc's standard output `{contracts: {file: {name: …}}}`; undefined for other forms. */
function onlyContract(path: string, artefact: Json): Json | undefined {
  const files = member(artefact, "contracts");
  if (files === undefined) return undefined;
  const contracts = Object.values(files).flatMap((file) => Object.entries(file as Json));
  const [first, second] = contracts;
  if (first !== undefined && second === undefined) return first[1] as Json;
  const names = contracts.map(([name]) => name).join(", ");
  refuse("UNSUPPORTED_FILE", undefined, `${path} has not one contract but: ${names || "none"}`);
}

const objectOf = (value: unknown): string | undefined => {
  const object = (value as Json | undefined | null)?.object;
  return typeof object === "string" ? object : undefined;
};

function member(value: Json, name: string): Json | undefined {
  const inner = value[name];
  return typeof inner === "object" && inner !== null ? (inner as Json) : undefined;
}
