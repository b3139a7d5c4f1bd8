import type { HostFunction } from "@dragoman/core";
import { ModuleLoader } from "../load/loader.ts";
import { stdlibFiles } from "../stdlib/index.ts";
import { MovePrograms } from "./programs.ts";

/**
 * Programs over a journal's modules, with this package's standard library at 0x1 where the journal has no module of the
 * name. `natives`: see {@link MovePrograms}. `modules`: more built-in modules, by `0xA::m`. `overriding`: modules
 * that are there whatever the journal has, by `0xA::m`.
 */
export function movePrograms(
  natives: ReadonlyMap<string, HostFunction> = new Map(),
  modules: ReadonlyMap<string, Uint8Array> = new Map(),
  overriding: ReadonlyMap<string, Uint8Array> = new Map(),
): MovePrograms {
  const builtin = new Map([
    ...[...stdlibFiles()].map(([name, bytes]) => [`0x1::${name}`, bytes] as const),
    ...modules,
  ]);
  return new MovePrograms(new ModuleLoader(builtin, overriding), natives);
}
