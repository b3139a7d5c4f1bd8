import { beforeAll, describe, expect, it } from "vitest";
import { buildCommand, dragomanCall, dragomanProcess, fileOf } from "./testing/child.ts";

beforeAll(buildCommand, 300_000);

describe("dragoman", () => {
  it("prints its commands on standard error and exits 2 without one", () => {
    const { status, stdout, stderr } = dragomanProcess();
    expect([status, stdout]).toEqual([2, ""]);
    for (const name of ["up", "run", "ir", "disasm", "trace", "profile", "conform", "bench"]) {
      expect(stderr).toContain(`dragoman ${name} `);
    }
  });

  it("refuses a command that does not exist", async () => {
    const { status, stderr } = await dragomanCall("fly");
    expect(status).toBe(2);
    expect(stderr).toContain("there is no command fly");
  });

  it("disasm prints the listing", async () => {
    const { status, stdout } = await dragomanCall("disasm", "600160020100", "--vm", "evm");
    expect(status).toBe(0);
    expect(stdout).toContain("0004      3  add");
  });

  it("ir prints the exact module", async () => {
    const { status, stdout } = await dragomanCall("ir", "600160020100", "--vm", "evm");
    expect(status).toBe(0);
    expect(stdout).toContain('module "evm"');
  });

  it("profile counts every instruction and all the gas", async () => {
    // sstore(0, 1), then ten turns of a loop that counts down.
    const code = "60015f55600a5b600190038060065700";
    const { status, stdout } = await dragomanCall("profile", code, "--vm", "evm", "--json");
    expect(status).toBe(0);
    const { gasUsed, instructions, sites } = JSON.parse(stdout);
    expect(instructions).toBe(4 + 10 * 7 + 1);
    const total = sites.reduce((sum: number, site: { gas: number }) => sum + site.gas, 0);
    expect(total).toBe(Number(gasUsed));
    expect(sites[0]).toMatchObject({ position: 3, count: 1 });
  });

  it("bench refuses suites that do not exist, and says which are to come", async () => {
    expect((await dragomanCall("bench", "routing")).stderr).toContain("no such suite yet: routing");
    expect((await dragomanCall("bench", "quantum")).stderr).toContain("there is no suite quantum");
    expect((await dragomanCall("bench", "evm", "--cases", "nowhere")).status).toBe(2);
  });
});

describe("dragoman conform", () => {
  const vector = (expected: string): string =>
    JSON.stringify({
      op: "add",
      X: "01".padStart(64, "0"),
      Y: "02".padStart(64, "0"),
      Expected: expected,
    });

  it("counts passed and failed cases and exits 1 when one failed", () => {
    const path = fileOf(
      "add.jsonl",
      `${vector("3".padStart(64, "0"))}\n${vector("4".padStart(64, "0"))}\n`,
    );
    const { status, stdout } = dragomanProcess("conform", "evm", path, "--json");
    expect(status).toBe(1);
    const { passed, failed, skipped, failures } = JSON.parse(stdout);
    expect([passed, failed, skipped]).toEqual([1, 1, 0]);
    expect(failures[0].name).toBe("add 2 add");
  });

  it.each([
    ["no machine", [], "is missing"],
    ["an unknown machine", ["wasm", "x"], "wasm"],
    ["no packs", ["evm"], "packs"],
    ["a pack that is not there", ["evm", "nowhere.jsonl"], "nowhere.jsonl"],
    ["an unknown fork", ["evm", fileOf("ok.jsonl", vector("3")), "--fork", "atlantis"], "atlantis"],
    ["a line that is no JSON", ["evm", fileOf("cut.jsonl", '{"op":')], "cut.jsonl line 1"],
  ])("refuses %s", async (_, args, where) => {
    const { status, stderr } = await dragomanCall("conform", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(where);
  });
});
