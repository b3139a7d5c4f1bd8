import { expect, test } from "vitest";
import { verdictOn } from "../testing/refusal.ts";

const HEAD = `
  struct S has copy, drop { x: u64 }
  struct R has key { f: |u64|(u64) has copy + drop + store }
  public add(a: u64, b: u64): u64 with persistent bytecode { MoveLoc a; MoveLoc b; Add; Ret }
  hidden(a: u64, b: u64): u64 bytecode { MoveLoc a; MoveLoc b; Add; Ret }
  signs(s: signer, b: u64): u64 bytecode { MoveLoc b; Ret }
  refers(r: &u64, b: u64): u64 bytecode { MoveLoc b; Ret }
  id<T>(x: T): T bytecode { MoveLoc x; Ret }
  pick(x: &mut u64, y: &mut u64): &mut u64 bytecode { MoveLoc y; Pop; MoveLoc x; Ret }`;

/** The verdict on a function `f` behind those of the head. */
const verdict = (head: string, body: string) =>
  verdictOn(`version 8; module 0x1.m { ${HEAD} f${head} bytecode { ${body} } }`);

const ACCEPTED: [why: string, head: string, body: string][] = [
  [
    "a closure of a persistent function may be stored",
    "(): |u64|(u64) has copy + drop + store",
    "LdU64 1; PackClosure Self.add 1; Ret",
  ],
  [
    "abilities to spare are no harm",
    "(): |u64|(u64) has drop",
    "LdU64 1; PackClosure Self.add 1; Ret",
  ],
  [
    "a closure without captures takes all",
    "(): u64",
    "LdU64 1; LdU64 2; PackClosure Self.add 0; CallClosure <|u64, u64|(u64)>; Ret",
  ],
  [
    "a generic closure keeps the abilities of its function",
    "<T>(x: T): T",
    "MoveLoc x; PackClosureGeneric Self.id<T> 0; CallClosure <|T|(T)>; Ret",
  ],
  [
    "a closure may return what it was lent",
    "(x: u64, y: u64): u64",
    "MutBorrowLoc x; MutBorrowLoc y; PackClosure Self.pick 0; CallClosure <|&mut u64, &mut u64|(&mut u64)>; ReadRef; Ret",
  ],
];

test.each(ACCEPTED)("accepted: %s", (_, head, body) => {
  expect(verdict(head, body)).toBe("accepted");
});

const REFUSED: [why: string, head: string, body: string, verdict: string][] = [
  [
    "a closure of another function is not stored",
    "(): |u64|(u64) has copy + drop + store",
    "LdU64 1; PackClosure Self.hidden 1; Ret",
    "RET_TYPE_MISMATCH_ERROR 6:2",
  ],
  [
    "a closure has no ability that a captured value lacks",
    "(s: signer): |u64|(u64) has copy + drop",
    "MoveLoc s; PackClosure Self.signs 1; Ret",
    "RET_TYPE_MISMATCH_ERROR 6:2",
  ],
  [
    "the mask captures what is not there",
    "(): |u64|(u64)",
    "LdU64 1; PackClosure Self.add 4; Ret",
    "INVALID_CLOSURE_MASK 6:1",
  ],
  [
    "a captured value has another type",
    "(): |u64|(u64)",
    "LdU8 1; PackClosure Self.add 1; Ret",
    "PACK_TYPE_MISMATCH_ERROR 6:1",
  ],
  [
    "a reference is captured",
    "(x: u64): u64",
    "LdU64 1; ImmBorrowLoc x; PackClosure Self.refers 1; CallClosure <|u64|(u64)>; Ret",
    "PACK_TYPE_MISMATCH_ERROR 6:2",
  ],
  [
    "the closure called has another type",
    "(): u64",
    "LdU64 1; LdU64 1; PackClosure Self.add 1; CallClosure <|u64|(u8)>; Pop; LdU64 1; Ret",
    "CALL_TYPE_MISMATCH_ERROR 6:3",
  ],
  [
    "an argument has another type",
    "(): u64",
    "LdU8 1; LdU64 1; PackClosure Self.add 1; CallClosure <|u64|(u64)>; Ret",
    "CALL_TYPE_MISMATCH_ERROR 6:3",
  ],
  [
    "what is called is no function type",
    "(x: u64): u64",
    "MoveLoc x; CallClosure <u64>; LdU64 1; Ret",
    "CLOSURE_CALL_REQUIRES_FUNCTION 6",
  ],
  [
    "a generic function is packed without type arguments",
    "(): |u64|(u64)",
    "PackClosure Self.id 0; Ret",
    "GENERIC_MEMBER_OPCODE_MISMATCH 6:0",
  ],
  [
    "a closure that cannot be dropped is left",
    "(s: |u64|(u64))",
    "Ret",
    "UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP 6:0",
  ],
  [
    "a closure that cannot be copied is copied",
    "(s: |u64|(u64) has drop)",
    "CopyLoc s; Pop; Ret",
    "COPYLOC_WITHOUT_COPY_ABILITY 6:0",
  ],
  [
    "closures that cannot be dropped are compared",
    "(s: |u64|(u64), t: |u64|(u64)): bool",
    "MoveLoc s; MoveLoc t; Eq; Ret",
    "EQUALITY_OP_TYPE_MISMATCH_ERROR 6:2",
  ],
  [
    "a mutable reference is lent twice",
    "(x: u64, y: u64): u64",
    "let r: &mut u64; MutBorrowLoc x; StLoc r; CopyLoc r; MoveLoc r; PackClosure Self.pick 0; CallClosure <|&mut u64, &mut u64|(&mut u64)>; ReadRef; Ret",
    "CALL_BORROWED_MUTABLE_REFERENCE_ERROR 6:5",
  ],
  [
    "a closure takes too many from the stack",
    "(): |u64|(u64)",
    "PackClosure Self.add 1; Ret",
    "NEGATIVE_STACK_SIZE_WITHIN_BLOCK 6:0",
  ],
];

test.each(REFUSED)("refused: %s", (_, head, body, expected) => {
  expect(verdict(head, body)).toBe(expected);
});

test("a struct contains no closure of itself", () => {
  const text = "version 8; module 0x1.m { struct S { f: |Self.S|() has drop } }";
  expect(verdictOn(text)).toBe("RECURSIVE_STRUCT_DEFINITION");
});

test("a storable struct has storable closures", () => {
  const text = "version 8; module 0x1.m { struct S has store { f: |u64|() has drop } }";
  expect(verdictOn(text)).toBe("FIELD_MISSING_TYPE_ABILITY");
});
