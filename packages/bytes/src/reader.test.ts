import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { expect, test } from "vitest";

const read = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes));

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof FaultError) return `${error.fault.name} at ${error.fault.at}`;
    throw error;
  }
  return "nothing";
};

test("integers are little-endian", () => {
  expect(read(1, 2).u16()).toBe(0x0201);
  expect(read(1, 2, 3, 0xff).u32()).toBe(0xff030201);
  expect(read(1, 0, 0, 0, 0, 0, 0, 0x80).u64()).toBe(0x8000000000000001n);
});

test("a field that does not fit is refused at its own offset and takes nothing", () => {
  const reader = read(1, 2, 3);
  reader.u8();
  expect(refusal(() => reader.u32())).toBe("READ_OUT_OF_RANGE at 1");
  expect(reader.at).toBe(1);
  expect(reader.u16()).toBe(0x0302);
});

test("a section cannot be left, and its faults name offsets of the whole", () => {
  const reader = read(9, 9, 1, 2, 3, 4);
  reader.u16();
  const section = reader.section(2);
  expect(refusal(() => section.u32())).toBe("READ_OUT_OF_RANGE at 2");
  expect(section.u16()).toBe(0x0201);
  expect(reader.u16()).toBe(0x0403);
  expect(refusal(() => reader.section(1))).toBe("READ_OUT_OF_RANGE at 6");
});

test("offsets are those of the view when the bytes are part of a larger buffer", () => {
  const reader = new ByteReader(Uint8Array.from([9, 9, 7, 0]).subarray(2));
  expect(reader.u16()).toBe(7);
});

test("finish refuses unread bytes", () => {
  const reader = read(1, 2);
  reader.u8();
  expect(refusal(() => reader.finish())).toBe("INPUT_LENGTH_MISMATCH at 1");
});

test("LEB128 numbers must be in their shortest form", () => {
  expect(read(0xe5, 0x8e, 0x26).uleb128(0xffff_ffff)).toBe(624485);
  expect(read(0).uleb128(10)).toBe(0);
  expect(refusal(() => read(0x80, 0x00).uleb128(10))).toBe("MALFORMED_ULEB128 at 0");
  expect(refusal(() => read(...Array(11).fill(0x80)).uleb128(10))).toBe("MALFORMED_ULEB128 at 0");
});

test("LEB128 numbers must not exceed their type", () => {
  const u64Max = 2n ** 64n - 1n;
  const largest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
  expect(read(...largest, 0x01).uleb128Wide(u64Max)).toBe(u64Max);
  expect(refusal(() => read(...largest, 0x03).uleb128Wide(u64Max))).toBe(
    "ULEB128_OUT_OF_RANGE at 0",
  );
  expect(refusal(() => read(0x80, 0x02).uleb128(255))).toBe("ULEB128_OUT_OF_RANGE at 0");
});

test("a LEB128 number that ends early is refused where its next byte is missing", () => {
  expect(refusal(() => read(0x80).uleb128(255))).toBe("READ_OUT_OF_RANGE at 1");
});

test("text must be UTF-8", () => {
  expect(read(0x68, 0xc3, 0xa9).utf8(3)).toBe("hé");
  expect(refusal(() => read(1, 0xc3).utf8(2))).toBe("MALFORMED_UTF8 at 0");
});

test("what a writer writes, a reader reads", () => {
  const field = fc.oneof(
    fc.record({ kind: fc.constant("u8" as const), value: fc.integer({ min: 0, max: 0xff }) }),
    fc.record({ kind: fc.constant("u16" as const), value: fc.integer({ min: 0, max: 0xffff }) }),
    fc.record({ kind: fc.constant("u32" as const), value: fc.nat(0xffff_ffff) }),
    fc.record({ kind: fc.constant("u64" as const), value: fc.bigInt(0n, 2n ** 64n - 1n) }),
    fc.record({ kind: fc.constant("uint" as const), value: fc.bigInt(0n, 2n ** 256n - 1n) }),
    fc.record({ kind: fc.constant("uleb128" as const), value: fc.maxSafeNat() }),
    fc.record({ kind: fc.constant("bytes" as const), value: fc.uint8Array() }),
  );
  fc.assert(
    fc.property(fc.array(field), (fields) => {
      const writer = new ByteWriter(1);
      for (const { kind, value } of fields) {
        if (kind === "uint") writer.uint(value, 32);
        else if (kind === "u64") writer.u64(value);
        else if (kind === "bytes") writer.bytes(value);
        else writer[kind](value);
      }
      const reader = new ByteReader(writer.finish());
      for (const { kind, value } of fields) {
        if (kind === "uint") expect(reader.uint(32)).toBe(value);
        else if (kind === "bytes") expect(reader.take(value.length)).toEqual(value);
        else if (kind === "uleb128") expect(reader.uleb128(Number.MAX_SAFE_INTEGER)).toBe(value);
        else expect(reader[kind]()).toBe(value);
      }
      reader.finish();
    }),
  );
});
