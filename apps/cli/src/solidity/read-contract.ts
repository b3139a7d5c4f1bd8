import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { refuse } from "@dragoman/fault";
import { type Bytecode, type Contract, linkedCode } from "./contract.ts";
import { type Json, objectIn, textIn } from "./json-members.ts";
import { NO_SOURCES, SourceTable } from "./source-table.ts";

/**
 * A contract out of a Solidity compiler's JSON: a Hardhat or Truffle artefact, a Foundry artefact, solc's output for one contract, solc's
 * standard JSON output, or a build-info file of either tool. `wanted` is a name, or `file.sol:Name`, where there are several.
 *
 * Faults: `UNSUPPORTED_FILE` naming the file and what is wrong with it.
 */
export function readContract(path: string, text: string, wanted?: string): Contract {
  const artefact = parse(path, text);
  const build = objectIn(artefact, "output") === undefined ? undefined : artefact;
  const output = objectIn(artefact, "output") ?? artefact;
  if (objectIn(output, "contracts") !== undefined) {
    return fromOutput(path, output, objectIn(build, "input"), wanted);
  }
  const name = textIn(artefact, "contractName") ?? "";
  const other = wanted !== undefined && name !== "" && plainName(wanted) !== name;
  if (other)
    refuse("UNSUPPORTED_FILE", undefined, `${path} has the contract ${name}, no ${wanted}`);
  const evm = objectIn(artefact, "evm") ?? artefact;
  const bytecode = runtimeCode(path, evm);
  return {
    path,
    name,
    code: linkedCode(path, name, bytecode),
    abi: abiOf(artefact),
    ...mapOf(path, artefact, evm),
  };
}

function parse(path: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    refuse("UNSUPPORTED_FILE", undefined, `${path} is no JSON (${(error as Error).message})`);
  }
}

const abiOf = (contract: Json): Json[] =>
  Array.isArray(contract.abi) ? (contract.abi as Json[]) : [];

const plainName = (wanted: string): string => wanted.slice(wanted.lastIndexOf(":") + 1);

/** Bytecode in any of its forms: text, or an object with text and links. */
function runtimeCode(path: string, contract: Json): Bytecode {
  const { deployedBytecode } = contract;
  if (typeof deployedBytecode === "string") {
    return { hex: deployedBytecode, links: objectIn(contract, "deployedLinkReferences") ?? {} };
  }
  const hex = textIn(deployedBytecode, "object");
  if (hex === undefined) refuse("UNSUPPORTED_FILE", undefined, `${path} has no deployedBytecode`);
  return { hex, links: objectIn(deployedBytecode, "linkReferences") ?? {} };
}

interface Named {
  readonly file: string;
  readonly name: string;
  readonly contract: Json;
}

/** One contract of solc's standard JSON output `{contracts: {file: {name: …}}, sources}`. */
function fromOutput(
  path: string,
  output: Json,
  input: Json | undefined,
  wanted: string | undefined,
): Contract {
  const files = Object.entries(objectIn(output, "contracts") ?? {});
  const all = files.flatMap(([file, contracts]) =>
    Object.entries(contracts as Json).map(([name, contract]) => {
      return { file, name, contract: contract as Json };
    }),
  );
  const { name, contract } = choose(path, all, wanted);
  const evm = objectIn(contract, "evm") ?? contract;
  const bytecode = runtimeCode(path, evm);
  const sources = objectIn(output, "sources") ?? {};
  const texts = textsOf(objectIn(input, "sources") ?? {});
  const ids = Object.keys(sources).map(
    (file) => [objectIn(sources, file)?.id as number, file] as const,
  );
  const paths = new Map(ids);
  return {
    path,
    name,
    code: linkedCode(path, name, bytecode),
    abi: abiOf(contract),
    sourceMap: textIn(objectIn(evm, "deployedBytecode"), "sourceMap"),
    sources: tableOf(path, evm, paths, texts),
  };
}

