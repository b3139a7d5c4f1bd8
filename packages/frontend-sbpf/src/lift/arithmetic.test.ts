import { expect, test } from "vitest";
import { evaluate } from "../testing/run-assembly.ts";

const ALL = 2n ** 64n - 1n;

test.each<readonly [body: string, r0: bigint]>([
  ["mov64 r0, -1", ALL],
  ["mov32 r0, -1", 0xffffffffn],
  ["lddw r0, 0x8000000000000001", 2n ** 63n + 1n],
  ["mov64 r0, -1\nadd64 r0, 2", 1n],
  ["mov32 r0, 0x7fffffff\nadd32 r0, 1", ALL - 0x7fffffffn],
  ["mov64 r0, 1\nsub32 r0, 2", ALL],
  ["mov64 r0, 3\nmul32 r0, -1", ALL - 2n],
  ["mov64 r0, -8\ndiv64 r0, 2", 2n ** 63n - 4n],
  ["lddw r0, 0xfffffffff\ndiv32 r0, 2", 0x7fffffffn],
  ["mov64 r0, 17\nmov64 r1, 5\nmod64 r0, r1", 2n],
  ["lddw r0, 0x100000007\nmov64 r1, 5\nmod32 r0, r1", 2n],
  ["mov64 r0, 1\nmov64 r1, 65\nlsh64 r0, r1", 2n],
  ["mov64 r0, -1\nmov64 r1, 33\nrsh32 r0, r1", 0x7fffffffn],
  ["mov64 r0, -16\narsh64 r0, 2", ALL - 3n],
  ["mov64 r0, -16\narsh32 r0, 2", 0xfffffffcn],
  ["mov64 r0, 1\nneg32 r0", 0xffffffffn],
  ["mov64 r0, 1\nneg64 r0", ALL],
  ["lddw r0, 0x1122334455667788\nbe16 r0", 0x8877n],
  ["lddw r0, 0x1122334455667788\nbe32 r0", 0x88776655n],
  ["lddw r0, 0x1122334455667788\nbe64 r0", 0x8877665544332211n],
  ["lddw r0, 0x1122334455667788\nle32 r0", 0x55667788n],
  ["mov64 r0, -1\nxor32 r0, 1", 0xfffffffen],
])("%s leaves the same number in v0 and v3", (body, r0) => {
  expect(evaluate(`${body}\nexit`)).toBe(r0);
  expect(evaluate(`${body}\nexit`, { version: 3 })).toBe(r0);
});

const jump = (condition: string): string => `
  lddw r1, 0xffffffff00000005
  mov64 r2, 5
  mov64 r0, 1
  ${condition}, taken
  mov64 r0, 0
  taken: exit`;

test.each<readonly [condition: string, taken: bigint]>([
  ["jeq r1, 5", 0n],
  ["jne r1, r2", 1n],
  ["jgt r1, r2", 1n],
  ["jsgt r1, r2", 0n],
  ["jslt r1, 0", 1n],
  ["jlt r1, r2", 0n],
  ["jge r2, 5", 1n],
  ["jle r2, 4", 0n],
  ["jsge r2, -1", 1n],
  ["jset r1, 4", 1n],
  ["jset r1, 2", 0n],
])("%s jumps %i", (condition, taken) => {
  expect(evaluate(jump(condition))).toBe(taken);
});

test.each<readonly [condition: string, taken: bigint]>([
  ["jeq32 r1, 5", 1n],
  ["jne32 r1, r2", 0n],
  ["jslt32 r1, 0", 0n],
  ["jset32 r1, 2", 0n],
])("v3: %s looks at the low half and jumps %i", (condition, taken) => {
  expect(evaluate(jump(condition), { version: 3 })).toBe(taken);
});

test.each(["b", "h", "w", "dw"])("stx%s stores as many bytes as it names", (size) => {
  const body = `
    mov64 r1, -1
    stdw [r10-16], 0
    stx${size} [r10-16], r1
    ldxdw r0, [r10-16]
    exit`;
  const bits = { b: 8n, h: 16n, w: 32n, dw: 64n }[size] as bigint;
  expect(evaluate(body)).toBe(2n ** bits - 1n);
});

test("stw stores the sign-extended immediate, cut", () => {
  expect(evaluate("stdw [r10-8], -2\nldxdw r0, [r10-8]\nexit")).toBe(ALL - 1n);
  expect(evaluate("stdw [r10-8], 0\nstw [r10-8], -2\nldxdw r0, [r10-8]\nexit")).toBe(0xfffffffen);
});
