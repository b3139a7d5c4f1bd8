import { expect, test } from "vitest";
import { verdictOnBody } from "../testing/refusal.ts";

const STRUCTS = `
  struct Hot { x: u64 }
  struct Cold has copy, drop, store { x: u64 }
  struct Box<T> has copy, drop, store, key { v: T }
  struct Coin has key, store { x: u64 }
  enum E has copy, drop { A { x: u64 }, B { y: bool }, C { x: u64 } }
  native g(x: u64, y: bool): bool;
  native h<T: copy>(x: T): vector<T>;`;

test.each([
  ["(x: Self.Hot)", "MoveLoc x; Pop; Ret", "POP_WITHOUT_DROP_ABILITY 2:1"],
  ["(): u64", "LdTrue; Ret", "RET_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdU8 1; BrTrue b; b: Ret", "BR_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdU8 1; Abort", "ABORT_TYPE_MISMATCH_ERROR 2:1"],
  ["(x: Self.Hot): Self.Hot", "CopyLoc x; Ret", "COPYLOC_WITHOUT_COPY_ABILITY 2:0"],
  ["(x: u64)", "LdU8 1; StLoc x; Ret", "STLOC_TYPE_MISMATCH_ERROR 2:1"],
  ["(x: &u64)", "ImmBorrowLoc x; Pop; Ret", "BORROWLOC_REFERENCE_ERROR 2:0"],
  [
    "(x: &Self.Cold)",
    "MoveLoc x; MutBorrowField Cold::x; Pop; Ret",
    "BORROWFIELD_TYPE_MISMATCH_ERROR 2:1",
  ],
  [
    "(x: &u64)",
    "MoveLoc x; ImmBorrowField Cold::x; Pop; Ret",
    "BORROWFIELD_TYPE_MISMATCH_ERROR 2:1",
  ],
  [
    "(e: &Self.E)",
    "MoveLoc e; ImmBorrowVariantField E::A|B::x; Pop; Ret",
    "BORROWFIELD_TYPE_MISMATCH_ERROR 2:1",
  ],
  ["(x: u64)", "MoveLoc x; TestVariant E::A; Pop; Ret", "TEST_VARIANT_TYPE_MISMATCH_ERROR 2:1"],
  [
    "(x: u64): u64",
    "LdU8 1; MoveLoc x; Call Self.g; Pop; LdU64 1; Ret",
    "CALL_TYPE_MISMATCH_ERROR 2:2",
  ],
  ["(x: u64)", "MoveLoc x; CallGeneric Self.h<u8>; Pop; Ret", "CALL_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdU8 1; Pack Cold; Pop; Ret", "PACK_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdU8 1; PackVariant E::A; Pop; Ret", "PACK_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdU64 1; PackGeneric Box<bool>; Pop; Ret", "PACK_TYPE_MISMATCH_ERROR 2:1"],
  ["(x: Self.E)", "MoveLoc x; Unpack Cold; Pop; Ret", "UNPACK_TYPE_MISMATCH_ERROR 2:1"],
  ["(x: Self.Cold)", "MoveLoc x; UnpackVariant E::A; Pop; Ret", "UNPACK_TYPE_MISMATCH_ERROR 2:1"],
  ["(x: u64)", "MoveLoc x; ReadRef; Pop; Ret", "READREF_TYPE_MISMATCH_ERROR 2:1"],
  ["(x: &Self.Hot): Self.Hot", "MoveLoc x; ReadRef; Ret", "READREF_WITHOUT_COPY_ABILITY 2:1"],
  ["(x: &u64)", "LdU64 1; MoveLoc x; WriteRef; Ret", "WRITEREF_NO_MUTABLE_REFERENCE_ERROR 2:2"],
  ["(x: &mut u64)", "LdU8 1; MoveLoc x; WriteRef; Ret", "WRITEREF_TYPE_MISMATCH_ERROR 2:2"],
  [
    "(x: &mut Self.Hot, y: Self.Hot)",
    "MoveLoc y; MoveLoc x; WriteRef; Ret",
    "WRITEREF_WITHOUT_DROP_ABILITY 2:2",
  ],
  ["(x: &u64)", "MoveLoc x; FreezeRef; Pop; Ret", "FREEZEREF_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdTrue; CastU8; Pop; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdU8 1; LdU64 1; Add; Pop; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 2:2"],
  ["()", "LdTrue; LdTrue; Xor; Pop; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 2:2"],
  ["()", "LdU64 1; LdU64 1; Shl; Pop; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 2:2"],
  ["()", "LdU8 1; LdU64 1; Lt; Pop; Ret", "INTEGER_OP_TYPE_MISMATCH_ERROR 2:2"],
  ["()", "LdU8 1; LdTrue; And; Pop; Ret", "BOOLEAN_OP_TYPE_MISMATCH_ERROR 2:2"],
  ["()", "LdU8 1; Not; Pop; Ret", "BOOLEAN_OP_TYPE_MISMATCH_ERROR 2:1"],
  ["()", "LdU8 1; LdU64 1; Eq; Pop; Ret", "EQUALITY_OP_TYPE_MISMATCH_ERROR 2:2"],
  [
    "(x: Self.Hot, y: Self.Hot)",
    "MoveLoc x; MoveLoc y; Neq; Pop; Ret",
    "EQUALITY_OP_TYPE_MISMATCH_ERROR 2:2",
  ],
  [
    "(a: address)",
    "MoveLoc a; Exists Cold; Pop; Ret",
    "EXISTS_WITHOUT_KEY_ABILITY_OR_BAD_ARGUMENT 2:1",
  ],
  ["()", "LdU64 1; Exists Coin; Pop; Ret", "EXISTS_WITHOUT_KEY_ABILITY_OR_BAD_ARGUMENT 2:1"],
  ["()", "LdU64 1; ImmBorrowGlobal Coin; Pop; Ret", "BORROWGLOBAL_TYPE_MISMATCH_ERROR 2:1"],
  [
    "(a: address)",
    "MoveLoc a; MutBorrowGlobal Cold; Pop; Ret",
    "BORROWGLOBAL_WITHOUT_KEY_ABILITY 2:1",
  ],
  ["(a: address): Self.Hot", "MoveLoc a; MoveFrom Hot; Ret", "MOVEFROM_WITHOUT_KEY_ABILITY 2:1"],
  ["(): Self.Coin", "LdU64 1; MoveFrom Coin; Ret", "MOVEFROM_TYPE_MISMATCH_ERROR 2:1"],
  [
    "(s: &signer, x: Self.Cold)",
    "MoveLoc s; MoveLoc x; MoveTo Cold; Ret",
    "MOVETO_WITHOUT_KEY_ABILITY 2:2",
  ],
  [
    "(s: signer, x: Self.Coin)",
    "MoveLoc s; MoveLoc x; MoveTo Coin; Ret",
    "MOVETO_TYPE_MISMATCH_ERROR 2:2",
  ],
  ["(s: &signer)", "MoveLoc s; LdU64 1; MoveTo Coin; Ret", "MOVETO_TYPE_MISMATCH_ERROR 2:2"],
  ["()", "LdU8 1; LdU64 1; VecPack<u8> 2; Pop; Ret", "TYPE_MISMATCH 2:2"],
  ["(v: vector<u8>)", "MoveLoc v; VecUnpack<u64> 1; Pop; Ret", "TYPE_MISMATCH 2:1"],
  ["(v: vector<u8>)", "ImmBorrowLoc v; VecLen<u64>; Pop; Ret", "TYPE_MISMATCH 2:1"],
  ["(v: &vector<u8>)", "MoveLoc v; LdU8 1; VecImmBorrow<u8>; Pop; Ret", "TYPE_MISMATCH 2:2"],
  ["(v: &vector<u8>)", "MoveLoc v; LdU64 1; VecMutBorrow<u8>; Pop; Ret", "TYPE_MISMATCH 2:2"],
  ["(v: &vector<u8>)", "MoveLoc v; LdU8 1; VecPushBack<u8>; Ret", "TYPE_MISMATCH 2:2"],
  ["(v: &mut vector<u8>)", "MoveLoc v; LdU64 1; VecPushBack<u8>; Ret", "TYPE_MISMATCH 2:2"],
  ["(v: &vector<u8>)", "MoveLoc v; VecPopBack<u8>; Pop; Ret", "TYPE_MISMATCH 2:1"],
  ["(v: &mut vector<u8>)", "MoveLoc v; LdU64 1; LdU8 1; VecSwap<u8>; Ret", "TYPE_MISMATCH 2:3"],
])("f%s %s: %s", (head, body, verdict) => {
  expect(verdictOnBody(head, body, STRUCTS)).toBe(verdict);
});

test("the function and the instruction of a refusal are named", () => {
  expect(verdictOnBody("()", "Nop; LdU8 1; Not; Pop; Ret", STRUCTS)).toBe(
    "BOOLEAN_OP_TYPE_MISMATCH_ERROR 2:2",
  );
});

test("unreachable code is checked too", () => {
  expect(verdictOnBody("()", "Ret; LdU8 1; Not; Pop; Ret")).toBe(
    "BOOLEAN_OP_TYPE_MISMATCH_ERROR 0:2",
  );
});

test("fields of a generic struct have the types of its arguments", () => {
  expect(
    verdictOnBody(
      "(x: Self.Box<vector<u8>>): u64",
      "ImmBorrowLoc x; ImmBorrowFieldGeneric Box<vector<u8>>::v; VecLen<u8>; Ret",
      STRUCTS,
    ),
  ).toBe("accepted");
});

test("a field of one name and place in several variants is borrowed from all of them", () => {
  const body = "MoveLoc e; ImmBorrowVariantField E::A|C::x; ReadRef; Ret";
  expect(verdictOnBody("(e: &Self.E): u64", body, STRUCTS)).toBe("accepted");
});
