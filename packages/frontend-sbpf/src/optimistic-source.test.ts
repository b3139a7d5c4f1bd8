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

test("a program whose syscalls compile to code of the user's own is not sent", () => {
  const syscalls = [{ ...OWN, compile: () => {} }];
  expect(loadSbpf(ELF, { syscalls }).source).toBeUndefined();
});
