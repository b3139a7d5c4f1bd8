import fc from "fast-check";
import { expect, test } from "vitest";
import { oracleModules } from "../testing/move-fixtures.ts";
import { decodeModule, decodeScript } from "./decode.ts";
import { encodeModule, encodeScript } from "./encode.ts";
import type { CompiledModule, CompiledScript } from "./module.ts";
import { MoveFault } from "./move-fault.ts";
import { MOVE_OPS, OP } from "./opcodes.ts";
import { BASIC, type SignatureToken } from "./signature-token.ts";

const EMPTY_POOLS = {
  flavour: "aptos",
  version: 7,
  versionWord: 0x0a000007,
  moduleHandles: [],
  structHandles: [],
  functionHandles: [],
  functionInstantiations: [],
  signatures: [],
  constants: [],
  identifiers: [],
  addresses: [],
  metadata: [],
} as const;

const EMPTY_MODULE: CompiledModule = {
  ...EMPTY_POOLS,
  kind: "module",
  self: 0,
  structDefinitions: [],
  structInstantiations: [],
  functionDefinitions: [],
  fieldHandles: [],
  fieldInstantiations: [],
  friends: [],
  variantFieldHandles: [],
  variantFieldInstantiations: [],
  structVariantHandles: [],
  structVariantInstantiations: [],
};

function refusal(bytes: Uint8Array): MoveFault {
  try {
    decodeModule(bytes);
  } catch (error) {
    if (error instanceof MoveFault) return error;
    throw error;
  }
  throw new Error("the file was accepted");
}

test("every module of the oracle pack comes back byte for byte", () => {
  for (const [id, bytes] of oracleModules()) {
    expect(encodeModule(decodeModule(bytes)), id).toEqual(bytes);
  }
});

test("a script comes back as it was", () => {
  const script: CompiledScript = {
    ...EMPTY_POOLS,
    kind: "script",
    signatures: [[], [BASIC.u64, BASIC.u256]],
    typeParameters: [0, 15],
    parameters: 1,
    code: {
      locals: 0,
      ops: Uint8Array.of(OP.LdU256, OP.LdU8, OP.LdU16, OP.LdU32, OP.VecPack, OP.Ret),
      a: Uint32Array.of(0, 255, 65535, 0xffffffff, 1, 0),
      b: Uint32Array.of(0, 0, 0, 0, 7, 0),
      wide: [2n ** 256n - 1n],
    },
  };
  expect(decodeScript(encodeScript(script))).toEqual(script);
});

test("access specifiers come back as they were", () => {
  const module: CompiledModule = {
    ...EMPTY_MODULE,
    functionHandles: [
      {
        module: 0,
        name: 0,
        parameters: 0,
        returns: 0,
        typeParameters: [],
        accesses: [
          {
            kind: "writes",
            negated: true,
            resource: { tag: "instantiation", struct: 3, typeArguments: 300 },
            address: { tag: "parameter", parameter: 2, function: 9 },
          },
          {
            kind: "acquires",
            negated: false,
            resource: { tag: "atAddress", address: 1 },
            address: { tag: "literal", address: 2 },
          },
        ],
      },
    ],
  };
  expect(decodeModule(encodeModule(module))).toEqual(module);
});

const tokens = fc.letrec<{ token: SignatureToken }>((tie) => ({
  token: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(...Object.values(BASIC)),
    fc.record({ tag: fc.constant("vector" as const), inner: tie("token") }),
    fc.record({ tag: fc.constant("mutableReference" as const), inner: tie("token") }),
    fc.record({ tag: fc.constant("struct" as const), handle: fc.nat(65535) }),
    fc.record({ tag: fc.constant("typeParameter" as const), index: fc.nat(65535) }),
    fc.record({
      tag: fc.constant("function" as const),
      parameters: fc.array(tie("token"), { maxLength: 3 }),
      results: fc.array(tie("token"), { maxLength: 2 }),
      abilities: fc.nat(15),
    }),
    fc.record({
      tag: fc.constant("structInstantiation" as const),
      handle: fc.nat(65535),
      typeArguments: fc.array(tie("token"), { minLength: 1, maxLength: 4 }),
    }),
  ),
})).token;

test("any signature comes back as it was", () => {
  fc.assert(
    fc.property(fc.array(fc.array(tokens, { maxLength: 5 }), { maxLength: 5 }), (signatures) => {
      const module = { ...EMPTY_MODULE, version: 10, versionWord: 0x0a00000a, signatures };
      expect(decodeModule(encodeModule(module)).signatures).toEqual(signatures);
    }),
  );
});

test("no two instructions share a code or a name", () => {
  expect(new Set(MOVE_OPS.map(([code]) => code)).size).toBe(MOVE_OPS.length);
  expect(new Set(MOVE_OPS.map(([, name]) => name)).size).toBe(MOVE_OPS.length);
  expect(MOVE_OPS.length).toBe(0x68 + 5);
});

const HEADER = [0xa1, 0x1c, 0xeb, 0x0b, 7, 0, 0, 0x0a];

