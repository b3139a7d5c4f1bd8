import { expect, test } from "vitest";
import { decodeModule } from "../format/decode.ts";
import { encodeModule } from "../format/encode.ts";
import { MoveTextFault } from "../format/move-fault.ts";
import { opName } from "../format/opcodes.ts";
import { BASIC } from "../format/signature-token.ts";
import { assembleModule, assembleScript } from "./assemble.ts";

function opsOf(body: string, parameters = ""): string[] {
  const module = assembleModule(`module 0x1.m { f(${parameters}) ${body} }`);
  return Array.from(module.functionDefinitions[0].code?.ops ?? [], opName);
}

function refusal(text: string): MoveTextFault {
  try {
    assembleModule(text);
  } catch (error) {
    if (error instanceof MoveTextFault) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

test("instructions stand in the code as they stand in the text", () => {
  const module = assembleModule(`
    module 0x1.fib {
      public fib(n: u64): u64 bytecode {
        CopyLoc n; LdU64 2; Lt; BrFalse more
        MoveLoc n; Ret
      more:
        CopyLoc n; LdU64 1; Sub; Call Self.fib
        MoveLoc n; LdU64 2; Sub; Call Self.fib
        Add; Ret
      }
    }`);
  const { code } = module.functionDefinitions[0];
  expect(Array.from(code?.ops ?? [], opName).join(" ")).toBe(
    "CopyLoc LdU64 Lt BrFalse MoveLoc Ret CopyLoc LdU64 Sub Call MoveLoc LdU64 Sub Call Add Ret",
  );
  expect(code?.a[3]).toBe(6);
  expect(code?.wide).toEqual([2n, 1n, 2n]);
  expect(module.signatures[module.functionHandles[0].returns]).toEqual([BASIC.u64]);
});

test("a generic struct's instructions become the generic ones", () => {
  const module = assembleModule(`
    module 0x1.m {
      struct Box<T> has copy, drop { value: T }
      public open<T>(box: Self.Box<T>): T bytecode { MoveLoc box; Unpack Box<T>; Ret }
      public wrap<T>(value: T): Self.Box<T> bytecode { MoveLoc value; PackGeneric Box<T>; Ret }
      public peek<T>(box: &Self.Box<T>): &T bytecode {
        MoveLoc box; ImmBorrowField Box<T>::value; Ret
      }
      public both(box: Self.Box<u8>): u8 bytecode { MoveLoc box; Call Self.open<u8>; Ret }
    }`);
  const ops = module.functionDefinitions.map(({ code }) => opName(code?.ops[1] ?? 0));
  expect(ops).toEqual(["UnpackGeneric", "PackGeneric", "ImmBorrowFieldGeneric", "CallGeneric"]);
});

test("an enum has variants, and a field handle may name several of them", () => {
  const module = assembleModule(`
    module 0x1.m {
      enum Shape has copy, drop { Circle { r: u64 }, Square { side: u64 }, Point }
      public size(s: &Self.Shape): u64 bytecode {
        CopyLoc s; TestVariant Shape::Point; BrTrue point
        MoveLoc s; ImmBorrowVariantField Shape::Circle|Square::r; ReadRef; Ret
      point:
        MoveLoc s; Pop; LdU64 0; Ret
      }
      public point(): Self.Shape bytecode { PackVariant Shape::Point; Ret }
    }`);
  expect(module.variantFieldHandles).toEqual([{ owner: 0, variants: [0, 1], field: 0 }]);
  expect(module.structVariantHandles).toEqual([{ owner: 0, variant: 2 }]);
});

test("constants are written as bytes, text, number, bool or address", () => {
  const { constants } = assembleModule(`
    module 0x1.m {
      f() bytecode {
        LdConst vector<u8> b"abc"; LdConst vector<u64> x"00"; LdConst u128 258
        LdConst bool true; LdConst address 0x2a
      }
    }`);
  expect(constants.map(({ data }) => [...data].slice(-4))).toEqual([
    [3, 97, 98, 99],
    [0],
    [0, 0, 0, 0],
    [1],
    [0, 0, 0, 42],
  ]);
});

test("assert is Not, BrFalse over the abort, as the public IR compiler writes it", () => {
  expect(opsOf("{ label b0: assert(copy(x) == 5, 42); return; }", "x: u64")).toEqual([
    "CopyLoc",
    "LdU64",
    "Eq",
    "Not",
    "BrFalse",
    "LdU64",
    "Abort",
    "Ret",
  ]);
});

test("an assignment stores into its targets from the last to the first", () => {
  const module = assembleModule(`
    module 0x1.m {
      f() { let x: u64; let y: bool; label b0: x, y = (1, true); _ = 2u8; return; }
    }`);
  const code = module.functionDefinitions[0].code;
  expect(Array.from(code?.ops ?? [], opName)).toEqual([
    "LdU64",
    "LdTrue",
    "StLoc",
    "StLoc",
    "LdU8",
    "Pop",
    "Ret",
  ]);
  expect([code?.a[2], code?.a[3]]).toEqual([1, 0]);
});

test("a shift and two closing brackets are told apart", () => {
  const body = "{ label b0: _ = 1 >> 2u8; _ = vec_pack_0<vector<vector<u8>>>(); return; }";
  expect(opsOf(body)).toEqual(["LdU64", "LdU8", "Shr", "Pop", "VecPack", "Pop", "Ret"]);
});

test("operators of one strength bind to the left, stronger ones first", () => {
  expect(opsOf("{ label b0: _ = 1 - 2 - 3 * 4 + 5; return; }").join(" ")).toBe(
    "LdU64 LdU64 Sub LdU64 LdU64 Mul Sub LdU64 Add Pop Ret",
  );
});

test("an import takes signatures and structs from a given module", () => {
  const coin = assembleModule(`
    module 0x2.coin {
      struct Coin<phantom T> has store { value: u64 }
      public value<T>(coin: &Self.Coin<T>): u64 bytecode {
        MoveLoc coin; ImmBorrowField Coin<T>::value; ReadRef; Ret
      }
    }`);
  const bank = assembleModule(
    `module 0x3.bank {
      import 0x2.coin as money;
      public worth(c: &money.Coin<bool>): u64 bytecode { MoveLoc c; Call money.value<bool>; Ret }
    }`,
    [coin],
  );
  expect(bank.structHandles).toEqual([
    { module: 1, name: 2, abilities: 4, typeParameters: [{ constraints: 0, phantom: true }] },
  ]);
  expect(bank.functionHandles).toHaveLength(2);
});

test("an import may declare what it uses", () => {
  const module = assembleModule(`
    module 0x3.m {
      import 0x2.coin { struct Coin<phantom T> has store; value<T>(c: &coin.Coin<T>): u64; }
      public worth(c: &coin.Coin<bool>): u64 bytecode { MoveLoc c; Call coin.value<bool>; Ret }
    }`);
  expect(module.structHandles[0].abilities).toBe(4);
  expect(decodeModule(encodeModule(module))).toEqual(module);
});

test("specifications are read over", () => {
  const module = assembleModule(`module 0x1.m {
    synthetic all: u64;
    struct S { x: u64, invariant {pack} x > 0 && all == old(all), invariant x < 9 }
    f(x: u64): u64
    requires x < 9
    ensures RET == x ==> global<Self.S>(0x1).x > 2
    { label b0: return move(x); }
  }`);
  expect(module.structDefinitions[0].layout).toMatchObject({ fields: [{ type: BASIC.u64 }] });
  expect(module.functionDefinitions[0].code?.ops.length).toBe(2);
});

test("a script is imports and main", () => {
  const script = assembleScript("main<T: drop>(x: T) { label b0: return; }");
  expect(script.typeParameters).toEqual([2]);
  expect(script.signatures[script.parameters]).toEqual([{ tag: "typeParameter", index: 0 }]);
});

test.each([
  ["module 0x1.m { f() { label b0: x = 1; return; } }", 32, "the local x is unknown"],
  ["module 0x1.m { f() { label b0: jump b1; } }", 32, "the label b1 is nowhere"],
  ["module 0x1.m { f() bytecode { Jump } }", 31, '"Jump" is no instruction'],
  ["module 0x1.m { f() bytecode { LdU8 256 } }", 36, "256 has more than 8 bits"],
  ["module 0x1.m { f(x: m.S) { } }", 21, "the module m is not imported"],
  ["module 0x1.m { f(x: T) { } }", 21, "the type T is unknown"],
  ["module 0x1.m { struct S has copy, copy { } }", 35, "the ability copy is there twice"],
  ["module 0x1.m { f(jump: u8) { label b0: return; } }", 18, "jump is a word of the language"],
  ["module 0x1.m { # }", 16, '"#" starts no word'],
  ["module 0x1.m {", 15, "a function expected, not the end of the text"],
  [
    `module 0x1.m { f(x: ${"vector<".repeat(300)}u8) { } }`,
    1421,
    "the text is nested deeper than 200",
  ],
])("%s is refused", (text, column, sentence) => {
  const fault = refusal(text);
  expect([fault.column, fault.sentence]).toEqual([column, sentence]);
});
