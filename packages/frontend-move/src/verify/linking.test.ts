import { expect, test } from "vitest";
import { assembleModule } from "../asm/assemble.ts";
import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { verifyCompatibility } from "./compatibility.ts";
import { keyOfModule } from "./cross-module-types.ts";
import { verifyAcyclic } from "./cyclic-dependencies.ts";
import { verifyDependencies } from "./dependencies.ts";

function verdict(check: () => void): string {
  try {
    check();
    return "accepted";
  } catch (error) {
    if (error instanceof MoveFault) return error.status;
    throw error;
  }
}

function published(...texts: string[]): (key: string) => CompiledModule | undefined {
  const modules = texts.map((text) => assembleModule(text));
  const known = new Map(modules.map((module) => [keyOfModule(module, module.self), module]));
  return (key) => known.get(key);
}

const LIBRARY = `module 0x1.lib {
  friend 0x1.pal;
  struct Box<phantom T: copy> has copy, drop { x: u64 }
  native public make<T: copy>(x: u64): Self.Box<T>;
  native public(friend) intimate();
  native secret();
}`;

test.each([
  ["struct Box<phantom T: copy> has copy, drop;", "accepted"],
  ["struct Box<phantom T: copy> has copy;", "accepted"],
  ["struct Box<T: copy + drop> has copy;", "accepted"],
  ["struct Box<phantom T: copy> has copy, store;", "TYPE_MISMATCH"],
  ["struct Box<phantom T> has copy;", "TYPE_MISMATCH"],
  ["struct Box has copy;", "TYPE_MISMATCH"],
  ["struct Bag has copy;", "LOOKUP_FAILED"],
  ["struct Box<T: copy>; make<T: copy>(x: u64): lib.Box<T>;", "accepted"],
  ["struct Box<T: copy>; make<T: copy>(x: u8): lib.Box<T>;", "TYPE_MISMATCH"],
  ["struct Box<T: copy>; make<T>(x: u64): lib.Box<T>;", "TYPE_MISMATCH"],
  ["make<T: copy>(x: u64): u64;", "TYPE_MISMATCH"],
  ["intimate();", "LOOKUP_FAILED"],
  ["secret();", "LOOKUP_FAILED"],
])("an import that declares %s: %s", (declarations, expected) => {
  const module = assembleModule(`module 0x2.m { import 0x1.lib { ${declarations} } }`);
  expect(verdict(() => verifyDependencies(module, published(LIBRARY)))).toBe(expected);
});

test("a friend may call what friends may", () => {
  const pal = assembleModule("module 0x1.pal { import 0x1.lib { intimate(); } }");
  expect(verdict(() => verifyDependencies(pal, published(LIBRARY)))).toBe("accepted");
});

test("a module that is not there is missed", () => {
  const module = assembleModule("module 0x2.m { import 0x1.none { f(); } }");
  expect(verdict(() => verifyDependencies(module, published(LIBRARY)))).toBe("MISSING_DEPENDENCY");
});

test("a module may not depend on itself through another", () => {
  const find = published("module 0x1.b { import 0x1.a { f(); } }");
  const module = assembleModule("module 0x1.a { import 0x1.b { } native public f(); }");
  expect(verdict(() => verifyAcyclic(module, find))).toBe("CYCLIC_MODULE_DEPENDENCY");
});

test("modules may not be friends in a circle", () => {
  const find = published("module 0x1.b { friend 0x1.a; }");
  const module = assembleModule("module 0x1.a { friend 0x1.b; }");
  expect(verdict(() => verifyAcyclic(module, find))).toBe("CYCLIC_MODULE_FRIENDSHIP");
});

test("a friend may not be a dependency", () => {
  const find = published("module 0x1.b { native public f(); }");
  const module = assembleModule("module 0x1.a { friend 0x1.b; import 0x1.b { f(); } }");
  expect(verdict(() => verifyAcyclic(module, find))).toBe(
    "INVALID_FRIEND_DECL_WITH_MODULES_IN_DEPENDENCIES",
  );
});

test.each([
  ["native f();", "", "accepted"],
  ["native public f();", "", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["native public f();", "native public entry f();", "accepted"],
  ["native entry f();", "native f();", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["native public(friend) f();", "native public f();", "accepted"],
  ["native public f();", "native public(friend) f();", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["native public f(x: u8);", "native public f(x: u16);", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["native public f<T: copy>();", "native public f<T>();", "accepted"],
  ["native public f<T>();", "native public f<T: copy>();", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["struct S { x: u8 }", "struct S has copy { x: u8 }", "accepted"],
  ["struct S has copy { x: u8 }", "struct S { x: u8 }", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["struct S { x: u8 }", "struct S { x: u8, y: u8 }", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["struct S { x: u8 }", "struct S { z: u8 }", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["enum E { A { } }", "enum E { A { }, B { } }", "accepted"],
  ["enum E { A { }, B { } }", "enum E { A { } }", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
  ["friend 0x1.n;", "", "BACKWARD_INCOMPATIBLE_MODULE_UPDATE"],
])("%s replaced by %s: %s", (before, after, expected) => {
  const old = assembleModule(`module 0x1.m { ${before} }`);
  const next = assembleModule(`module 0x1.m { ${after} }`);
  expect(verdict(() => verifyCompatibility(old, next))).toBe(expected);
});
