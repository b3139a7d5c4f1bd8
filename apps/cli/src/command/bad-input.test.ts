import { readFileSync } from "node:fs";
import { join } from "node:path";
import { standardFolder } from "@dragoman/bench";
import { describe, expect, it } from "vitest";
import { dragomanCall, fileOf } from "../testing/child.ts";

const CODE = "0x00";

const UNLINKED = '{"deployedBytecode":"0x60__$0123456789abcdef0123456789abcdef01$__"}';

describe("bad input of dragoman run exits 2 with one line that says what and where", () => {
  it.each([
    ["a file that is not there", ["nowhere.bin"], "there is no file nowhere.bin"],
    ["hex with an odd digit", ["0x123"], "3 hex digits"],
    ["hex with a wrong digit", ["0x12zz"], "is no hex digit"],
    ["an unknown option", [CODE, "--gaz", "1"], "--gaz"],
    ["an option without its value", [CODE, "--gas"], "--gas"],
    ["gas that is no number", [CODE, "--gas", "lots"], "--gas lots"],
    ["input that is no hex", [CODE, "--input", "0xq0"], "--input"],
    ["arguments that are no JSON", [CODE, "--fn", "f()", "--args", "[1"], "--args"],
    ["arguments that are no list", [CODE, "--fn", "f()", "--args", "{}"], "--args"],
    ["an argument of a wrong type", [CODE, "--fn", "f(uint8)", "--args", '["x"]'], "x"],
    ["accounts that are no list", [CODE, "--accounts", "{}"], "--accounts"],
    ["an account without key", [CODE, "--accounts", "[{}]"], "--accounts[0].key"],
    ["a tier that does not exist", [CODE, "--tier", "warp"], "--tier warp"],
    ["a repeat of nothing", [CODE, "--repeat", "0"], "--repeat 0"],
    ["an argument too many", [CODE, "0x01"], "0x01"],
    ["no program", [], "the program is missing"],
  ])("%s", async (_, args, where) => {
    const { status, stdout, stderr } = await dragomanCall("run", ...args, "--vm", "evm");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n")).toHaveLength(1);
    expect(stderr).toContain(where);
  });

  it.each([
    ["empty.bin", "", "is empty"],
    ["broken.json", "{", "is no JSON"],
    ["interface.json", '{"abi":[],"deployedBytecode":"0x"}', "has no code"],
    ["nothing.json", '{"abi":[]}', "has no deployedBytecode"],
    [
      "unlinked.json",
      UNLINKED,
      "is not linked: __$0123456789abcdef0123456789abcdef01$__ at byte 1",
    ],
    ["words.txt", "hello", "neither hex nor a JSON artefact"],
  ])("the file %s", async (name, content, why) => {
    const path = fileOf(name, content);
    const { status, stderr } = await dragomanCall("run", path, "--vm", "evm");
    expect(status).toBe(2);
    expect(stderr).toContain(path);
    expect(stderr).toContain(why);
  });

  it("a machine that does not exist, or none", async () => {
    expect((await dragomanCall("run", CODE, "--vm", "wasm")).stderr).toContain("--vm wasm");
    expect((await dragomanCall("run", CODE)).stderr).toContain("--vm is missing");
  });

  it("the fault is JSON when JSON was asked for", async () => {
    const { status, stdout } = await dragomanCall("run", "0x1", "--vm", "evm", "--json");
    expect(status).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 7001, name: "INVALID_COMMAND" });
  });

  it("bytecode where a Solana program or a Move module is wanted", async () => {
    for (const vm of ["sbpf", "move"]) {
      const { status, stderr } = await dragomanCall("run", "0x6001", "--vm", vm, "--fn", "f");
      expect(status).toBe(2);
      expect(stderr).toMatch(/^dragoman run: [A-Z_]+/);
    }
  });
});

const bench = standardFolder();
const REAL = [
  ["sbpf", "svm/prog_v0.so"],
  ["sbpf", "svm/prog_v3.so"],
  ["move", "move/aptos/mv/kernels.mv"],
] as const;

describe("real programs, cut and damaged", () => {
  it.each(REAL)("%s %s: wherever it is cut, it is refused with a fault", async (vm, path) => {
    if (bench === undefined) return console.log("no workloads: nothing to cut");
    const bytes = readFileSync(join(bench, path));
    for (const length of [4, 16, 64, 200, bytes.length >> 1]) {
      const cut = fileOf(`cut-${length}`, bytes.subarray(0, length));
      const { status, stderr } = await dragomanCall("run", cut, "--vm", vm, "--fn", "fib");
      expect([length, status]).toEqual([length, 2]);
      expect(stderr).toMatch(/^dragoman run: [A-Z_]+( at \d+)?: /);
    }
  });
});

it.each(["node", "up"])("a port beyond the last one is refused by dragoman %s", async (command) => {
  const { status, stderr } = await dragomanCall(command, "--port", "65536");
  expect(status).toBe(2);
  expect(stderr).toContain("--port 65536 is no port: 0 to 65535");
});
