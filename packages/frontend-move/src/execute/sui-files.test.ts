import { readFileSync } from "node:fs";
import { MemoryState } from "@dragoman/core";
import { describe, expect, test } from "vitest";
import { assembleModule, printUnit } from "../asm/index.ts";
import { decodeModule, encodeModule, moduleId } from "../format/index.ts";
import { MODULE_DOMAIN } from "../load/loader.ts";
import { runMove } from "../testing/run-move.ts";
import { verifyModule } from "../verify/index.ts";

const FOLDER = new URL("../../fixtures/sui/", import.meta.url);
const file = (name: string) => new Uint8Array(readFileSync(new URL(`${name}.mv`, FOLDER)));

/** Modules that the compiler of Sui made, at their addresses. */
function published(...names: string[]): MemoryState {
  const state = new MemoryState();
  for (const bytes of names.map(file)) {
    const module = decodeModule(bytes);
    const { address, name } = moduleId(module, module.self);
    state.write(MODULE_DOMAIN, address, new TextEncoder().encode(name), bytes);
  }
  return state;
}

describe.each(["kernels", "shapes"])("the module %s of Sui's compiler", (name) => {
  test("is read, and written byte for byte", () => {
    const module = decodeModule(file(name));
    expect([module.flavour, module.version]).toEqual(["sui", 7]);
    expect(encodeModule(module)).toEqual(file(name));
  });

  test("verifies", () => {
    verifyModule(decodeModule(file(name)));
  });

  test("is printed as text that assembles to the same code", () => {
    const text = printUnit(decodeModule(file(name)));
    const assembled = assembleModule(text);
    verifyModule(assembled);
    expect(printUnit(decodeModule(encodeModule(assembled)))).toBe(text);
  });
});

// Numbers of the native VM of the Aptos lineage for the same functions; primes below 1,000; a sum.
test.each([
  ["lcg64", 1, "1015568748"],
  ["fib", 20, "6765"],
  ["sieve", 1000, "168"],
  [
    "vecsum",
    1000,
    String(Array.from({ length: 1000 }, (_, i) => i ^ 0x5555).reduce((x, y) => x + y)),
  ],
])("%s of %i runs", (fn, n, expected) => {
  const call = { module: "0x0::kernels", function: fn, args: [n] };
  expect(runMove(published("kernels"), call).json).toEqual([expected]);
});

test("matches run by value and by reference", () => {
  const run = (fn: string, ...args: number[]) =>
    runMove(published("shapes"), { module: "0x0::shapes", function: fn, args }).json;
  // 0, 1 + 1, (2 + 3) * 2, 0, 4 + 1, (5 + 3) * 2
  expect(run("total", 6)).toEqual(["33"]);
  expect(run("sum", 2, 1)).toEqual(["3"]);
  expect(run("sum", 1, 2)).toEqual(["2"]);
});
