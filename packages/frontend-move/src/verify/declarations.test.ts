import { expect, test } from "vitest";
import { assembleModule } from "../asm/assemble.ts";
import { verdictOn, verdictOnBody, verdictOnModule } from "../testing/refusal.ts";
import { PRODUCTION_LIMITS } from "./verifier-config.ts";

const module = (text: string) => verdictOn(`module 0x1.m { ${text} }`);

test.each([
  ["struct S has copy { x: vector<signer> }", "FIELD_MISSING_TYPE_ABILITY"],
  ["struct S has key { x: Self.T } struct T has copy { x: u64 }", "FIELD_MISSING_TYPE_ABILITY"],
  ["struct S<T> has copy, drop { x: T }", "accepted"],
  ["struct S { x: &u64 }", "INVALID_SIGNATURE_TOKEN"],
  ["struct S { x: vector<&u64> }", "INVALID_SIGNATURE_TOKEN"],
  ["native f(x: & &u64);", "INVALID_SIGNATURE_TOKEN"],
  ["native f(x: vector<&mut u64>);", "INVALID_SIGNATURE_TOKEN"],
  ["struct S<T: copy> has drop { x: T } native f<T>(x: Self.S<T>);", "CONSTRAINT_NOT_SATISFIED"],
  ["struct S<T: copy> has drop { x: T } native f(x: Self.S<signer>);", "CONSTRAINT_NOT_SATISFIED"],
  ["struct S<T> { x: T } native f(x: Self.S);", "NUMBER_OF_TYPE_ARGUMENTS_MISMATCH"],
  ["struct S { x: u64 } native f(x: Self.S<u8>);", "NUMBER_OF_TYPE_ARGUMENTS_MISMATCH"],
  ["struct S<phantom T> { x: T }", "INVALID_PHANTOM_TYPE_PARAM_POSITION"],
  ["struct S<phantom T> { x: vector<T> }", "INVALID_PHANTOM_TYPE_PARAM_POSITION"],
  [
    "struct S<phantom T> { x: Self.B<T> } struct B<T> { x: T }",
    "INVALID_PHANTOM_TYPE_PARAM_POSITION",
  ],
  ["struct S<phantom T> { x: Self.B<T> } struct B<phantom T> { x: u8 }", "accepted"],
  ["struct S { x: Self.S }", "RECURSIVE_STRUCT_DEFINITION"],
  ["struct S { x: vector<Self.T> } struct T { x: Self.S }", "RECURSIVE_STRUCT_DEFINITION"],
  ["enum S { A { x: u8 }, B { x: Self.S } }", "RECURSIVE_STRUCT_DEFINITION"],
  ["struct S { }", "ZERO_SIZED_STRUCT"],
  ["struct S { x: u64, x: u8 }", "DUPLICATE_ELEMENT"],
  ["enum S { A { }, A { } }", "DUPLICATE_ELEMENT"],
  ["enum S { }", "ZERO_VARIANTS_ERROR"],
  ["friend 0x1.m;", "INVALID_FRIEND_DECL_WITH_SELF"],
  ["friend 0x2.m;", "INVALID_FRIEND_DECL_WITH_MODULES_OUTSIDE_ACCOUNT_ADDRESS"],
  ["friend 0x1.n; friend 0x1.n;", "DUPLICATE_ELEMENT"],
])("%s: %s", (text, verdict) => {
  expect(module(text)).toBe(verdict);
});

