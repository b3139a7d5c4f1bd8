import { ByteWriter } from "@dragoman/bytes";
import { Bug } from "@dragoman/fault";
import { expect, test } from "vitest";

test("a patch changes bytes that were written before", () => {
  const writer = new ByteWriter();
  writer.u32(0);
  writer.u8(7);
  writer.patchU32(0, 0x01020304);
  expect(writer.finish()).toEqual(Uint8Array.from([4, 3, 2, 1, 7]));
});

test("a value that does not fit its field is a bug of the caller", () => {
  const writer = new ByteWriter();
  expect(() => writer.u8(256)).toThrow(Bug);
  expect(() => writer.u16(-1)).toThrow(Bug);
  expect(() => writer.u64(2n ** 64n)).toThrow(Bug);
  expect(() => writer.uleb128(-1)).toThrow(Bug);
  expect(() => writer.patchU32(0, 1)).toThrow(Bug);
  expect(writer.length).toBe(0);
});
