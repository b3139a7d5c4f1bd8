import type { SbpfVersion } from "./isa/version.ts";
import type { ProgramOptions } from "./program.ts";
import { MAINNET_SYSCALLS } from "./syscalls/registry.ts";
import type { Syscall } from "./syscalls/syscall.ts";

/** What another thread lifts a program from: its ELF and what of its options decides how it is lifted. */
export interface SourceInput {
  readonly elf: Uint8Array;
  readonly versions: readonly SbpfVersion[] | undefined;
  readonly deploy: boolean | undefined;
  readonly syscalls: readonly Pick<Syscall, "name" | "params" | "noReturn">[];
  /** Functions to lift; the others trap. Absent: all. */
  readonly functions?: readonly number[];
}

/** The input for another thread; undefined if a syscall's compiled form is known here alone, or registers are raw. */
export function sourceInput(elf: Uint8Array, options: ProgramOptions): SourceInput | undefined {
  const { versions, deploy, syscalls, raw } = options;
  if (raw === true) return undefined;
  const isOurs = (syscall: Syscall): boolean => MAINNET_SYSCALLS.includes(syscall);
  if (!syscalls.every((each) => each.compile === undefined || isOurs(each))) return undefined;
  const described = syscalls.map(({ name, params, noReturn }) => {
    return noReturn === undefined ? { name, params } : { name, params, noReturn };
  });
  return { elf, versions, deploy, syscalls: described };
}
