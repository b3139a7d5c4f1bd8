import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type CompiledModule,
  decodeModule,
  encodeModule,
  moduleId,
  moduleName,
  parseAddress,
  stdlibModules,
} from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { FUZZ_SEED_TEXT, oracleModules } from "@dragoman/frontend-move/testing";
import { moveModules } from "@dragoman/protocol";

/** A real module: what mutations start from. */
export interface RealModule {
  /** `0xA::m`. */
  readonly name: string;
  readonly file: Uint8Array;
  readonly module: CompiledModule;
}

const KERNELS = "move/aptos/mv/kernels.mv";

/** The folder of the standard workloads; see the bench package. */
function benchFile(path: string): Uint8Array | undefined {
  const repository = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../../..");
  const { DRAGOMAN_BENCH, DRAGOMAN_FIXTURES } = process.env;
  const folders = [
    ...(DRAGOMAN_BENCH === undefined ? [] : [DRAGOMAN_BENCH]),
    ...(DRAGOMAN_FIXTURES === undefined ? [] : [join(DRAGOMAN_FIXTURES, "../bench")]),
    join(repository, "../shared/bench"),
  ];
  const file = folders.map((folder) => join(folder, path)).find((each) => existsSync(each));
  return file === undefined ? undefined : new Uint8Array(readFileSync(file));
}

/**
 * Our standard library and framework, the market, a module with every kind of declaration, and, where they are there, the modules
 * of the oracle pack and of the benchmarks: all of them together link.
 */
export function realModules(): RealModule[] {
  const kernels = benchFile(KERNELS);
  const modules = [
    ...stdlibModules(),
    ...moveModules(parseAddress("0x99")).map(({ file }) => decodeModule(file)),
    decodeModule(encodeModule(assembleModule(FUZZ_SEED_TEXT, stdlibModules()))),
    ...[...oracleModules().values()].map(decodeModule),
    ...(kernels === undefined ? [] : [decodeModule(kernels)]),
  ];
  return modules.map((module) => ({ name: nameOf(module), file: encodeModule(module), module }));
}

/** `0xA::m`. */
export function nameOf(module: CompiledModule): string {
  const { address, name } = moduleId(module, module.self);
  return moduleName(address, name);
}