function choose(path: string, all: readonly Named[], wanted: string | undefined): Named {
  const isWanted = ({ file, name }: Named): boolean =>
    name === wanted || `${file}:${name}` === wanted;
  const hasCode = ({ contract }: Named): boolean => {
    const evm = objectIn(contract, "evm") ?? contract;
    const hex =
      textIn(objectIn(evm, "deployedBytecode"), "object") ?? textIn(evm, "deployedBytecode");
    return hex !== undefined && hex.replace(/^0x/, "") !== "";
  };
  const found = wanted === undefined ? all.filter(hasCode) : all.filter(isWanted);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const names = (found.length > 0 ? found : all).map(({ file, name }) => `${file}:${name}`);
  const list = names.join(", ") || "none";
  const what =
    wanted === undefined
      ? "has not one contract with code but"
      : `has no one contract ${wanted} among`;
  refuse("UNSUPPORTED_FILE", undefined, `${path} ${what}: ${list}; --contract names one`);
}

function textsOf(sources: Json): Map<string, string> {
  const texts = Object.entries(sources).map(([file, source]) => [file, textIn(source, "content")]);
  return new Map(texts.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Sources by number; those that the compiler wrote itself come with the contract. */
function tableOf(
  path: string,
  evm: Json,
  paths: Map<number, string>,
  texts: Map<string, string>,
  folders: readonly string[] = [],
): SourceTable {
  const generated = objectIn(evm, "deployedBytecode")?.generatedSources;
  for (const source of Array.isArray(generated) ? (generated as Json[]) : []) {
    const [name, text] = [textIn(source, "name"), textIn(source, "contents")];
    if (name === undefined || text === undefined) continue;
    paths.set(source.id as number, name);
    texts.set(name, text);
  }
  return new SourceTable(paths, texts, [...folders, process.cwd(), dirname(path)]);
}

/** Map and sources of an artefact of one contract, with what its tool keeps beside it. */
function mapOf(path: string, artefact: Json, evm: Json): Pick<Contract, "sourceMap" | "sources"> {
  const own = textIn(objectIn(evm, "deployedBytecode"), "sourceMap");
  if (own !== undefined) return { sourceMap: own, sources: foundrySources(path, artefact, evm) };
  const build = hardhatBuild(path);
  const [file, name] = [textIn(artefact, "sourceName"), textIn(artefact, "contractName")];
  if (build === undefined || file === undefined || name === undefined) {
    return { sourceMap: undefined, sources: NO_SOURCES };
  }
  const text = readFileSync(build, "utf8");
  const { sourceMap, sources } = readContract(build, text, `${file}:${name}`);
  return { sourceMap, sources };
}

/** Hardhat: `X.dbg.json` beside `X.json` names the build's file. */
function hardhatBuild(path: string): string | undefined {
  const note = path.replace(/\.json$/, ".dbg.json");
  if (note === path || !existsSync(note)) return undefined;
  const build = textIn(parse(note, readFileSync(note, "utf8")), "buildInfo");
  const file = build === undefined ? undefined : resolve(dirname(note), build);
  return file !== undefined && existsSync(file) ? file : undefined;
}

/** Foundry: `out/X.sol/X.json`; the files of `out/build-info` number the sources, which lie beside `out`. */
function foundrySources(path: string, artefact: Json, evm: Json): SourceTable {
  const out = dirname(dirname(resolve(path)));
  const paths = new Map<number, string>();
  const folder = join(out, "build-info");
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => file.endsWith(".json"))
    : [];
  for (const file of files) {
    const build = parse(join(folder, file), readFileSync(join(folder, file), "utf8"));
    const names = Object.entries(objectIn(build, "source_id_to_path") ?? {});
    for (const [id, name] of names) paths.set(Number(id), name as string);
  }
  const own = textIn(objectIn(artefact, "ast"), "absolutePath");
  if (own !== undefined && typeof artefact.id === "number") paths.set(artefact.id, own);
  return tableOf(path, evm, paths, new Map(), [dirname(out)]);
}
