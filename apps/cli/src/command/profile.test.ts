import { readFileSync } from "node:fs";
import { assemble, link } from "@dragoman/frontend-sbpf/asm";
import { beforeAll, describe, expect, it } from "vitest";
import type { SpeedscopeFile } from "../profile/speedscope.ts";
import { dragomanCall, fileOf } from "../testing/child.ts";
import { compiledContract, compileSum, SUM_FILE, SUM_INPUT } from "../testing/sum-contract.ts";

let build: string;
beforeAll(() => {
  build = fileOf("build.json", JSON.stringify({ input: SUM_INPUT, output: compileSum() }));
}, 60_000);

const CALL = ["--fn", "sumOfSquares", "--args", '["20"]'];
const profile = (...args: string[]) => dragomanCall("profile", ...args, "--vm", "evm");

/** Gas of each stack of functions, in full. */
function stacks(file: string): { readonly total: number; readonly gas: Record<string, number> } {
  const { shared, profiles } = JSON.parse(readFileSync(file, "utf8")) as SpeedscopeFile;
  const [first] = profiles;
  const gas: Record<string, number> = {};
  first?.samples.forEach((sample, i) => {
    const key = sample.map((index) => shared.frames[index]?.name).join(" ");
    gas[key] = (gas[key] ?? 0) + (first.weights[i] ?? 0);
  });
  return { total: first?.endValue ?? 0, gas };
}

describe("dragoman profile of a contract with its source", () => {
  it("adds gas up by line of Solidity", async () => {
    const args = [build, "--contract", "Sum", ...CALL, "--json", "--top", "500"];
    const { stdout } = await profile(...args);
    const { gasUsed, lines, sites } = JSON.parse(stdout);
    // Twenty new slots at 22,100 gas each are most of what line 12 costs.
    expect(lines[0]).toMatchObject({
      file: SUM_FILE,
      line: 12,
      text: "seen[i] = total += square(i);",
    });
    expect(lines[0].gas).toBeGreaterThan(19 * 22_100);
    const all = sites.reduce((sum: number, { gas }: { gas: number }) => sum + gas, 0);
    expect(all).toBe(Number(gasUsed));
  });

  it("writes stacks of functions that speedscope reads, with gas and time", async () => {
    const out = fileOf("out.speedscope.json", "");
    const { stdout } = await profile(
      build,
      "--contract",
      "Sum",
      ...CALL,
      "--speedscope",
      out,
      "--json",
    );
    const { total, gas } = stacks(out);
    expect(total).toBe(Number(JSON.parse(stdout).gasUsed));
    expect(gas["Sum sumOfSquares square"]).toBeGreaterThan(0);
    expect(gas["Sum sumOfSquares"]).toBeGreaterThan(19 * 22_100);
    const file = JSON.parse(readFileSync(out, "utf8")) as SpeedscopeFile;
    expect(file.$schema).toBe("https://www.speedscope.app/file-format-schema.json");
    expect(file.profiles.map(({ name, unit }) => [name, unit])).toEqual([
      ["gas", "none"],
      ["time in the interpreter", "milliseconds"],
    ]);
    for (const { samples, weights } of file.profiles) expect(weights).toHaveLength(samples.length);
    const frame = file.shared.frames.find(({ name }) => name === "square");
    expect(frame).toEqual({ name: "square", file: SUM_FILE, line: 7 });
  });

  it("prints the dearest lines as a table", async () => {
    const { stdout } = await profile(build, "--contract", "Sum", ...CALL, "--top", "3");
    const [head, first] = stdout.split("\n");
    expect(head).toMatch(/count +gas +share +ms +line/);
    expect(first).toContain(`${SUM_FILE}:12  seen[i] = total += square(i);`);
  });
});

describe("dragoman profile of code without its source", () => {
  it("finds functions in the code", async () => {
    const code = compiledContract("Sum").evm.deployedBytecode.object;
    const out = fileOf("bare.speedscope.json", "");
    const call = ["--fn", "sumOfSquares(uint256)", "--args", '["20"]'];
    const { stdout } = await profile(code, ...call, "--speedscope", out, "--json");
    const { total, gas } = stacks(out);
    expect(total).toBe(Number(JSON.parse(stdout).gasUsed));
    const depths = Object.keys(gas).map((key) => key.split(" ").length);
    expect(Math.max(...depths)).toBeGreaterThan(2);
    expect(Object.keys(gas)[0]).toBe("program");
  });

  it("counts a creation's gas once, in the frame that used it", async () => {
    const args = [build, "--contract", "Sum", "--fn", "make", "--args", '["7"]', "--json"];
    const { stdout } = await profile(...args, "--top", "10000");
    const { gasUsed, sites } = JSON.parse(stdout);
    const programs = new Set(sites.map(({ program }: { program: string }) => program));
    expect(programs.size).toBe(2);
    const all = sites.reduce((sum: number, { gas }: { gas: number }) => sum + gas, 0);
    expect(all).toBe(Number(gasUsed));
    for (const { gas } of sites) expect(gas).toBeGreaterThanOrEqual(0);
  });

  it("refuses a speedscope file that cannot be written", async () => {
    const { status, stderr } = await profile("0x00", "--speedscope", "nowhere/out.json");
    expect(status).toBe(2);
    expect(stderr).toContain("--speedscope nowhere/out.json");
  });
});

describe("dragoman profile of an sBPF program", () => {
  const LOOP = `
    entrypoint: mov64 r6, 5
    again: call square
      sub64 r6, 1
      jne r6, 0, again
      mov64 r0, 0
      exit
    square: mov64 r1, r6
      mul64 r1, r6
      exit`;

  it.each([0, 3] as const)(
    "v%i: adds compute units up by function and instruction",
    async (version) => {
      const bytes = Buffer.from(link(assemble(LOOP, version)));
      const out = fileOf("sbpf.speedscope.json", "");
      const args = [bytes.toString("hex"), "--vm", "sbpf", "--speedscope", out, "--json"];
      const { stdout, stderr } = await dragomanCall("profile", ...args);
      expect(stderr).toBe("");
      const { gasUsed, sites } = JSON.parse(stdout);
      const { total, gas } = stacks(out);
      // One unit an instruction: 1 + 5 * (3 + 3) + 2.
      expect([total, Number(gasUsed)]).toEqual([33, 33]);
      expect(gas).toEqual({ program: 18, "program function_6": 15 });
      const multiply = sites.find(({ text }: { text: string }) => text === "mul64 r1, r6");
      expect(multiply).toMatchObject({ position: 7, count: 5, gas: 5 });
      expect(sites.map(({ text }: { text: string }) => text)).toContain("call function_6");
    },
  );
});
