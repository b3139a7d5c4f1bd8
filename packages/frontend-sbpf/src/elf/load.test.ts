import { FaultError } from "@dragoman/fault";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble } from "../asm/assemble.ts";
import { link } from "../asm/link.ts";
import { decodeText } from "../isa/decode.ts";
import { verifyText } from "../isa/verify.ts";
import { loadElf } from "./load.ts";

const SOURCE = `
  entrypoint: lddw r1, 0x100000100
    mov64 r2, 3
    syscall sol_log_
    call f
    exit
  f: mov64 r0, 7
    exit`;
const NO_SYSCALLS = { isSyscall: () => false };
const elfs = ([0, 3] as const).map((version) =>
  link(assemble(SOURCE, version), new Uint8Array(24)),
);

/** Loads, decodes and verifies; the name of the fault if it is refused. */
function load(bytes: Uint8Array, deploy = false): string {
  try {
    const executable = loadElf(bytes, { isSyscall: (hash) => hash === 0x207559bd, deploy });
    verifyText(decodeText(executable.text, executable.version));
    return "loaded";
  } catch (error) {
    if (error instanceof FaultError) return error.fault.name;
    throw error;
  }
}

const patched = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at] = value;
  return copy;
};

test("both versions load, at deployment too", () => {
  expect(elfs.map((elf) => load(elf))).toEqual(["loaded", "loaded"]);
  expect(elfs.map((elf) => load(elf, true))).toEqual(["loaded", "loaded"]);
});

test("loading leaves the file as it was, even a Buffer", () => {
  const file = Buffer.from(elfs[0]);
  loadElf(file, NO_SYSCALLS);
  expect(new Uint8Array(file)).toEqual(elfs[0]);
});

test("a segment that ends behind the address space breaks the search for relocations (sbpf elf_parser, program_header_for_vaddr)", () => {
  const broken = elfs[0].slice();
  broken.fill(0xff, 64 + 16, 64 + 24);
  expect(load(broken)).toBe("ELF_SECTION_OUT_OF_RANGE");
});

test("a v0 image holds code and data at their addresses", () => {
  const { rodata, text, textOffset } = loadElf(elfs[0], NO_SYSCALLS);
  expect(rodata.slice(textOffset, textOffset + text.length)).toEqual(text);
});

describe.each([
  [0, elfs[0]],
  [3, elfs[1]],
])("v%i", (_, elf) => {
  test.each([
    ["class", 4, 1, "INVALID_ELF_IDENT"],
    ["machine", 18, 62, "INVALID_ELF_MACHINE"],
    ["version", 48, 9, "UNSUPPORTED_SBPF_VERSION"],
    ["entry", 25, 0xff, "ELF_ENTRYPOINT_OUT_OF_RANGE"],
  ])("a wrong %s is refused", (_what, at, value, wanted) => {
    expect(load(patched(elf, at, value))).toBe(wanted);
  });

  test("every cut is refused with a fault", () => {
    for (let length = 0; length < elf.length; length++) {
      expect(load(elf.subarray(0, length))).not.toBe("loaded");
    }
  });

  test("any change of bytes loads or is refused, and nothing else", () => {
    const change = fc.tuple(fc.nat(elf.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const copy = elf.slice();
        for (const [at, value] of changes) copy[at] = value;
        load(copy);
      }),
      { numRuns: 500 },
    );
  });
});
