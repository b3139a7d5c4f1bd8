import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { decodeHex } from "@dragoman/bytes";
import { beforeAll, describe, expect, it, test } from "vitest";
import {
  compiledContract,
  compileSum,
  SUM_FILE,
  SUM_INPUT,
  SUM_SOURCE,
} from "../testing/sum-contract.ts";
import { signatureOf } from "./abi-function.ts";
import { readContract } from "./read-contract.ts";

beforeAll(() => void compileSum(), 60_000);

const folder = mkdtempSync(join(tmpdir(), "dragoman-artefacts-"));

/** Path of a new file below a folder of its own. */
function file(path: string, value: unknown): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, typeof value === "string" ? value : JSON.stringify(value));
  return full;
}

const read = (path: string, value: unknown, wanted?: string) => {
  const full = file(path, value);
  return readContract(full, typeof value === "string" ? value : JSON.stringify(value), wanted);
};

const runtime = (name: string): Uint8Array =>
  decodeHex(compiledContract(name).evm.deployedBytecode.object);

/** What Hardhat 2 writes for a contract. */
function hardhatArtefact(name: string): object {
  const { abi, evm } = compiledContract(name);
  const { object, linkReferences } = evm.deployedBytecode;
  const deployedBytecode = `0x${object}`;
  const deployedLinkReferences = linkReferences;
  const form = { _format: "hh-sol-artifact-1", contractName: name, sourceName: SUM_FILE };
  return {
    ...form,
    abi,
    bytecode: "0x",
    deployedBytecode,
    linkReferences: {},
    deployedLinkReferences,
  };
}

/** What Foundry writes for a contract. */
function foundryArtefact(name: string): object {
  const { abi, evm } = compiledContract(name);
  const { object, sourceMap, linkReferences } = evm.deployedBytecode;
  const deployedBytecode = { object: `0x${object}`, sourceMap, linkReferences };
  return { abi, bytecode: { object: "0x" }, deployedBytecode, methodIdentifiers: {}, id: 0 };
}

describe("the code of a contract is read", () => {
  it("from a Hardhat artefact, its map from the build that lies beside it", () => {
    const build = { _format: "hh-sol-build-info-1", input: SUM_INPUT, output: compileSum() };
    file("hardhat/build-info/1.json", build);
    file("hardhat/src/Sum.sol/Sum.dbg.json", { buildInfo: "../../build-info/1.json" });
    const contract = read("hardhat/src/Sum.sol/Sum.json", hardhatArtefact("Sum"));
    expect(contract.code).toEqual(runtime("Sum"));
    expect(contract.sourceMap).toBe(compiledContract("Sum").evm.deployedBytecode.sourceMap);
    expect(contract.sources.find(0)?.text?.toString()).toBe(SUM_SOURCE);
  });

  it("from a Foundry artefact, its sources from the project", () => {
    file(`foundry/${SUM_FILE}`, SUM_SOURCE);
    file("foundry/out/build-info/1.json", { source_id_to_path: { 0: SUM_FILE } });
    const contract = read("foundry/out/Sum.sol/Sum.json", foundryArtefact("Sum"));
    expect(contract.code).toEqual(runtime("Sum"));
    expect(contract.sources.find(0)).toMatchObject({ path: SUM_FILE });
    expect(contract.sources.find(0)?.text?.toString()).toBe(SUM_SOURCE);
  });

  it("from solc's output, the contract being named with its file or without", () => {
    for (const wanted of ["Sum", `${SUM_FILE}:Sum`]) {
      expect(read("solc.json", compileSum(), wanted).code).toEqual(runtime("Sum"));
    }
  });

  it("from a build-info file, which has the sources in it", () => {
    const contract = read("build.json", { input: SUM_INPUT, output: compileSum() }, "Child");
    expect(contract.code).toEqual(runtime("Child"));
    expect(contract.sources.find(0)?.text?.toString()).toBe(SUM_SOURCE);
  });
});

describe("a fault names the file and", () => {
  it("the contracts, if it is not clear which is meant", () => {
    const names = "src/Sum.sol:Child, src/Sum.sol:Linked, src/Sum.sol:Sum, src/Sum.sol:Twice";
    expect(() => read("solc.json", compileSum())).toThrow(`but: ${names}; --contract names one`);
    expect(() => read("solc.json", compileSum(), "Product")).toThrow("has no one contract Product");
  });

  it("the library that is not linked, with its placeholder", () => {
    const { object } = compiledContract("Linked").evm.deployedBytecode;
    const placeholder = /__\$.{34}\$__/.exec(object)?.[0];
    const why = `the library ${SUM_FILE}:Twice is not linked: ${placeholder} at byte `;
    expect(() => read("solc.json", compileSum(), "Linked")).toThrow(why);
    expect(() => read("Linked.json", hardhatArtefact("Linked"))).toThrow(why);
    expect(() => read("Linked.json", foundryArtefact("Linked"))).toThrow(
      "Linked.json: the library",
    );
  });

  it("that an interface has no code", () => {
    expect(() => read("solc.json", compileSum(), "Nothing")).toThrow("Nothing has no code");
  });

  it("that the contract is another one", () => {
    const other = () => read("Sum.json", hardhatArtefact("Sum"), "Child");
    expect(other).toThrow("has the contract Sum, no Child");
  });

  it("what is wrong with the bytecode", () => {
    expect(() => read("odd.json", { deployedBytecode: "0x6001x" })).toThrow("odd.json: bytecode:");
    expect(() => read("none.json", { abi: [] })).toThrow("none.json has no deployedBytecode");
    expect(() => read("cut.json", '{"abi":')).toThrow("cut.json is no JSON");
  });
});

test("a function is found by its name or its types, and takes structs apart", () => {
  const point = { type: "tuple", name: "p", components: [{ type: "int8", name: "x" }] };
  const abi = [
    {
      type: "function",
      name: "f",
      inputs: [{ type: "uint256", name: "a" }],
      outputs: [{ type: "bool" }],
    },
    { type: "function", name: "f", inputs: [], outputs: [] },
    { type: "function", name: "g", inputs: [{ ...point, type: "tuple[2]" }], outputs: [] },
  ];
  const contract = { ...read("solc.json", compileSum(), "Sum"), abi };
  expect(signatureOf(contract, "f(uint256)")).toBe("f(uint256 a) returns (bool)");
  expect(signatureOf(contract, "g")).toBe("g((int8 x)[2] p)");
  expect(() => signatureOf(contract, "f")).toThrow(
    "means several functions of Sum: f(uint256), f()",
  );
  expect(() => signatureOf(contract, "h")).toThrow(
    "h is no function of Sum: f(uint256), f(), g((int8)[2])",
  );
  expect(signatureOf(contract, "h(bytes)")).toBe("h(bytes)");
});
