import { expect, test } from "vitest";
import { verdictOn, verdictOnBody } from "../testing/refusal.ts";

const STRUCTS = `
  struct P has copy, drop { x: u64, y: u64 }
  struct R has key, drop { v: u64 }
  enum E has copy, drop { A { v: vector<u8> }, B { v: vector<u8>, w: u64 } }
  native same(x: &mut u64): &mut u64;
  native look(x: &mut u64): &u64;
  native two(x: &mut u64, y: &mut u64);
  native take() acquires R;`;

const REFUSED: [why: string, head: string, body: string, verdict: string][] = [
  [
    "a reference to a local is returned",
    "(x: u64): &u64",
    "ImmBorrowLoc x; Ret",
    "UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED 4:1",
  ],
  [
    "a reference to a resource is returned",
    "(a: address): &mut Self.R acquires R",
    "MoveLoc a; MutBorrowGlobal R; Ret",
    "UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED 4:2",
  ],
  [
    "a borrowed local is moved",
    "(x: u64)",
    "let r: &u64; ImmBorrowLoc x; StLoc r; MoveLoc x; Pop; MoveLoc r; Pop; Ret",
    "MOVELOC_EXISTS_BORROW_ERROR 4:2",
  ],
  [
    "a borrowed local is overwritten",
    "(x: u64)",
    "let r: &u64; ImmBorrowLoc x; StLoc r; LdU64 1; StLoc x; MoveLoc r; Pop; Ret",
    "STLOC_UNSAFE_TO_DESTROY_ERROR 4:3",
  ],
  [
    "a mutably borrowed local is copied",
    "(x: u64)",
    "let r: &mut u64; MutBorrowLoc x; StLoc r; CopyLoc x; Pop; MoveLoc r; Pop; Ret",
    "COPYLOC_EXISTS_BORROW_ERROR 4:2",
  ],
  [
    "a mutably borrowed local is borrowed again",
    "(x: u64)",
    "let r: &mut u64; MutBorrowLoc x; StLoc r; ImmBorrowLoc x; Pop; MoveLoc r; Pop; Ret",
    "BORROWLOC_EXISTS_BORROW_ERROR 4:2",
  ],
  [
    "a mutable reference from which another borrows is written through",
    "(r: &mut u64)",
    "let s: &mut u64; CopyLoc r; StLoc s; LdU64 1; MoveLoc r; WriteRef; MoveLoc s; Pop; Ret",
    "WRITEREF_EXISTS_BORROW_ERROR 4:4",
  ],
  [
    "a struct is written while a field of it is borrowed",
    "(r: &mut Self.P, p: Self.P)",
    "let f: &mut u64; CopyLoc r; MutBorrowField P::x; StLoc f; MoveLoc p; MoveLoc r; WriteRef; MoveLoc f; Pop; Ret",
    "WRITEREF_EXISTS_BORROW_ERROR 4:5",
  ],
  [
    "a mutable reference is read while a mutable one borrows from it",
    "(r: &mut u64)",
    "let s: &mut u64; CopyLoc r; StLoc s; CopyLoc r; ReadRef; Pop; LdU64 1; MoveLoc s; WriteRef; Ret",
    "READREF_EXISTS_MUTABLE_BORROW_ERROR 4:3",
  ],
  [
    "a struct is read while a field of it is mutably borrowed",
    "(r: &mut Self.P)",
    "let f: &mut u64; CopyLoc r; MutBorrowField P::x; StLoc f; MoveLoc r; ReadRef; Pop; MoveLoc f; Pop; Ret",
    "READREF_EXISTS_MUTABLE_BORROW_ERROR 4:4",
  ],
  [
    "a reference is frozen while another may write below it",
    "(r: &mut Self.P)",
    "let f: &mut u64; CopyLoc r; MutBorrowField P::x; StLoc f; MoveLoc r; FreezeRef; Pop; MoveLoc f; Pop; Ret",
    "FREEZEREF_EXISTS_MUTABLE_BORROW_ERROR 4:4",
  ],
  [
    "a field is borrowed while the whole is borrowed",
    "(r: &mut Self.P)",
    "let s: &mut Self.P; CopyLoc r; StLoc s; MoveLoc r; MutBorrowField P::x; Pop; MoveLoc s; Pop; Ret",
    "BORROWFIELD_EXISTS_MUTABLE_BORROW_ERROR 4:3",
  ],
  [
    "a mutable argument is borrowed from by another argument",
    "(r: &mut u64)",
    "CopyLoc r; MoveLoc r; Call Self.two; Ret",
    "CALL_BORROWED_MUTABLE_REFERENCE_ERROR 4:2",
  ],
  [
    "an argument is written while what the call returned lives",
    "(r: &mut u64): u64",
    "let s: &u64; CopyLoc r; Call Self.look; StLoc s; LdU64 1; MoveLoc r; WriteRef; MoveLoc s; ReadRef; Ret",
    "WRITEREF_EXISTS_BORROW_ERROR 4:5",
  ],
  [
    "two mutable references to one thing are returned",
    "(r: &mut u64): &mut u64 * &mut u64",
    "CopyLoc r; MoveLoc r; Ret",
    "RET_BORROWED_MUTABLE_REFERENCE_ERROR 4:2",
  ],
  [
    "a resource is borrowed twice, once mutably",
    "(a: address) acquires R",
    "let r: &Self.R; CopyLoc a; ImmBorrowGlobal R; StLoc r; MoveLoc a; MutBorrowGlobal R; Pop; MoveLoc r; Pop; Ret",
    "GLOBAL_REFERENCE_ERROR 4:4",
  ],
  [
    "a borrowed resource is moved away",
    "(a: address) acquires R",
    "let r: &Self.R; CopyLoc a; ImmBorrowGlobal R; StLoc r; MoveLoc a; MoveFrom R; Pop; MoveLoc r; Pop; Ret",
    "GLOBAL_REFERENCE_ERROR 4:4",
  ],
  [
    "a function that acquires a borrowed resource is called",
    "(a: address) acquires R",
    "let r: &Self.R; CopyLoc a; ImmBorrowGlobal R; StLoc r; Call Self.take; MoveLoc r; Pop; Ret",
    "GLOBAL_REFERENCE_ERROR 4:3",
  ],
  [
    "a vector grows while an element of it is borrowed",
    "(v: vector<u8>)",
    "let e: &u8; ImmBorrowLoc v; LdU64 0; VecImmBorrow<u8>; StLoc e; MutBorrowLoc v; LdU8 1; VecPushBack<u8>; MoveLoc e; Pop; Ret",
    "VEC_UPDATE_EXISTS_MUTABLE_BORROW_ERROR 4:6",
  ],
  [
    "two elements of a vector are borrowed mutably",
    "(v: &mut vector<u8>)",
    "let e: &mut u8; CopyLoc v; LdU64 0; VecMutBorrow<u8>; StLoc e; MoveLoc v; LdU64 0; VecMutBorrow<u8>; Pop; MoveLoc e; Pop; Ret",
    "VEC_BORROW_ELEMENT_EXISTS_MUTABLE_BORROW_ERROR 4:6",
  ],
  [
    "a vector in an enum grows under another handle of the same field",
    "(e: &mut Self.E)",
    "let v: &mut vector<u8>; let b: &mut u8; CopyLoc e; MutBorrowVariantField E::A::v; StLoc v; CopyLoc v; LdU64 0; VecMutBorrow<u8>; StLoc b; MoveLoc e; MutBorrowVariantField E::A|B::v; LdU8 1; VecPushBack<u8>; MoveLoc b; Pop; MoveLoc v; Pop; Ret",
    "VEC_UPDATE_EXISTS_MUTABLE_BORROW_ERROR 4:10",
  ],
];

