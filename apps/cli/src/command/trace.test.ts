import { beforeAll, describe, expect, it } from "vitest";
import { dragomanCall, fileOf } from "../testing/child.ts";
import { compileSum, SUM_INPUT } from "../testing/sum-contract.ts";

let build: string;
beforeAll(() => {
  build = fileOf("traced.json", JSON.stringify({ input: SUM_INPUT, output: compileSum() }));
}, 60_000);

const trace = (...args: string[]) => dragomanCall("trace", ...args, "--vm", "evm");
const word = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;

describe("dragoman trace", () => {
  it("shows the calls of a contract as a tree, with names from its ABI", async () => {
    const { status, stdout } = await trace(
      build,
      "--contract",
      "Sum",
      "--fn",
      "make",
      "--args",
      '["7"]',
    );
    const lines = stdout.split("\n");
    expect(status).toBe(0);
    expect(lines[0]).toMatch(/^\[\d+ of 30000000\] CALL 0x[0-9a-f]{40} make\(uint256\) 0x0+7$/);
    expect(lines[1]).toMatch(/^ {2}\[\d+ of \d+\] CREATE 0x[0-9a-f]{40} initcode of \d+ bytes$/);
    // keccak256("Made(address,uint256)")
    expect(lines[2]).toMatch(/^ {4}log 0x[0-9a-f]{64} 0x[0-9a-f]{64} 0x0+7$/);
    expect(lines.at(-1)).toMatch(/^ {2}= 0x[0-9a-f]{64}$/);
  });

  it("says why a call reverted, and exits 1", async () => {
    const call = ["--fn", "sumOfSquares", "--args", '["13"]'];
    const { status, stdout } = await trace(build, "--contract", "Sum", ...call);
    expect(status).toBe(1);
    expect(stdout.split("\n").at(-1)).toBe("  = execution reverted: unlucky");
  });

  it("gives the tree as JSON in geth's form", async () => {
    const { stdout } = await trace("602a5f5260205ff3", "--json", "--value", "0");
    expect(JSON.parse(stdout)).toMatchObject({ type: "CALL", gasUsed: "0x10", output: word(42) });
  });

  it("lists instructions with gas, price and stack", async () => {
    const { stdout } = await trace("6001600201", "--steps");
    const lines = stdout.split("\n");
    expect(lines.slice(1, 5).map((line) => line.trim().split(/\s+/))).toEqual([
      ["1", "0", "PUSH1", "30000000", "3"],
      ["1", "2", "PUSH1", "29999997", "3", "0x1"],
      ["1", "4", "ADD", "29999994", "3", "0x2", "0x1"],
      ["1", "5", "STOP", "29999991", "0", "0x3"],
    ]);
    expect(lines[5]).toBe("ended well, 9 gas, returned 0x");
  });

  it("shows the instruction that failed, and memory when it is asked for", async () => {
    const failed = await trace("60ff5f", "--steps", "--gas", "4");
    expect(failed.stdout).toContain("! out of gas");
    const { stdout } = await trace("60ff5f5360015f55", "--steps", "--memory");
    expect(stdout).toContain(`0000: ff${"00".repeat(31)}`);
    expect(stdout).toContain(`${word(0)} = ${word(1)}`);
  });

  it("answers as a tracer of geth", async () => {
    const config = ["--tracer-config", '{"diffMode":true}'];
    const { stdout } = await trace("602a5f55", "--tracer", "prestateTracer", ...config);
    const { post } = JSON.parse(stdout);
    expect(Object.values(post)).toEqual([{ storage: { [word(0)]: word(42) } }]);
  });

  it("refuses a tracer that does not exist, and names those that do", async () => {
    const { status, stderr } = await trace("0x00", "--tracer", "fooTracer");
    expect(status).toBe(2);
    expect(stderr).toContain(
      "--tracer fooTracer is none of structLogs, callTracer, flatCallTracer",
    );
  });
});
