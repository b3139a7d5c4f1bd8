import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evmWorkload, evmWorkloads, intrinsicGas } from "./evm.ts";
import { moveWorkloads } from "./move.ts";
import { svmWorkload } from "./svm.ts";

const ADDRESS = `0x${"00".repeat(19)}01`;
const CASE = {
  name: "stop",
  from: ADDRESS,
  to: ADDRESS,
  calldata: "0x00ff",
  accounts: { [ADDRESS]: "0x00" },
  storage: { [ADDRESS]: { "0x1": "0x2" } },
  gasExecution: 0,
  returnValue: "0x",
};

describe("an EVM workload", () => {
  it("defaults to Cancun, 2^30 gas and no refund", () => {
    const workload = evmWorkload("a.json", CASE);
    expect([workload.fork, workload.gasLimit, workload.gasRefund]).toEqual([
      "cancun",
      1n << 30n,
      0n,
    ]);
    expect(workload.storage.get(ADDRESS)?.get(1n)).toBe(2n);
  });

  it("costs 21,000 and 4 or 16 a byte before its code runs", () => {
    expect(intrinsicGas(Uint8Array.of(0, 255))).toBe(21_020n);
  });

  it.each([
    [{ ...CASE, calldata: "0x0" }, "a.json: calldata"],
    [{ ...CASE, to: "nowhere" }, "a.json: nowhere"],
    [{ ...CASE, accounts: [] }, "a.json: accounts"],
    [{ ...CASE, gasLimit: -1 }, "a.json: gasLimit"],
    [[], "a.json: an object"],
  ])("names the file and the field that is wrong: %#", (value, where) => {
    expect(() => evmWorkload("a.json", value)).toThrow(where);
  });

  it("comes from the cases folder, or its evm folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "dragoman-cases-"));
    writeFileSync(join(folder, "mine.json"), JSON.stringify({ ...CASE, name: "mine" }));
    expect(evmWorkloads(folder).map(({ name }) => name)).toContain("mine");
  });

  it("is refused with its path when it is no JSON", () => {
    const folder = mkdtempSync(join(tmpdir(), "dragoman-cases-"));
    writeFileSync(join(folder, "bad.json"), "{");
    expect(() => evmWorkloads(folder)).toThrow("bad.json");
  });
});

describe("the other workloads", () => {
  it("an SVM workload names a missing ELF", () => {
    const value = {
      name: "x",
      elf: "gone.so",
      program_id: "1",
      compute_unit_limit: 1,
      instruction_data_hex: "",
      accounts: [],
      expect: { result: "ok", compute_units: 1 },
    };
    expect(() => svmWorkload("/nowhere/a.json", value)).toThrow("/nowhere/gone.so");
  });

  it("a Move folder without a module is refused", () => {
    const folder = mkdtempSync(join(tmpdir(), "dragoman-cases-"));
    writeFileSync(join(folder, "kernels.json"), "[]");
    expect(() => moveWorkloads(folder)).toThrow("kernels.mv");
  });
});
