import { moduleFunction, printModule } from "@dragoman/core";
import { expect, test } from "vitest";
import { assemble } from "./asm/assemble.ts";
import { link } from "./asm/link.ts";
import { liftOptimistic } from "./optimistic-source.ts";
import { loadSbpf } from "./runtime/programs.ts";
import type { Syscall } from "./syscalls/syscall.ts";

const ELF = link(
  assemble(
    `mov64 r1, r10
    add64 r1, -32
    mov64 r2, r10
    add64 r2, -64
    mov64 r3, 32
    syscall sol_memcpy_
    mov64 r1, 1
    syscall sol_own_
    mov64 r0, 0
    exit`,
    0,
  ),
);

const OWN: Syscall = { name: "sol_own_", params: 1, run: () => 0 };

/** The module in text, all functions lifted. */
function text(module: ReturnType<typeof liftOptimistic>): string {
  for (const index of module!.signatures.keys()) moduleFunction(module!, index);
  return printModule(module!).split("\n").slice(1).join("\n");
}

test("another thread lifts the same module from what is sent to it", () => {
  const program = loadSbpf(ELF, { syscalls: [OWN] });
  const sent = structuredClone(program.source!.input);
  expect(text(liftOptimistic(sent))).toBe(text(program.optimistic()));
});

test("a part has what was asked for; the other functions trap", () => {
  const elf = link(
    assemble(
      "entrypoint:\ncall f\ncall g\nexit\nf: mov64 r0, 7711\nexit\ng: mov64 r0, 7712\nexit",
      0,
    ),
  );
  const { source } = loadSbpf(elf);
  const input = structuredClone({ whole: source!.input, part: { ...(source!.input as object) } });
  const parts = [[], [0], [0, 2], [0, 1, 2]].map((functions) =>
    text(liftOptimistic({ ...input.part, functions })),
  );
  expect(parts.map((part) => [part.includes("7711"), part.includes("7712")])).toEqual([
    ...[
      [false, false],
      [false, false],
      [false, true],
      [true, true],
    ],
  ]);
  expect(parts[3]).toBe(text(liftOptimistic(input.whole)));
});

test("a large program is ordered in two parts, a small one in one", () => {
  const large = `${"mov64 r0, 1\n".repeat(6000)}mov64 r0, 0\nexit`;
  const program = loadSbpf(link(assemble(large, 0)));
  expect(program.source?.first).toMatchObject({ functions: [] });
  moduleFunction(program.exact, program.exact.entry);
  moduleFunction(program.exact, 1);
  expect(program.source?.first).toMatchObject({ functions: [0] });
  expect(loadSbpf(ELF, { syscalls: [OWN] }).source).not.toHaveProperty("first");
});

test("a program whose syscalls compile to code of the user's own is not sent", () => {
  const syscalls = [{ ...OWN, compile: () => {} }];
  expect(loadSbpf(ELF, { syscalls }).source).toBeUndefined();
});
