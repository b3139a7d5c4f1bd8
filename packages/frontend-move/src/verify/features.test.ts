import { expect, test } from "vitest";
import { assembleModule } from "../asm/index.ts";
import { MoveFault } from "../format/move-fault.ts";
import { verdictOn } from "../testing/refusal.ts";
import { PRODUCTION_LIMITS, type VerifierConfig } from "./verifier-config.ts";
import { verifyModule } from "./verify.ts";

function verdictWith(text: string, config: Partial<VerifierConfig>): string {
  try {
    verifyModule(assembleModule(text), { ...PRODUCTION_LIMITS, ...config });
    return "accepted";
  } catch (error) {
    if (error instanceof MoveFault) return error.status;
    throw error;
  }
}

test.each([
  ["an enum", "enum E { A { } }", { enumTypes: false }],
  ["a function type", "f(x: |u64|() has drop) bytecode { Ret }", { functionValues: false }],
  ["an attribute", "f() with persistent bytecode { Ret }", { functionValues: false }],
  ["a field of a function type", "struct S { f: |u64|() }", { functionValues: false }],
] as const)("%s is refused where its feature is off", (_, body, config) => {
  const text = `version 8; module 0x1.m { ${body} }`;
  expect(verdictWith(text, {})).toBe("accepted");
  expect(verdictWith(text, config)).toBe("FEATURE_NOT_ENABLED");
});

test.each([
  ["Exists S; Pop; Ret", "Exists"],
  ["MoveFrom S; Pop; Ret", "MoveFrom"],
  ["ImmBorrowGlobal S; Pop; Ret", "ImmBorrowGlobal"],
])("global storage is not in the Sui flavour: %s", (body) => {
  const head = "module 0x1.m { struct S has key, drop { x: u64 } f(a: address)";
  const text = (word: string, acquires: string) =>
    `version ${word}; ${head} ${acquires} bytecode { MoveLoc a; ${body} } }`;
  expect(verdictOn(text("0x5000007", ""))).toBe("FEATURE_NOT_ENABLED 0:1");
  const acquires = body.startsWith("Exists") ? "" : "acquires S";
  expect(verdictOn(text("7", acquires))).toBe("accepted");
});

test.each([
  ["i8", "Add", "accepted"],
  ["i256", "Lt", "accepted"],
  ["i64", "BitAnd", "INTEGER_OP_TYPE_MISMATCH_ERROR 0:2"],
  ["i32", "Xor", "INTEGER_OP_TYPE_MISMATCH_ERROR 0:2"],
])("signed integers have arithmetic and no bits: %s %s", (type, op, verdict) => {
  const result = op === "Lt" ? "bool" : type;
  const text = `version 9; module 0x1.m { f(x: ${type}, y: ${type}): ${result} bytecode {
    MoveLoc x; MoveLoc y; ${op}; Ret } }`;
  expect(verdictOn(text)).toBe(verdict);
});

test.each([
  ["(x: i8): i8", "MoveLoc x; LdU8 1; Shl; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 0:2"],
  ["(x: u8): u8", "MoveLoc x; Negate; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 0:1"],
  ["(x: i8, y: u8): i8", "MoveLoc x; MoveLoc y; Add; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 0:2"],
  ["(x: bool): i8", "MoveLoc x; CastI8; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 0:1"],
  ["(x: u64)", "MoveLoc x; LdU64 1; AbortMsg", "ABORT_TYPE_MISMATCH_ERROR 0:2"],
  ["(x: u8, m: vector<u8>)", "MoveLoc x; MoveLoc m; AbortMsg", "ABORT_TYPE_MISMATCH_ERROR 0:2"],
])("%s { %s } is refused", (head, body, verdict) => {
  const text = `version 10; module 0x1.m { f${head} bytecode { ${body} } }`;
  expect(verdictOn(text)).toBe(verdict);
});

const SWITCH = "version 0x5000007; module 0x1.m { enum E has copy, drop { A { x: u64 }, B { } }";

test.each([
  ["(e: &Self.E)", "MoveLoc e; VariantSwitch E { A: a, B: b } a: Ret; b: Ret", "accepted"],
  ["(e: &Self.E)", "MoveLoc e; VariantSwitch E { A: a } a: Ret", "INVALID_ENUM_SWITCH 0"],
  [
    "(e: &mut Self.E)",
    "MoveLoc e; VariantSwitch E { A: a, B: a } a: Ret",
    "ENUM_SWITCH_BAD_OPERAND 0:1",
  ],
  ["(e: &u64)", "MoveLoc e; VariantSwitch E { A: a, B: a } a: Ret", "ENUM_TYPE_MISMATCH 0:1"],
  [
    "(e: Self.E): &u64",
    "ImmBorrowLoc e; UnpackVariantImmRef E::A; Ret",
    "UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED 0:2",
  ],
  [
    "(e: &Self.E)",
    "let r: &mut u64; MoveLoc e; UnpackVariantMutRef E::A; StLoc r; Ret",
    "UNPACK_TYPE_MISMATCH_ERROR 0:1",
  ],
])("a switch %s { %s } is %s", (head, body, verdict) => {
  expect(verdictOn(`${SWITCH} f${head} bytecode { ${body} } }`)).toBe(verdict);
});
