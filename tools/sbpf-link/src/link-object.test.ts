import { readFileSync } from "node:fs";
import { Engine, MemoryState, type Tier } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import { executeInstruction, loadSbpf } from "@dragoman/frontend-sbpf";
import { describe, expect, test } from "vitest";
import { linkObject } from "./link-object.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

const PRIMES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n];
const NAMES = ["double", "square", "prime"];

/** What fixtures/tables.c says, written anew. */
function expected(number: number): { log: string; values: bigint[] } {
  const n = BigInt(number);
  const value = [n * 2n, n * n, PRIMES[number % 8]][number % 3] as bigint;
  let squares = 0n;
  for (let i = 0n; i < n; i++) squares += i * i;
  return { log: `Program log: ${NAMES[number % 3]}`, values: [value, squares] };
}

function run(elf: Uint8Array, tier: Tier, number: number): { logs: string[]; values: bigint[] } {
  const program = loadSbpf(elf, { deploy: true });
  const found = { program, isUnaligned: false, isNative: false };
  const engine = new Engine({ state: new MemoryState(), tier });
  const transaction = {
    findProgram: () => found,
    sysvar: () => undefined,
    heapBytes: 32 * 1024,
    heightMax: 5,
  };
  const programId = new Uint8Array(32).fill(9);
  const instruction = { programId, accounts: [], data: Uint8Array.of(number) };
  const result = executeInstruction(engine, transaction, instruction, 100_000n);
  if (result.failure !== undefined) throw new Error(result.failure.text);
  const view = new DataView(result.returnData.slice().buffer);
  const logs = engine.journal.logs.map(({ data }) => new TextDecoder().decode(data));
  return { logs, values: [view.getBigUint64(0, true), view.getBigUint64(8, true)] };
}

describe.each([
  [0, "tables.v2.o"],
  [3, "tables.v3.o"],
] as const)("v%i", (version, name) => {
  const elf = linkObject(fixture(name), version);

  test.each(["interpret", "compile"] as const)(
    "%s: tables, pointers, function pointers, syscalls and a large frame work",
    (tier) => {
      for (const number of [0, 1, 2, 7, 100, 250]) {
        const { log, values } = expected(number);
        const end = run(elf, tier, number);
        expect(end.values).toEqual(values);
        expect(end.logs).toContain(log);
      }
    },
  );

  test("linking is deterministic and leaves the object as it was", () => {
    const object = fixture(name);
    expect(linkObject(object, version)).toEqual(elf);
    expect(object).toEqual(fixture(name));
  });

  test("every cut and every changed byte links or is refused with a fault", () => {
    const object = fixture(name);
    const attempt = (bytes: Uint8Array): void => {
      try {
        linkObject(bytes, version);
      } catch (error) {
        expect(error).toBeInstanceOf(FaultError);
      }
    };
    for (let length = 0; length < object.length; length += 3) attempt(object.subarray(0, length));
    for (let at = 0; at < object.length; at++) attempt(object.with(at, (object[at] ?? 0) ^ 0xff));
  });
});

const faultOf = (link: () => unknown): string => {
  try {
    link();
    return "none";
  } catch (error) {
    if (error instanceof FaultError) return error.fault.name;
    throw error;
  }
};

test("writable data is refused", () => {
  const fault = faultOf(() => linkObject(fixture("writable.v2.o"), 0));
  expect(fault).toBe("INVALID_ELF_WRITABLE_SECTION");
});

test("a finished program is no object", () => {
  const program = linkObject(fixture("tables.v2.o"), 0);
  expect(faultOf(() => linkObject(program, 0))).toBe("INVALID_ELF_TYPE");
});
