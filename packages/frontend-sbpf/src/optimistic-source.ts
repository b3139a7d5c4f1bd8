import { HOST, type IrModule } from "@dragoman/core";
import { loadProgram } from "./program.ts";
import type { SourceInput } from "./source-input.ts";
import { MAINNET_SYSCALLS } from "./syscalls/registry.ts";

const ours = new Map(MAINNET_SYSCALLS.map((syscall) => [syscall.name, syscall]));

/** The module to compile, lifted by a thread that has seen nothing of the program: see `OptimisticSource`. */
export function liftOptimistic(input: unknown): IrModule | undefined {
  const { elf, versions, deploy, syscalls } = input as SourceInput;
  return loadProgram(elf, {
    id: "lifted",
    syscalls: syscalls.map((each) => ours.get(each.name) ?? { ...each, run: runNothing }),
    exit: runNothing,
    ...(versions === undefined ? {} : { versions }),
    ...(deploy === undefined ? {} : { deploy }),
  }).optimistic();
}

/** Nothing runs where programs are only lifted. */
function runNothing(): number {
  return HOST.LEAVE;
}
