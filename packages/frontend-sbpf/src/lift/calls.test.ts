import { expect, test } from "vitest";
import { assemble } from "../asm/assemble.ts";
import { link } from "../asm/link.ts";
import { loadSbpf } from "../runtime/programs.ts";
import { evaluate, runAssembly } from "../testing/run-assembly.ts";

test("a call keeps r6 to r9 and hands r1 to r5 both ways", () => {
  const body = `
    mov64 r6, 100
    mov64 r1, 1
    call f
    add64 r0, r6
    add64 r0, r1
    exit
  f: mov64 r6, 7
    mov64 r0, 10
    add64 r0, r1
    mov64 r1, 1000
    exit`;
  expect(evaluate(body)).toBe(1111n);
});

test("a callee sees the r6 of its caller", () => {
  expect(evaluate("mov64 r6, 5\ncall f\nexit\nf: mov64 r0, r6\nexit")).toBe(5n);
});

test.each([0, 3] as const)(
  "v%i: 62 more calls than those open are legal and 63 are not",
  (version) => {
    const recurse = (depth: number): string => `
    mov64 r1, ${depth}
    call f
    mov64 r0, 0
    exit
  f: jeq r1, 0, +2
    sub64 r1, 1
    call f
    exit`;
    expect(runAssembly(recurse(62), { version }).failure).toBeUndefined();
    expect(runAssembly(recurse(63), { version }).failure?.text).toBe(
      "exceeded max BPF to BPF call depth",
    );
  },
);

test("every call has a zeroed frame of its own", () => {
  const body = `
    stdw [r10-8], 1
    call f
    ldxdw r1, [r10-8]
    add64 r0, r1
    exit
  f: ldxdw r0, [r10-8]
    stdw [r10-8], 50
    exit`;
  expect(evaluate(body)).toBe(1n);
});

const pointerTo = (slot: number, version: 0 | 3): string =>
  `0x${(0x1_0000_0000 + (version === 3 ? 0 : 176) + slot * 8).toString(16)}`;

test.each([0, 3] as const)("v%i: callx calls the function whose address it has", (version) => {
  // The wrapper of evaluate is 8 slots long, the body's first lddw two.
  const body = `
    lddw r3, ${pointerTo(12, version)}
    callx r3
    exit
  f: mov64 r0, 77
    exit`;
  expect(evaluate(body, { version })).toBe(77n);
});

test("callx may go into the middle of a function, whatever the rest of its address", () => {
  const body = `
    lddw r3, ${pointerTo(14, 0)}
    add64 r3, 5
    callx r3
    exit
  f: mov64 r0, 77
    mov64 r0, 5
    add64 r0, 1
    exit`;
  expect(evaluate(body)).toBe(6n);
});

test("functions that jump into each other are one function with two entries", () => {
  const source = `
    call f
    mov64 r6, r0
    call g
    add64 r0, r6
    exit
  f: mov64 r0, 1
    ja tail
  g: mov64 r0, 20
  tail: add64 r0, 100
    exit`;
  expect(evaluate(source)).toBe(221n);
  const { graph } = loadSbpf(link(assemble(source)));
  expect(graph.functionCount).toBe(2);
});

test("a function that never returns ends the one that calls it", () => {
  const { graph } = loadSbpf(link(assemble("call f\nmov64 r0, 1\nexit\nf: syscall abort\nexit")));
  expect(graph.functionCount).toBe(4);
});

test.each([
  ["a call of a hash that nobody has", "syscall sol_nothing", "unsupported BPF instruction", 1],
  [
    "a callx outside the code",
    "mov64 r1, 5\ncallx r1",
    "callx attempted to call outside of the text segment",
    2,
  ],
  [
    "the end of the code",
    "mov64 r0, 0",
    "attempted to execute past the end of the text segment at BPF instruction",
    2,
  ],
  ["a division by zero", "mov64 r1, 0\ndiv64 r0, r1", "divide by zero at BPF instruction", 2],
  ["a store to read-only data", "lddw r1, 0x100000000\nstb [r1+0], 1", "Access violation", 2],
  ["a load above r10 in a gap", "ldxb r0, [r10+0]", "Access violation", 1],
  ["a loop without end", "ja -1", "exceeded CUs meter at BPF instruction", 1000],
])("%s fails: %s", (_, source, text, units) => {
  const { failure, gasUsed, logs } = runAssembly(source, { gas: 1000n });
  expect(failure).toMatchObject({ error: "ProgramFailedToComplete", text });
  // A fault takes all units; the log tells how many were used.
  expect(gasUsed).toBe(1000);
  expect(logs.at(-2)).toContain(`consumed ${units} of 1000`);
});

test("where a large heap costs more than there is, no machine is made", () => {
  // Eight pages of 32 KiB, seven of them at 8 units.
  const run = (gas: bigint) =>
    runAssembly("mov64 r0, 0\nexit", { gas, transaction: { heapBytes: 256 * 1024 } });
  const { failure, gasUsed, logs } = run(55n);
  expect(failure).toMatchObject({ error: "ProgramEnvironmentSetupFailure" });
  expect(gasUsed).toBe(55);
  expect(logs.slice(-2)).toEqual([
    "Failed to create SBF VM: Computational budget exceeded",
    expect.stringMatching(/^Program .* failed: Failed to create program execution environment$/),
  ]);
  expect(run(57n).failure).toMatchObject({ error: "ProgramFailedToComplete" });
  expect(run(58n)).toMatchObject({ failure: undefined, gasUsed: 58 });
});
