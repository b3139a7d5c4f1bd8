import { describe, expect, test } from "vitest";
import { evaluate, runAssembly } from "../testing/run-assembly.ts";

/** Numbers 0 to 7 in turns as r6, the sum of what `body` makes of them in r0. */
const loop = (body: string): string => `
  mov64 r0, 0
  mov64 r6, 0
  again:
  ${body}
  add64 r0, r7
  add64 r6, 1
  jlt r6, 8, again`;

describe("a branch over operations on registers", () => {
  test.each<readonly [what: string, body: string, sum: bigint]>([
    ["chooses a register", "mov64 r7, r6\njlt r6, 4, over\nmov64 r7, 100\nover:", 406n],
    ["chooses 0", "mov64 r7, r6\njge r6, 4, over\nmov64 r7, 0\nover:", 22n],
    ["keeps 0", "mov64 r7, 0\njge r6, 4, over\nmov64 r7, r6\nover:", 6n],
    ["makes a boolean", "mov32 r7, 1\njne r6, 3, over\nmov32 r7, 0\nover:", 7n],
    ["makes a boolean of the other sense", "mov64 r7, 0\njsgt r6, 3, over\nmov64 r7, 1\nover:", 4n],
    ["computes", "mov64 r7, r6\njset r6, 1, over\nlsh64 r7, 4\nsub64 r7, r6\nover:", 196n],
    [
      "loads a constant of 64 bits",
      "mov64 r7, 1\njeq r6, 2, over\nlddw r7, 0x100000000\nover:",
      7n * 2n ** 32n + 1n,
    ],
    ["writes what nobody reads", "mov64 r7, 1\njeq r6, 2, over\nmov64 r8, 5\nover:", 8n],
    ["goes over nothing but a jump", "mov64 r7, 1\njeq r6, 2, over\nja over\nover:", 8n],
    [
      "is one of several that decide together",
      `mov32 r7, 1\njsgt r6, 2, low\nmov32 r7, 0\nlow: mov32 r8, 1\njlt r6, 6, high\nmov32 r8, 0
       high: and32 r7, r8\nmov64 r9, 0\njne r7, 0, over\nmov64 r9, 50\nover: add64 r7, r9`,
      3n + 250n,
    ],
    [
      "asks for a boolean that is not",
      "mov32 r8, 1\njeq r6, 2, first\nmov32 r8, 0\nfirst: mov64 r7, 9\njeq r8, 0, over\nmov64 r7, 5\nover:",
      68n,
    ],
    ["stands behind the code", "mov64 r7, 1\njeq r6, 2, apart\nback:", 13n],
  ])("%s", (_, body, sum) => {
    const source = `${loop(body)}\nexit\napart: mov64 r7, 6\nja back`;
    const known = body.includes("back:") ? source : `${loop(body)}\nexit`;
    expect(evaluate(known)).toBe(sum);
    expect(evaluate(known, { version: 3 })).toBe(sum);
  });
});

/** Units that a program takes whose entrypoint is `body`. */
const unitsOf = (body: string): number => {
  const { failure, gasUsed } = runAssembly(`entrypoint:\n${body}\nmov64 r0, 0\nexit`);
  expect(failure).toBeUndefined();
  return gasUsed;
};

test("the way that is not taken costs nothing", () => {
  const side = "add64 r3, 1\nadd64 r3, 2\nadd64 r3, 3\nover:";
  expect(unitsOf(`mov64 r3, 0\njeq r3, 0, over\n${side}`)).toBe(4);
  expect(unitsOf(`mov64 r3, 1\njeq r3, 0, over\n${side}`)).toBe(7);
});

test("a host function sees what is left without the way that is not taken", () => {
  const logs = (first: number): readonly string[] =>
    runAssembly(`entrypoint:\nmov64 r6, ${first}\njeq r6, 0, over\nadd64 r6, 1\nadd64 r6, 1\nover:
      syscall sol_log_compute_units_\nmov64 r0, 0\nexit`).logs;
  const left = (first: number): number =>
    Number(/(\d+) units remaining/.exec(logs(first).join())?.[1]);
  expect(left(0) - left(1)).toBe(2);
});

test("units that suffice exactly do, on both ways, and one less does not", () => {
  for (const [first, units] of [
    [0, 4],
    [1, 6],
  ] as const) {
    const source = `entrypoint:\nmov64 r3, ${first}\njeq r3, 0, over\nadd64 r3, 1\nadd64 r3, 1\nover: mov64 r0, 0\nexit`;
    expect(runAssembly(source, { gas: BigInt(units) }).failure).toBeUndefined();
    expect(runAssembly(source, { gas: BigInt(units - 1) }).failure).toBeDefined();
  }
});

test("a loop whose only exit is counted down ends with the units", () => {
  const { failure, gasUsed } = runAssembly(
    "entrypoint:\nmov64 r1, 1\nagain: jeq r1, 0, over\nmov64 r1, 1\nover: ja again",
    { gas: 1000n },
  );
  expect(failure).toBeDefined();
  expect(gasUsed).toBe(1000);
});
