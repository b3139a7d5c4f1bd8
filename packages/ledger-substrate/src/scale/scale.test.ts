import { encodeHex } from "@dragoman/bytes";
import fc from "fast-check";
import * as scale from "scale-ts";
import { expect, test } from "vitest";
import { ERA } from "../runtime/primitives.ts";
import { enumeration, option, row, struct } from "./compounds.ts";
import { BOOL, compact, U16, U32, U64, U128 } from "./numbers.ts";
import { BYTES, byteArray, sequence, TEXT, tuple } from "./sequences.ts";
import { decode, encode } from "./shape.ts";

const theirs = scale.Struct({
  small: scale.u16,
  count: scale.compact,
  wide: scale.u128,
  text: scale.str,
  data: scale.Bytes(),
  hash: scale.Bytes(3),
  list: scale.Vector(scale.Tuple(scale.u32, scale.bool)),
  maybe: scale.Option(scale.u64),
  choice: scale.Enum({ none: scale._void, one: scale.u32 }, [0, 7]),
});
const ours = struct("", {
  small: U16,
  count: compact(U128),
  wide: U128,
  text: TEXT,
  data: BYTES,
  hash: byteArray(3),
  list: sequence(tuple(U32, BOOL)),
  maybe: option(U64),
  choice: enumeration("", { none: row(0, []), one: row(7, [U32]) }),
});

test("values are written and read as scale-ts does", () => {
  const bytes = (length?: number) =>
    fc.uint8Array(length === undefined ? {} : { minLength: length, maxLength: length });
  const value = fc.record({
    small: fc.nat(0xffff),
    count: fc.oneof(fc.bigInt(0n, 2n ** 30n + 5n), fc.bigInt(0n, 2n ** 128n - 1n)),
    wide: fc.bigInt(0n, 2n ** 128n - 1n),
    text: fc.string({ unit: "grapheme" }),
    data: bytes(),
    hash: bytes(3),
    list: fc.array(fc.tuple(fc.nat(), fc.boolean())),
    maybe: fc.option(fc.bigInt(0n, 2n ** 64n - 1n), { nil: undefined }),
    number: fc.option(fc.nat(), { nil: undefined }),
  });
  fc.assert(
    fc.property(value, ({ number, ...rest }) => {
      const choice =
        number === undefined
          ? ({ type: "none", value: [] } as const)
          : ({ type: "one", value: [number] } as const);
      const written = encode(ours, { ...rest, choice });
      const tagged = number === undefined ? { tag: "none" } : { tag: "one", value: number };
      const expected = theirs.enc({ ...rest, choice: tagged } as never);
      expect(encodeHex(written)).toBe(encodeHex(expected));
      expect(decode(ours, written)).toEqual({ ...rest, choice });
    }),
  );
});

test("bytes that are no value are refused with their offset", () => {
  const refused = (hex: string, shape: Parameters<typeof decode>[0]) => () =>
    decode(shape, Buffer.from(hex, "hex"));
  expect(refused("02", BOOL)).toThrow(/MALFORMED_SCALE at 0/);
  expect(refused("0100", compact(U32))).toThrow(/shortest/);
  expect(refused("070000000001", compact(U32))).toThrow(/larger than/);
  expect(refused("02", option(U32))).toThrow(/MALFORMED_SCALE/);
  expect(refused("fc00", sequence(U32))).toThrow(/63 elements in 1 bytes/);
  expect(refused("0c0102", BYTES)).toThrow(/READ_OUT_OF_RANGE/);
  expect(refused("0000", BOOL)).toThrow(/INPUT_LENGTH_MISMATCH/);
});

test("an era is two bytes of log2 of the period and the phase, as in the documentation's examples", () => {
  // sp_runtime::generic::era, tests mortal_codec_should_work and long_period_mortal_codec_should_work.
  expect(encode(ERA, { period: 64, phase: 42 })).toEqual(Uint8Array.of(5 + 42 * 16 - 512, 2));
  expect(encode(ERA, { period: 32768, phase: 20000 })).toEqual(
    Uint8Array.of((14 + 2500 * 16) % 256, Math.floor((14 + 2500 * 16) / 256)),
  );
  expect(encode(ERA, undefined)).toEqual(Uint8Array.of(0));
  expect(decode(ERA, Uint8Array.of(5 + 42 * 16 - 512, 2))).toEqual({ period: 64, phase: 42 });
});