test.each([
  [`native f(${Array.from({ length: 129 }, (_, i) => `x${i}: u8`)});`, "TOO_MANY_PARAMETERS"],
  [`native f<${Array.from({ length: 33 }, (_, i) => `T${i}`)}>();`, "TOO_MANY_TYPE_PARAMETERS"],
  [
    `struct S<${Array.from({ length: 33 }, (_, i) => `T${i}`)}> { x: u8 }`,
    "TOO_MANY_TYPE_PARAMETERS",
  ],
  [
    `struct S { ${Array.from({ length: 65 }, (_, i) => `x${i}: u8`)} }`,
    "MAX_FIELD_DEFINITIONS_REACHED",
  ],
  [
    `enum S { ${Array.from({ length: 91 }, (_, i) => `V${i} { }`)} }`,
    "MAX_STRUCT_VARIANTS_REACHED",
  ],
  [`native f(x: ${"vector<".repeat(190)}u8${">".repeat(190)});`, "accepted"],
  [
    Array.from({ length: 201 }, (_, i) => `struct S${i} { x: u8 }`).join(" "),
    "MAX_STRUCT_DEFINITIONS_REACHED",
  ],
  [
    Array.from({ length: 1001 }, (_, i) => `native f${i}();`).join(" "),
    "MAX_FUNCTION_DEFINITIONS_REACHED",
  ],
])("limit %#: %s", (text, verdict) => {
  expect(module(text)).toBe(verdict);
});

test("a type of more than 256 weighted nodes is refused", () => {
  const wide = (count: number) =>
    module(`struct P<${names(32)}> { x: u8 } native f(x: Self.P<${types(count)}>);`);
  const names = (count: number) => Array.from({ length: count }, (_, i) => `T${i}`).join();
  const types = (depth: number) =>
    Array.from({ length: 32 }, () => `${"vector<".repeat(depth)}u8${">".repeat(depth)}`).join();
  expect(wide(6)).toBe("accepted");
  expect(wide(7)).toBe("TOO_MANY_TYPE_NODES");
});

const GENERIC = `
  struct S<T: copy> has drop, key { x: T }
  struct N has drop { x: u64 }
  native g<T: drop>(x: T);
  native p();`;

test.each([
  ["<T>(x: T)", "MoveLoc x; Call Self.g<T>; Ret", "CONSTRAINT_NOT_SATISFIED 2"],
  ["()", "LdU8 1; CallGeneric Self.g<>; Ret", "NUMBER_OF_TYPE_ARGUMENTS_MISMATCH"],
  ["<T>(x: T)", "MoveLoc x; Pack S<T>; Pop; Ret", "CONSTRAINT_NOT_SATISFIED 2"],
  ["<T: copy>(a: address)", "MoveLoc a; Exists S<T>; Pop; Ret", "CONSTRAINT_NOT_SATISFIED 2"],
  ["<T: copy + store>(a: address)", "MoveLoc a; Exists S<T>; Pop; Ret", "accepted"],
  ["()", "VecPack<> 0; Pop; Ret", "NUMBER_OF_TYPE_ARGUMENTS_MISMATCH 2"],
  ["()", "VecPack<&u8> 0; Pop; Ret", "INVALID_SIGNATURE_TOKEN 2"],
  ["()", "VecPack<u8> 70000; Pop; Ret", "CONSTRAINT_NOT_SATISFIED 2:0"],
  ["()", "CallGeneric Self.p<>; Ret", "GENERIC_MEMBER_OPCODE_MISMATCH 2:0"],
  ["()", "LdU8 1; Call Self.g; Ret", "GENERIC_MEMBER_OPCODE_MISMATCH 2:1"],
  ["()", "LdU64 1; PackGeneric N<>; Pop; Ret", "GENERIC_MEMBER_OPCODE_MISMATCH 2:1"],
  [
    "(x: &Self.S<u8>)",
    "MoveLoc x; ImmBorrowField S::x; Pop; Ret",
    "GENERIC_MEMBER_OPCODE_MISMATCH 2:1",
  ],
])("f%s %s: %s", (head, body, verdict) => {
  expect(verdictOnBody(head, body, GENERIC)).toBe(verdict);
});

