import { moduleFunction, printModule } from "@dragoman/core";
import { expect, test } from "vitest";
import { assemble } from "./asm/assemble.ts";
import { loadEvm } from "./load.ts";
import { liftOptimistic } from "./optimistic-source.ts";

/** The module in text, all functions lifted. */
function text(module: ReturnType<typeof liftOptimistic>): string {
  for (const index of module!.signatures.keys()) moduleFunction(module!, index);
  return printModule(module!);
}

test.each([
  ["resolved", "push 3 push 0 sstore push @a push 2 push @f jump a: stop f: dup1 mul swap1 jump"],
  ["unresolved", "push 0 calldataload jump a: push 1 push 0 sstore stop"],
])("another thread lifts the same module of code with %s jumps", (_, source) => {
  const program = loadEvm(assemble(source), { fork: "berlin" });
  const sent = structuredClone(program.source!.input);
  expect(text(liftOptimistic(sent))).toBe(text(program.optimistic()));
});

test("initcode, which runs once, is not sent", () => {
  const program = loadEvm(assemble("stop"));
  expect(program.machine.initcode(program.code).source).toBeUndefined();
});
