import { HOST, type IrModule } from "@dragoman/core";
import { loadProgram, type SbpfProgram } from "./program.ts";
import type { SourceInput } from "./source-input.ts";
import { MAINNET_SYSCALLS } from "./syscalls/registry.ts";

const ours = new Map(MAINNET_SYSCALLS.map((syscall) => [syscall.name, syscall]));

/** Programs by ELF: a part and the whole come from one message, whose ELF is one array. */
const programs = new WeakMap<Uint8Array, SbpfProgram>();

/** The module to compile, or a part of it, lifted by a thread that has seen nothing of the program: see `OptimisticSource`. */
export function liftOptimistic(input: unknown): IrModule | undefined {
  const { elf, functions } = input as SourceInput;
  const program = programs.get(elf) ?? load(input as SourceInput);
  programs.set(elf, program);
  return functions === undefined ? program.optimistic() : program.optimisticPart(functions);
}

function load({ elf, versions, deploy, syscalls }: SourceInput): SbpfProgram {
  return loadProgram(elf, {
    id: "lifted",
    syscalls: syscalls.map((each) => ours.get(each.name) ?? { ...each, run: runNothing }),
    exit: runNothing,
    ...(versions === undefined ? {} : { versions }),
    ...(deploy === undefined ? {} : { deploy }),
  });
}

/** Nothing runs where programs are only lifted. */
function runNothing(): number {
  return HOST.LEAVE;
}