test.each([
  ['LdConst bool x"02"', "MALFORMED_CONSTANT_DATA"],
  ['LdConst u64 x"00"', "MALFORMED_CONSTANT_DATA"],
  ['LdConst u8 x"0000"', "MALFORMED_CONSTANT_DATA"],
  ['LdConst vector<u8> x"0100ff"', "MALFORMED_CONSTANT_DATA"],
  ['LdConst vector<u8> x"8000"', "MALFORMED_CONSTANT_DATA"],
  ['LdConst vector<u8> x"ffffffff0f"', "MALFORMED_CONSTANT_DATA"],
  ['LdConst signer x"00"', "INVALID_CONSTANT_TYPE"],
  ['LdConst vector<vector<bool>> x"020201000101"', "accepted"],
])("%s: %s", (load, verdict) => {
  expect(verdictOnBody("()", `${load}; Pop; Ret`)).toBe(verdict);
});

test.each([
  ["f<T>() bytecode { Call Self.f<T>; Ret }", "accepted"],
  ["f<T>() bytecode { Call Self.f<vector<T>>; Ret }", "LOOP_IN_INSTANTIATION_GRAPH"],
  ["f<T>() bytecode { Call Self.f<vector<u8>>; Ret }", "accepted"],
  [
    "f<T, U>() bytecode { Call Self.g<U, vector<T>>; Ret } g<T, U>() bytecode { Call Self.f<T, U>; Ret }",
    "LOOP_IN_INSTANTIATION_GRAPH",
  ],
  [
    "f<T>() bytecode { Call Self.g<vector<T>>; Ret } g<T>() bytecode { Call Self.g<T>; Ret }",
    "accepted",
  ],
])("%s: %s", (text, verdict) => {
  expect(module(text)).toBe(verdict);
});

const R = "struct R has key, drop { x: u64 } struct N has drop { x: u64 }";

test.each([
  ["f(a: address) bytecode { MoveLoc a; MoveFrom R; Pop; Ret }", "MISSING_ACQUIRES_ANNOTATION 0:1"],
  ["f() acquires R bytecode { Ret }", "EXTRANEOUS_ACQUIRES_ANNOTATION 0"],
  ["f() acquires R, R bytecode { Ret }", "DUPLICATE_ACQUIRES_ANNOTATION 0"],
  ["native g() acquires R; f() bytecode { Call Self.g; Ret }", "MISSING_ACQUIRES_ANNOTATION 1:0"],
  [
    "native g() acquires N; f() acquires N bytecode { Call Self.g; Ret }",
    "INVALID_ACQUIRES_ANNOTATION 1",
  ],
  ["native g() acquires R; f() acquires R bytecode { Call Self.g; Ret }", "accepted"],
])("%s: %s", (text, verdict) => {
  expect(module(`${R} ${text}`)).toBe(verdict);
});

test("a script has no struct definitions to refer to, and is verified like a function", () => {
  expect(verdictOn("main(x: u64) bytecode { MoveLoc x; Ret }")).toBe(
    "POSITIVE_STACK_SIZE_AT_BLOCK_END 0:0",
  );
});

test("what the chain has not switched on is refused", () => {
  const enums = assembleModule("module 0x1.m { struct S { x: u8 } enum E { A { x: u8 } } }");
  const plain = assembleModule("module 0x1.m { struct S { x: u8 } native f(); }");
  const accesses = plain.functionHandles.map((handle) => ({ ...handle, accesses: [] }));
  const specified = { ...plain, functionHandles: accesses };
  expect(verdictOnModule(enums, { ...PRODUCTION_LIMITS, enumTypes: false })).toBe(
    "FEATURE_NOT_ENABLED",
  );
  expect(verdictOnModule(enums)).toBe("accepted");
  const off = { ...PRODUCTION_LIMITS, accessSpecifiers: false };
  expect(verdictOnModule(specified, off)).toBe("FEATURE_NOT_ENABLED");
  expect(verdictOnModule(specified)).toBe("accepted");
  expect(verdictOnModule(plain, { ...off, enumTypes: false })).toBe("accepted");
});
