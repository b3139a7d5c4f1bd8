import { expect, test } from "vitest";
import { assembleModule } from "../asm/assemble.ts";
import type { Code, CompiledModule, FunctionDefinition } from "../format/module.ts";
import { verdictOn, verdictOnModule } from "../testing/refusal.ts";
import { PRODUCTION_LIMITS } from "./verifier-config.ts";

/** The verdict on a function `f` of version 8, beside functions that closures can be of. */
const onClosures = (head: string, body: string) =>
  verdictOn(`version 8; module 0x1.m {
    struct Hot { x: u64 }
    add(a: u64, b: u64): u64 bytecode { MoveLoc a; MoveLoc b; Add; Ret }
    f${head} bytecode { ${body} }
  }`);

const FN = "|u64|(u64) has copy + drop";

test.each([
  ["()", `LdU64 1; PackClosure Self.add 1; Pop; Ret`, "accepted"],
  ["()", "LdU64 1; PackClosure Self.add 4; Pop; Ret", "INVALID_CLOSURE_MASK 1:1"],
  ["()", "LdU8 1; PackClosure Self.add 1; Pop; Ret", "PACK_TYPE_MISMATCH_ERROR 1:1"],
  [
    `(g: ${FN})`,
    `LdU8 1; MoveLoc g; CallClosure <${FN}>; Pop; Ret`,
    "CALL_TYPE_MISMATCH_ERROR 1:2",
  ],
  ["()", `LdU64 1; LdU64 2; CallClosure <${FN}>; Pop; Ret`, "CALL_TYPE_MISMATCH_ERROR 1:2"],
  [
    `(g: ${FN})`,
    "LdU64 1; MoveLoc g; CallClosure <u64>; Pop; Ret",
    "CLOSURE_CALL_REQUIRES_FUNCTION 1",
  ],
])("f%s %s: %s", (head, body, verdict) => {
  expect(onClosures(head, body)).toBe(verdict);
});

const ENUMS = `version 0x5000007; module 0x1.m {
  enum E has copy, drop { A { x: u64 }, B { y: bool } }
  enum O has copy, drop { A { x: u64 }, B { y: bool } }`;

test.each([
  ["(e: &Self.E)", "MoveLoc e; VariantSwitch E { A: a, B: b }; a: Ret; b: Ret", "accepted"],
  [
    "(e: &mut Self.E)",
    "MoveLoc e; VariantSwitch E { A: a, B: b }; a: Ret; b: Ret",
    "ENUM_SWITCH_BAD_OPERAND 0:1",
  ],
  [
    "(e: Self.E)",
    "MoveLoc e; VariantSwitch E { A: a, B: b }; a: Ret; b: Ret",
    "ENUM_SWITCH_BAD_OPERAND 0:1",
  ],
  [
    "(e: &Self.O)",
    "MoveLoc e; VariantSwitch E { A: a, B: b }; a: Ret; b: Ret",
    "ENUM_TYPE_MISMATCH 0:1",
  ],
])("a switch in f%s %s: %s", (head, body, verdict) => {
  expect(verdictOn(`${ENUMS} f${head} bytecode { ${body} } }`)).toBe(verdict);
});

/** The module with the first function's jump table changed. */
function withTable(module: CompiledModule, change: object): CompiledModule {
  const [first, ...rest] = module.functionDefinitions as [FunctionDefinition];
  const code = first.code as Code;
  const jumpTables = code.jumpTables?.map((table) => ({ ...table, ...change }));
  const changed = { ...first, code: { ...code, ...(jumpTables && { jumpTables }) } };
  return { ...module, functionDefinitions: [changed, ...rest] };
}

test("a jump table has a target for each variant, and all of them are instructions", () => {
  const module = assembleModule(
    `${ENUMS} f(e: &Self.E) bytecode { MoveLoc e; VariantSwitch E { A: a, B: b }; a: Ret; b: Ret } }`,
  );
  expect(verdictOnModule(module)).toBe("accepted");
  expect(verdictOnModule(withTable(module, { targets: [2] }))).toBe("INVALID_ENUM_SWITCH 0");
  expect(verdictOnModule(withTable(module, { targets: [2, 99] }))).toBe("INDEX_OUT_OF_BOUNDS");
  expect(verdictOnModule(withTable(module, { owner: 99 }))).toBe("INDEX_OUT_OF_BOUNDS");
});

test("what the chain has not switched on of function values is refused", () => {
  const module = assembleModule(`version 8; module 0x1.m {
    f(g: |u64|(u64) has drop) bytecode { Ret }
  }`);
  expect(verdictOnModule(module)).toBe("accepted");
  expect(verdictOnModule(module, { ...PRODUCTION_LIMITS, functionValues: false })).toBe(
    "FEATURE_NOT_ENABLED",
  );
});
