import { encodeBase58 } from "@dragoman/bytes";
import { keccak256, sha256 } from "@dragoman/crypto";
import { expect, test } from "vitest";
import { createProgramAddress } from "../runtime/program-address.ts";
import { SYSVARS } from "../runtime/sysvars.ts";
import { evaluate, PROGRAM_ID, runAssembly } from "../testing/run-assembly.ts";

const returnBytes = (setup: string, count: number): string => `
  ${setup}
  mov64 r1, r10
  add64 r1, -64
  mov64 r2, ${count}
  syscall sol_set_return_data
  mov64 r0, 0
  exit`;

test("sol_memset_, sol_memcpy_ and sol_memmove_ write what they say", () => {
  const { output, failure } = runAssembly(
    returnBytes(
      `mov64 r1, r10
      add64 r1, -64
      mov64 r2, 0x5a
      mov64 r3, 16
      syscall sol_memset_
      stb [r10-64], 1
      mov64 r1, r10
      add64 r1, -48
      mov64 r2, r10
      add64 r2, -64
      mov64 r3, 2
      syscall sol_memcpy_
      mov64 r1, r10
      add64 r1, -63
      mov64 r2, r10
      add64 r2, -64
      mov64 r3, 4
      syscall sol_memmove_`,
      18,
    ),
  );
  expect(failure).toBeUndefined();
  expect(Buffer.from(output).toString("hex")).toBe("01015a5a5a5a5a5a5a5a5a5a5a5a5a5a015a");
});

test("sol_memcpy_ refuses ranges that overlap", () => {
  const source = `
    mov64 r1, r10
    add64 r1, -32
    mov64 r2, r10
    add64 r2, -30
    mov64 r3, 3
    syscall sol_memcpy_
    exit`;
  const { failure, gasUsed } = runAssembly(source);
  expect(failure).toEqual({ error: "ProgramFailedToComplete", text: "Overlapping copy" });
  // A failed syscall keeps what is left: six instructions and the base cost.
  expect(gasUsed).toBe(16);
});

test.each([
  [1, 3, 0xfffffffen],
  [3, 1, 2n],
  [2, 2, 0n],
])("sol_memcmp_ of %i and %i gives the difference", (a, b, wanted) => {
  const body = `
    stb [r10-8], ${a}
    stb [r10-16], ${b}
    mov64 r1, r10
    add64 r1, -8
    mov64 r2, r10
    add64 r2, -16
    mov64 r3, 1
    mov64 r4, r10
    add64 r4, -24
    syscall sol_memcmp_
    ldxw r0, [r10-24]
    exit`;
  expect(evaluate(body)).toBe(wanted);
});

const hashOf = (name: string, slices: number): string =>
  returnBytes(
    `stw [r10-8], 0x636261
    mov64 r1, r10
    add64 r1, -8
    stxdw [r10-40], r1
    stdw [r10-32], 3
    stxdw [r10-24], r1
    stdw [r10-16], 2
    mov64 r1, r10
    add64 r1, -40
    mov64 r2, ${slices}
    mov64 r3, r10
    add64 r3, -128
    syscall ${name}
    mov64 r1, r10
    add64 r1, -64
    mov64 r2, r10
    add64 r2, -128
    mov64 r3, 32
    syscall sol_memmove_`,
    32,
  );

test.each([
  ["sol_sha256", sha256],
  ["sol_keccak256", keccak256],
] as const)("%s hashes one slice and several", (name, hash) => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  expect(runAssembly(hashOf(name, 1)).output).toEqual(hash(bytes("abc")));
  expect(runAssembly(hashOf(name, 2)).output).toEqual(hash(bytes("abcab")));
  expect(runAssembly(hashOf(name, 0)).output).toEqual(hash(bytes("")));
});

test("a hash costs its base and half its bytes, but not less than 10", () => {
  const units = (slices: number): number => runAssembly(hashOf("sol_sha256", slices)).gasUsed;
  expect(units(2) - units(1)).toBe(10);
});

