import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { standardFolder } from "@dragoman/bench";
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

const bench = standardFolder();

describe("dragoman run on programs from files", () => {
  it("runs a Solana program with an account and shows its log", () => {
    if (bench === undefined) return console.log("no workloads: no Solana program");
    const key = "HxS9YyKvUyKDxs1LrqkeG28dsDx9pwew7w6VhkpNYsNE";
    const path = join(bench, "svm/prog_v3.so");
    // A program that is installed nowhere has the hash of its code as address.
    const owner = `0x${createHash("sha256").update(readFileSync(path)).digest("hex")}`;
    const data = `0x${"00".repeat(256)}`;
    const accounts = JSON.stringify([{ key, owner, isWritable: true, data }]);
    const input = ["--input", "01e803000000000000", "--accounts", accounts];
    const { status, stdout } = dragomanProcess("run", path, "--vm", "sbpf", ...input, "--json");
    const { outcome, gasUsed, logs } = JSON.parse(stdout);
    expect([status, outcome]).toEqual([0, "OK"]);
    expect(Number(gasUsed)).toBeGreaterThan(13_000);
    expect(logs[0].text).toContain("invoke [1]");
  });

  it("calls a Move function and gives its results as JSON", () => {
    if (bench === undefined) return console.log("no workloads: no Move module");
    const path = join(bench, "move/aptos/mv/kernels.mv");
    const call = ["--fn", "fib", "--args", '["15"]'];
    const { status, stdout } = dragomanProcess("run", path, "--vm", "move", ...call, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "OK", returns: ["610"] });
  });
});
