import { expect, test } from "vitest";
import { decodeModule } from "../format/decode.ts";
import type { CompiledModule } from "../format/module.ts";
import { stdlibModules } from "../stdlib/stdlib.ts";
import { oracleModules } from "../testing/move-fixtures.ts";
import { keyOfModule } from "./cross-module-types.ts";
import { verifyDependencies } from "./dependencies.ts";
import { verifyModule } from "./verify.ts";

test("every library module verifies, and links with the others", () => {
  const modules = stdlibModules();
  const known = new Map(modules.map((module) => [keyOfModule(module, module.self), module]));
  for (const module of modules) {
    verifyModule(module);
    verifyDependencies(module, (key) => known.get(key));
  }
  expect(known.size).toBe(modules.length);
});

test("every oracle module verifies, and links with our library", () => {
  const known = new Map<string, CompiledModule>();
  for (const module of stdlibModules()) known.set(keyOfModule(module, module.self), module);
  const oracle = [...oracleModules().values()].map(decodeModule);
  for (const module of oracle) known.set(keyOfModule(module, module.self), module);
  for (const module of oracle) {
    verifyModule(module);
    verifyDependencies(module, (key) => known.get(key));
  }
  expect(known.size).toBe(stdlibModules().length + oracle.length);
});