test("logs are the lines of a Solana validator", () => {
  const name = encodeBase58(PROGRAM_ID);
  const { logs } = runAssembly(`
    stw [r10-8], 0x696968
    mov64 r1, r10
    add64 r1, -8
    mov64 r2, 3
    syscall sol_log_
    mov64 r1, 1
    mov64 r2, 255
    mov64 r3, -1
    mov64 r4, 0
    mov64 r5, 16
    syscall sol_log_64_
    syscall sol_log_compute_units_
    mov64 r0, 3
    exit`);
  expect(logs).toEqual([
    `Program ${name} invoke [1]`,
    "Program log: hii",
    "Program log: 0x1, 0xff, 0xffffffffffffffff, 0x0, 0x10",
    "Program consumption: 99688 units remaining",
    `Program ${name} consumed 314 of 100000 compute units`,
    `Program ${name} failed: custom program error: 0x3`,
  ]);
});

test("text that is not UTF-8 is refused as Rust words it", () => {
  const source =
    "stw [r10-8], 0x80feff\nmov64 r1, r10\nadd64 r1, -8\nmov64 r2, 3\nsyscall sol_log_\nexit";
  expect(runAssembly(source).failure?.text).toBe(
    "invalid utf-8 sequence of 1 bytes from index 0: [255, 254, 128]",
  );
});

test("sol_alloc_free_ hands the heap out until it is full", () => {
  const body = `
    mov64 r1, 13
    mov64 r2, 0
    syscall sol_alloc_free_
    mov64 r6, r0
    mov64 r1, 8
    mov64 r2, 0
    syscall sol_alloc_free_
    sub64 r0, r6
    mov64 r7, r0
    mov64 r1, 40000
    mov64 r2, 0
    syscall sol_alloc_free_
    add64 r0, r7
    exit`;
  expect(evaluate(body)).toBe(16n);
});

test("sol_try_find_program_address finds the address with the highest bump", () => {
  const source = returnBytes(
    `mov64 r6, r1
    stb [r10-8], 42
    mov64 r1, r10
    add64 r1, -8
    stxdw [r10-32], r1
    stdw [r10-24], 1
    mov64 r1, r10
    add64 r1, -32
    mov64 r2, 1
    mov64 r3, r6
    add64 r3, 16
    mov64 r4, r10
    add64 r4, -64
    mov64 r5, r10
    add64 r5, -16
    syscall sol_try_find_program_address
    ldxb r7, [r10-16]
    stxb [r10-32], r7`,
    33,
  );
  // Without accounts or data the program id stands 16 bytes into the input.
  const { output } = runAssembly(source);
  const bump = output[32];
  for (let tried = 255; tried > bump; tried--) {
    expect(
      createProgramAddress([Uint8Array.of(42), Uint8Array.of(tried)], PROGRAM_ID),
    ).toBeUndefined();
  }
  const wanted = createProgramAddress([Uint8Array.of(42), Uint8Array.of(bump)], PROGRAM_ID);
  expect(output.slice(0, 32)).toEqual(wanted);
});

test("a sysvar is copied to its struct, and its absence is an error", () => {
  const rent = Uint8Array.from({ length: 17 }, (_, index) => index + 1);
  const source = returnBytes("mov64 r1, r10\nadd64 r1, -64\nsyscall sol_get_rent_sysvar", 24);
  const sysvar = (idHex: string): Uint8Array | undefined =>
    idHex === SYSVARS.rent.idHex ? rent : undefined;
  const { output } = runAssembly(source, { transaction: { sysvar } });
  expect(output).toEqual(Uint8Array.from([...rent, 0, 0, 0, 0, 0, 0, 0]));
  expect(runAssembly(source).failure?.error).toBe("UnsupportedSysvar");
});

test("abort and sol_panic_ end the program", () => {
  expect(runAssembly("syscall abort\nexit").failure?.text).toBe("SBF program panicked");
  const panic = `
    stw [r10-8], 0x73722e61
    mov64 r1, r10
    add64 r1, -8
    mov64 r2, 4
    mov64 r3, 12
    mov64 r4, 34
    syscall sol_panic_`;
  expect(runAssembly(panic).failure?.text).toBe("SBF program Panicked in a.rs at 12:34");
});
