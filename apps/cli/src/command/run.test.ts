import { beforeAll, describe, expect, it } from "vitest";
import { buildCommand, dragomanProcess, fileOf } from "../testing/child.ts";

beforeAll(buildCommand, 300_000);

/** Returns calldata word 0 plus calldata word 1. */
const ADD = "5f3560203501" + "5f5260205ff3";
const word = (value: number): string => value.toString(16).padStart(64, "0");
const run = (...args: string[]) => dragomanProcess("run", ...args, "--vm", "evm", "--json");

describe("dragoman run", () => {
  it("runs hex and prints JSON alone on standard output", () => {
    const { status, stdout } = run(ADD, "--input", `0x${word(2)}${word(40)}`);
    expect(status).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      outcome: "OK",
      output: `0x${word(42)}`,
      gasUsed: "27",
      logs: [],
    });
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining(["stateDiff", "engine", "loadMs", "execMs"]),
    );
  });

  it.each([
    ["Hardhat", { deployedBytecode: `0x${ADD}`, bytecode: "0x00" }],
    ["Foundry", { deployedBytecode: { object: `0x${ADD}` } }],
    ["solc", { contracts: { "a.sol": { A: { evm: { deployedBytecode: { object: ADD } } } } } }],
  ])("takes the runtime code of a %s artefact", (name, artefact) => {
    const path = fileOf(`${name}.json`, JSON.stringify(artefact));
    expect(JSON.parse(run(path, "--input", word(1) + word(2)).stdout).output).toBe(`0x${word(3)}`);
  });

  it("encodes arguments by the signature", () => {
    const { stdout } = run("6004355f5260205ff3", "--fn", "f(uint256)", "--args", "[7]");
    expect(JSON.parse(stdout).output).toBe(`0x${word(7)}`);
  });

  it("exits 1 with the reason when the program reverts", () => {
    const { status, stdout } = run("5f5ffd");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "REVERT", ok: false });
  });

  it("shows state changes of storage", () => {
    const [change] = JSON.parse(run("602a5f55").stdout).stateDiff;
    expect(change).toMatchObject({ domain: "evm.storage", before: null, after: `0x${word(42)}` });
  });

  it("gives the same receipt in every tier and however often it runs", () => {
    const results = ["interpret", "compile", "auto"].map((tier) => {
      const args = ["--tier", tier, "--repeat", "20", "--input", word(5) + word(6)];
      const { engine, loadMs, execMs, ...receipt } = JSON.parse(run(ADD, ...args).stdout);
      expect([typeof engine, typeof loadMs, typeof execMs]).toEqual(["string", "number", "number"]);
      return receipt;
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it("traces every instruction on standard error", () => {
    const { stderr } = run("6001600201", "--trace");
    expect(stderr.trim().split("\n")).toHaveLength(3);
  });
});

describe("bad input of dragoman run exits 2 with one line that says what and where", () => {
  const code = "0x00";
  it.each([
    ["a file that is not there", ["nowhere.bin"], "there is no file nowhere.bin"],
    ["hex with an odd digit", ["0x123"], "3 hex digits"],
    ["hex with a wrong digit", ["0x12zz"], "is no hex digit"],
    ["an unknown option", [code, "--gaz", "1"], "--gaz"],
    ["gas that is no number", [code, "--gas", "lots"], "--gas lots"],
    ["input that is no hex", [code, "--input", "0xq0"], "--input"],
    ["arguments that are no JSON", [code, "--fn", "f()", "--args", "[1"], "--args"],
    ["arguments that are no list", [code, "--fn", "f()", "--args", "{}"], "--args"],
    ["a tier that does not exist", [code, "--tier", "warp"], "--tier warp"],
    ["an argument too many", [code, "0x01"], "0x01"],
    ["no program", [], "the program is missing"],
  ])("%s", (_, args, where) => {
    const { status, stdout, stderr } = dragomanProcess("run", ...args, "--vm", "evm");
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(where);
  });

  it.each([
    ["empty.bin", "", "is empty"],
    ["broken.json", "{", "is no JSON"],
    ["interface.json", '{"abi":[],"deployedBytecode":"0x"}', "has no code"],
    ["nothing.json", '{"abi":[]}', "has no deployedBytecode"],
    ["unlinked.json", '{"deployedBytecode":"0x60__$0123456789$__"}', "not linked, at byte 1"],
    ["words.txt", "hello", "neither hex nor a JSON artefact"],
  ])("the file %s", (name, content, why) => {
    const path = fileOf(name, content);
    const { status, stderr } = dragomanProcess("run", path, "--vm", "evm");
    expect(status).toBe(2);
    expect(stderr).toContain(path);
    expect(stderr).toContain(why);
  });

  it("a machine that does not exist, or none", () => {
    expect(dragomanProcess("run", code, "--vm", "wasm").stderr).toContain("--vm wasm");
    expect(dragomanProcess("run", code).stderr).toContain("--vm is missing");
  });

  it("the fault is JSON when JSON was asked for", () => {
    const { status, stdout } = run("0x1");
    expect(status).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 7001, name: "INVALID_COMMAND" });
  });
});
