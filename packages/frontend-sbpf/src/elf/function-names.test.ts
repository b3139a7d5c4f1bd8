import * as fc from "fast-check";
import { expect, test } from "vitest";
import { assemble } from "../asm/assemble.ts";
import { link } from "../asm/link.ts";
import { demangle, functionNames } from "./function-names.ts";

const TEXT = "entrypoint: call helper\n exit\n helper: syscall sol_log_\n exit";

/** The same ELF with a table of symbols and its strings behind it, named by two more sections. */
function withSymbols(
  elf: Uint8Array,
  textAddress: bigint,
  symbols: readonly (readonly [name: string, pc: number])[],
): Uint8Array {
  const strings = Buffer.from(`\0${symbols.map(([name]) => name).join("\0")}\0`);
  const table = Buffer.alloc(24 * symbols.length);
  symbols.forEach(([name, pc], index) => {
    table.writeUInt32LE(strings.indexOf(name), index * 24);
    table[index * 24 + 4] = 2;
    table.writeBigUInt64LE(textAddress + BigInt(pc * 8), index * 24 + 8);
  });
  const view = new DataView(elf.buffer, elf.byteOffset);
  const [at, count] = [Number(view.getBigUint64(40, true)), view.getUint16(60, true)];
  const old = Buffer.from(elf.subarray(at, at + count * 64));
  const headers = Buffer.alloc(128);
  const [tableAt, stringsAt] = [elf.length, elf.length + table.length];
  headers.writeUInt32LE(2, 4);
  headers.writeBigUInt64LE(BigInt(tableAt), 24);
  headers.writeBigUInt64LE(BigInt(table.length), 32);
  headers.writeUInt32LE(count + 1, 40);
  headers.writeUInt32LE(3, 64 + 4);
  headers.writeBigUInt64LE(BigInt(stringsAt), 64 + 24);
  headers.writeBigUInt64LE(BigInt(strings.length), 64 + 32);
  const out = Buffer.concat([elf, table, strings, old, headers]);
  out.writeBigUInt64LE(BigInt(stringsAt + strings.length), 40);
  out.writeUInt16LE(count + 2, 60);
  return new Uint8Array(out);
}

test("functions are named by the table of symbols, in both versions", () => {
  for (const version of [0, 3] as const) {
    const elf = link(assemble(TEXT, version), new Uint8Array(8));
    const textAt = version === 3 ? 1n << 32n : new DataView(elf.buffer).getBigUint64(24, true);
    const named = withSymbols(elf, textAt, [
      ["entrypoint", 0],
      ["_ZN3lib6helper17h0123456789abcdefE", 2],
      ["outside", 99],
    ]);
    const names = functionNames(named);
    expect(names.get(0)).toBe("entrypoint");
    expect(names.get(2)).toBe("lib::helper");
    expect(names.size).toBe(2);
  }
});

test("names of Rust's compiler are read, others left", () => {
  const part = "_$LT$T$u20$as$u20$core..convert..Into$LT$U$GT$$GT$";
  const symbol = `_ZN${part.length}${part}4into17h0123456789abcdefE`;
  expect(demangle(symbol)).toBe("<T as core::convert::Into<U>>::into");
  expect(demangle("_ZN4coreX")).toBe("_ZN4coreX");
  expect(demangle("_ZN9shortE")).toBe("_ZN9shortE");
  expect(demangle("entrypoint")).toBe("entrypoint");
});

test("a damaged file has names or none, and nothing is thrown", () => {
  const elf = link(assemble(TEXT, 0), new Uint8Array(8));
  fc.assert(
    fc.property(fc.nat(elf.length - 1), fc.nat(255), fc.nat(elf.length), (at, value, length) => {
      const damaged = elf.slice(0, length);
      if (at < damaged.length) damaged[at] = value;
      expect(functionNames(damaged).size).toBeLessThan(10);
    }),
  );
});