test.each(REFUSED)("%s", (_, head, body, verdict) => {
  expect(verdictOnBody(head, body, STRUCTS)).toBe(verdict);
});

test.each([
  [
    "two fields are borrowed mutably at once",
    "(r: &mut Self.P): &mut u64 * &mut u64",
    "CopyLoc r; MutBorrowField P::x; MoveLoc r; MutBorrowField P::y; Ret",
  ],
  [
    "a reference into an argument is returned",
    "(r: &mut Self.P): &mut u64",
    "MoveLoc r; MutBorrowField P::x; Call Self.same; Ret",
  ],
  [
    "a local is moved when its borrow has ended",
    "(x: u64): u64",
    "MutBorrowLoc x; Pop; MoveLoc x; Ret",
  ],
])("%s: accepted", (_, head, body) => {
  expect(verdictOnBody(head, body, STRUCTS)).toBe("accepted");
});

test("a borrow that one turn of a loop leaves is seen in the next", () => {
  const verdict = verdictOn(`module 0x1.m {
    f(x: u64) bytecode {
      let y: u64; let r: &mut u64;
      LdU64 0; StLoc y; MutBorrowLoc y; StLoc r
    head:
      LdU64 1; MoveLoc r; WriteRef
      MutBorrowLoc x; StLoc r
      CopyLoc x; Pop
      LdTrue; BrTrue head
      Ret
    }
  }`);
  expect(verdict).toBe("COPYLOC_EXISTS_BORROW_ERROR 0:9");
});

test("a reference that is in a local on one path only is gone behind the join", () => {
  const body = "let r: &u64; LdTrue; BrFalse b; ImmBorrowLoc x; StLoc r; b: LdU64 1; StLoc x; Ret";
  expect(verdictOnBody("(x: u64)", body)).toBe("accepted");
});
