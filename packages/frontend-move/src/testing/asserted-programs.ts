import type { HostFunction } from "@dragoman/core";
import { MovePrograms } from "../execute/programs.ts";
import { ModuleLoader } from "../load/loader.ts";
import { stdlibFiles } from "../stdlib/stdlib.ts";

/**
 * Programs over a journal's modules and the standard library that run under assertion: an address outside the regions of a program
 * throws AddressViolation, in every tier. `modules`: more built-in modules, by `0xA::m`.
 */
export function assertedPrograms(
  natives: ReadonlyMap<string, HostFunction> = new Map(),
  modules: ReadonlyMap<string, Uint8Array> = new Map(),
): MovePrograms {
  const standard = [...stdlibFiles()].map(([name, bytes]) => [`0x1::${name}`, bytes] as const);
  return new MovePrograms(new ModuleLoader(new Map([...standard, ...modules])), natives, true);
}