test.each([
  ["nothing", [], "BAD_MAGIC", 0],
  ["another magic", [0xa1, 0x1c, 0xeb, 0x0c, 7, 0, 0, 10], "BAD_MAGIC", 0],
  ["half a version", [0xa1, 0x1c, 0xeb, 0x0b, 7, 0], "MALFORMED", 4],
  ["version 4", [0xa1, 0x1c, 0xeb, 0x0b, 4, 0, 0, 0], "UNKNOWN_VERSION", 4],
  ["version 7 without flavour", [0xa1, 0x1c, 0xeb, 0x0b, 7, 0, 0, 0], "UNKNOWN_VERSION", 4],
  ["version 8 of Sui", [0xa1, 0x1c, 0xeb, 0x0b, 8, 0, 0, 5], "UNKNOWN_VERSION", 4],
  ["version 6 of Sui", [0xa1, 0x1c, 0xeb, 0x0b, 6, 0, 0, 5], "UNKNOWN_VERSION", 4],
  ["version 11", [0xa1, 0x1c, 0xeb, 0x0b, 11, 0, 0, 10], "UNKNOWN_VERSION", 4],
  ["no table count", HEADER, "MALFORMED", 8],
  ["an unknown table", [...HEADER, 1, 9, 0, 1, 0, 0], "UNKNOWN_TABLE_TYPE", 12],
  ["a table offset in long form", [...HEADER, 1, 1, 0x80, 0, 1, 0, 0], "MALFORMED", 10],
  ["a table size above 2^32", [...HEADER, 1, 1, 0, 255, 255, 255, 255, 127], "MALFORMED", 11],
  ["a gap before a table", [...HEADER, 1, 1, 1, 2, 0, 0, 0, 0], "BAD_HEADER_TABLE", 12],
  ["an empty table", [...HEADER, 1, 1, 0, 0, 0], "BAD_HEADER_TABLE", 12],
  ["a table twice", [...HEADER, 2, 1, 0, 2, 1, 2, 2, 0, 0, 0, 0, 0], "DUPLICATE_TABLE", 15],
  ["a table beyond the file", [...HEADER, 1, 1, 0, 99, 0, 0], "BAD_HEADER_TABLE", 12],
  ["half a row", [...HEADER, 1, 1, 0, 1, 0, 0], "MALFORMED", 13],
  ["an identifier with a space", [...HEADER, 1, 7, 0, 4, 3, 97, 32, 98, 0], "MALFORMED", 13],
  ["an unknown type", [...HEADER, 1, 5, 0, 2, 1, 0x17, 0], "UNKNOWN_SERIALIZED_TYPE", 14],
  ["an unknown ability", [...HEADER, 1, 2, 0, 4, 0, 0, 16, 0, 0], "MALFORMED", 14],
  ["an unknown visibility", [...HEADER, 1, 12, 0, 4, 0, 2, 2, 0, 0], "MALFORMED", 14],
  ["unknown flags", [...HEADER, 1, 12, 0, 4, 0, 1, 10, 0, 0], "INVALID_FLAG_BITS", 16],
  ["an unknown struct flag", [...HEADER, 1, 10, 0, 2, 0, 4, 0], "UNKNOWN_NATIVE_STRUCT_FLAG", 14],
  ["an unknown opcode", [...HEADER, 1, 12, 0, 7, 0, 1, 0, 0, 0, 1, 0x69, 0], "UNKNOWN_OPCODE", 18],
  ["a closure in version 7", [...HEADER, 1, 12, 0, 7, 0, 1, 0, 0, 0, 1, 0x58, 0], "MALFORMED", 18],
  ["a negation in version 7", [...HEADER, 1, 12, 0, 7, 0, 1, 0, 0, 0, 1, 0x67, 0], "MALFORMED", 18],
  ["a function type in version 7", [...HEADER, 1, 5, 0, 5, 1, 16, 0, 0, 0, 0], "MALFORMED", 14],
  ["an i8 in version 7", [...HEADER, 1, 5, 0, 2, 1, 0x11, 0], "MALFORMED", 14],
  ["more code than bytes", [...HEADER, 1, 12, 0, 6, 0, 1, 0, 0, 0, 99, 0], "MALFORMED", 18],
] as const)("%s is refused", (_, bytes, status, offset) => {
  const fault = refusal(Uint8Array.from(bytes));
  expect([fault.status, fault.place.offset]).toEqual([status, offset]);
});

test("a u256 in version 5 is refused, in version 6 it is not", () => {
  const file = (version: number) =>
    Uint8Array.of(0xa1, 0x1c, 0xeb, 0x0b, version, 0, 0, 0, 1, 5, 0, 2, 1, 15, 0);
  expect(refusal(file(5)).status).toBe("MALFORMED");
  expect(decodeModule(file(6)).signatures).toEqual([[BASIC.u256]]);
});

test("a type may be nested 256 deep and no deeper", () => {
  const nested = (depth: number) => {
    let inner: SignatureToken = BASIC.bool;
    for (let i = 0; i < depth; i++) inner = { tag: "vector", inner };
    return encodeModule({ ...EMPTY_MODULE, signatures: [[inner]] });
  };
  expect(decodeModule(nested(255)).signatures).toHaveLength(1);
  expect(refusal(nested(256)).sentence).toBe("a type is nested deeper than 256");
});
