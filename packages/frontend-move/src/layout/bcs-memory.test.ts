import { LinearMemory } from "@dragoman/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MoveFault, type StructLayout } from "../format/index.ts";
import { Linkage } from "../load/linkage.ts";
import { checkBcs, decodeValue } from "./bcs-decode.ts";
import { bcsOf } from "./bcs-encode.ts";
import { bcsFromJson, type JsonValue, jsonFromBcs } from "./json-value.ts";
import type { MoveType } from "./move-type.ts";
import type { StructSource } from "./type-pool.ts";
import { formatType, parseTypeTag, structTagBytes } from "./type-tag.ts";

const { pool } = new Linkage([], "");
const memory = new LinearMemory(1 << 21);
const address = Uint8Array.from({ length: 32 }, (_, i) => (i === 31 ? 7 : 0));
let sources = 0;

/** A struct or enum whose fields have the given types, as a module would declare it. */
function declare(name: string, ...variants: (readonly MoveType[])[]): MoveType {
  const fields = (types: readonly MoveType[]) =>
    types.map((_, index) => ({ name: index, type: { tag: "typeParameter" as const, index } }));
  const types = variants.flat();
  const offsetFields = (types: readonly MoveType[], from: number) =>
    fields(types).map((field) => ({
      ...field,
      type: { tag: "typeParameter" as const, index: field.type.index + from },
    }));
  let from = 0;
  const layout: StructLayout =
    variants.length === 1
      ? { tag: "fields", fields: fields(types) }
      : {
          tag: "variants",
          variants: variants.map((own, index) => {
            const variant = { name: 10 + index, fields: offsetFields(own, from) };
            from += own.length;
            return variant;
          }),
        };
  const identifiers = Array.from({ length: 20 }, (_, i) => (i < 10 ? `f${i}` : `V${i - 10}`));
  const source: StructSource = {
    id: sources++,
    address,
    module: "m",
    name,
    layout,
    handle: { abilities: 7, typeParameters: types.map(() => ({ constraints: 0, phantom: false })) },
    scope: {
      identifiers,
      structSource: () => {
        throw new Error("no struct handles here");
      },
    },
  };
  return pool.struct(source, types);
}

const u = (bits: 8 | 16 | 32 | 64 | 128 | 256) => pool.primitive(`u${bits}`);
const bool = pool.primitive("bool");
const inner = declare("Inner", [u(8), u(64), bool, u(128)]);
const TYPES: MoveType[] = [
  u(8),
  u(256),
  bool,
  pool.primitive("address"),
  pool.vector(u(8)),
  pool.vector(pool.vector(u(16))),
  inner,
  declare("Outer", [pool.vector(inner), u(32), inner]),
  declare("Choice", [u(8)], [u(256), pool.vector(bool)], []),
];

/** JSON of a random value; u8 vectors as hex, as they come out. */
function arbitrary(type: MoveType): fc.Arbitrary<JsonValue> {
  if (type.bits > 0) {
    const value = fc.bigInt(0n, (1n << BigInt(type.bits)) - 1n);
    return value.map((integer) => (type.bits <= 32 ? Number(integer) : integer.toString()));
  }
  switch (type.kind) {
    case "bool":
      return fc.boolean();
    case "vector":
      return type.element?.kind === "u8"
        ? fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("hex"))
        : fc.array(arbitrary(type.element as MoveType), { maxLength: 5 });
    case "struct":
      return record(type.fields);
    case "enum":
      return fc.oneof(
        ...type.variants.map((variant) =>
          record(variant.fields).map((fields) => ({
            __variant__: variant.name,
            ...(fields as object),
          })),
        ),
      );
    default:
      return fc.nat().map((value) => `0x${value.toString(16)}`);
  }
}

function record(fields: MoveType["fields"]): fc.Arbitrary<JsonValue> {
  return fc.record(Object.fromEntries(fields.map(({ name, type }) => [name, arbitrary(type)])));
}

test.each(TYPES.map((type) => [formatType(type), type] as const))(
  "a value of %s survives JSON, BCS and memory",
  (_, type) => {
    fc.assert(
      fc.property(arbitrary(type), (value) => {
        const bytes = bcsFromJson(type, value);
        checkBcs(type, bytes);
        let top = 1 << 20;
        const allocate = (size: number): number => {
          const at = top;
          top += Math.ceil(size / 8) * 8;
          return at;
        };
        const at = allocate(type.size);
        decodeValue({ bytes, at: 0 }, type, at, { memory, allocate });
        expect(bcsOf(memory, type, at)).toEqual(bytes);
        expect(jsonFromBcs(type, bytes).value).toEqual(value);
      }),
      { numRuns: 50 },
    );
  },
);

test("a length whose bytes are the first that need more room is written all the same", () => {
  const type = pool.vector(pool.vector(u(8)));
  for (let size = 240; size < 270; size++) {
    const parts = ["aa".repeat(size), "bb".repeat(200), "cc".repeat(300), "dd"];
    const bytes = bcsFromJson(type, parts);
    let top = 1 << 20;
    const allocate = (length: number): number => {
      const at = top;
      top += Math.ceil(length / 8) * 8;
      return at;
    };
    const at = allocate(type.size);
    decodeValue({ bytes, at: 0 }, type, at, { memory, allocate });
    expect(bcsOf(memory, type, at), `${size}`).toEqual(bytes);
  }
});

test("fields lie at their natural alignment, and a struct without padding compares by bytes", () => {
  expect(inner.fields.map(({ offset }) => offset)).toEqual([0, 8, 16, 24]);
  expect([inner.size, inner.align, inner.dense]).toEqual([40, 8, false]);
  expect(declare("Pair", [u(64), u(64)]).dense).toBe(true);
});

test("bytes that are no value of the type are refused with their offset", () => {
  const refusal = (type: MoveType, ...bytes: number[]): number | undefined => {
    try {
      checkBcs(type, Uint8Array.from(bytes));
    } catch (error) {
      if (error instanceof MoveFault) return error.place.offset;
      throw error;
    }
    throw new Error("accepted");
  };
  expect(refusal(bool, 2)).toBe(1);
  expect(refusal(u(16), 1)).toBe(0);
  expect(refusal(u(8), 1, 2)).toBe(1);
  expect(refusal(pool.vector(u(8)), 0x80, 0x00)).toBe(2);
  expect(refusal(pool.vector(u(8)), 0xff, 0xff, 0xff, 0xff, 0x0f)).toBe(5);
  expect(refusal(TYPES[8], 3)).toBe(1);
});

test("a type's text is parsed to what it was printed from", () => {
  const text = "vector<0x2::coin::Coin<0x1::m::A, vector<u8>>>";
  expect(parseTypeTag(text)).toMatchObject({ tag: "vector", inner: { module: "coin" } });
  expect(() => parseTypeTag("vector<u8")).toThrow(MoveFault);
  expect(() => parseTypeTag("u8 u8")).toThrow(MoveFault);
  expect(() => parseTypeTag(`${"vector<".repeat(40)}u8${">".repeat(40)}`)).toThrow(MoveFault);
});

test("the key of a resource is the BCS of its StructTag", () => {
  const key = Buffer.from(structTagBytes(declare("S", [u(8)]))).toString("hex");
  expect(key).toBe(`${"00".repeat(31)}07016d01530101`);
});
