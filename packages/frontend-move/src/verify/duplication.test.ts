import { expect, test } from "vitest";
import { assembleModule } from "../asm/assemble.ts";
import type { CompiledModule } from "../format/module.ts";
import { FUZZ_SEED_TEXT } from "../testing/fuzz-seed-text.ts";
import { verdictOnModule } from "../testing/refusal.ts";

const SEED = assembleModule(FUZZ_SEED_TEXT);

test.each([
  "identifiers",
  "addresses",
  "constants",
  "signatures",
  "moduleHandles",
  "friends",
  "structHandles",
  "functionHandles",
  "functionInstantiations",
  "fieldHandles",
  "fieldInstantiations",
  "variantFieldHandles",
  "variantFieldInstantiations",
  "structVariantHandles",
  "structVariantInstantiations",
  "functionDefinitions",
  "structDefinitions",
  "structInstantiations",
] as const)("a row of %s that is there twice", (pool) => {
  const rows = SEED[pool] as readonly unknown[];
  expect(verdictOnModule({ ...SEED, [pool]: [...rows, rows[0]] })).toBe("DUPLICATE_ELEMENT");
});

/** The seed with the module of a handle changed. */
function withOwner(pool: "structHandles" | "functionHandles", index: number, module: number) {
  const rows: object[] = [...SEED[pool]];
  rows[index] = { ...rows[index], module };
  return { ...SEED, [pool]: rows } as CompiledModule;
}

const FOREIGN = SEED.moduleHandles.findIndex((_, handle) => handle !== SEED.self);

test("a definition is of a handle of the module itself", () => {
  const struct = SEED.structDefinitions[0]?.handle as number;
  expect(verdictOnModule(withOwner("structHandles", struct, FOREIGN))).toBe(
    "INVALID_MODULE_HANDLE",
  );
  const fn = SEED.functionDefinitions[0]?.handle as number;
  expect(verdictOnModule(withOwner("functionHandles", fn, FOREIGN))).toBe("INVALID_MODULE_HANDLE");
});

test("a handle of the module itself has its definition", () => {
  const foreign = SEED.functionHandles.findIndex(({ module }) => module === FOREIGN);
  expect(verdictOnModule(withOwner("functionHandles", foreign, SEED.self))).toBe(
    "UNIMPLEMENTED_HANDLE",
  );
  const two = assembleModule("module 0x1.m { struct A { x: u8 } struct B { x: u8 } }");
  const structDefinitions = two.structDefinitions.slice(0, 1);
  expect(verdictOnModule({ ...two, structDefinitions })).toBe("UNIMPLEMENTED_HANDLE");
});
