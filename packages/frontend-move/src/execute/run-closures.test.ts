import { describe, expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

const COUNTERS = stateOf(`version 8;
module 0x1.m {
  struct Holder has key { f: |u64|(u64) has copy + drop + store }
  struct Pair has copy, drop, store { x: u64, v: vector<u8> }

  public add(a: u64, b: u64): u64 with persistent bytecode { MoveLoc a; MoveLoc b; Add; Ret }
  public sub(a: u64, b: u64): u64 with persistent bytecode { MoveLoc a; MoveLoc b; Sub; Ret }
  twice<T: copy + drop>(x: T): T * T bytecode { CopyLoc x; MoveLoc x; Ret }
  length(p: Self.Pair, by: u64): u64 with persistent bytecode {
    MutBorrowLoc p; MutBorrowField Pair::v; LdU8 7; VecPushBack<u8>
    ImmBorrowLoc p; ImmBorrowField Pair::v; VecLen<u8>
    ImmBorrowLoc p; ImmBorrowField Pair::x; ReadRef; Add; MoveLoc by; Mul; Ret
  }
  bump(by: u64, r: &mut u64) bytecode {
    CopyLoc r; ReadRef; MoveLoc by; Add; MoveLoc r; WriteRef; Ret
  }

  apply(f: |u64|(u64) has copy + drop, x: u64): u64 bytecode {
    MoveLoc x; MoveLoc f; CallClosure <|u64|(u64) has copy + drop>; Ret
  }
  first(a: u64, b: u64): u64 bytecode {
    let f: |u64|(u64) has copy + drop;
    MoveLoc a; PackClosure Self.sub 1; StLoc f
    MoveLoc b; MoveLoc f; CallClosure <|u64|(u64) has copy + drop>; Ret
  }
  through(a: u64, b: u64): u64 bytecode {
    MoveLoc a; PackClosure Self.sub 2; MoveLoc b; Call Self.apply; Ret
  }
  generic(x: u8): u8 * u8 bytecode {
    MoveLoc x; PackClosureGeneric Self.twice<u8> 0; CallClosure <|u8|(u8, u8)>; Ret
  }
  owned(): u64 * u64 bytecode {
    let f: |u64|(u64) has copy + drop + store;
    LdU64 100; LdU8 1; LdU8 2; VecPack<u8> 2; Pack Pair; PackClosure Self.length 1; StLoc f
    LdU64 1; CopyLoc f; CallClosure <|u64|(u64) has copy + drop + store>
    LdU64 2; MoveLoc f; CallClosure <|u64|(u64) has copy + drop + store>
    Ret
  }
  references(x: u64): u64 bytecode {
    MutBorrowLoc x; LdU64 5; PackClosure Self.bump 1; CallClosure <|&mut u64|()>
    MutBorrowLoc x; LdU64 6; PackClosure Self.bump 1; CallClosure <|&mut u64|()>
    MoveLoc x; Ret
  }
  equal(a: u64, b: u64): bool * bool * bool bytecode {
    CopyLoc a; PackClosure Self.add 1; CopyLoc b; PackClosure Self.add 1; Eq
    CopyLoc a; PackClosure Self.add 1; CopyLoc a; PackClosure Self.sub 1; Eq
    CopyLoc a; PackClosure Self.add 1; CopyLoc a; PackClosure Self.add 2; Eq
    Ret
  }
  store(s: &signer, a: u64) bytecode {
    MoveLoc s; MoveLoc a; PackClosure Self.add 1; Pack Holder; MoveTo Holder; Ret
  }
  stored(at: address, x: u64): u64 acquires Holder bytecode {
    MoveLoc x; MoveLoc at; ImmBorrowGlobal Holder; ImmBorrowField Holder::f; ReadRef
    CallClosure <|u64|(u64) has copy + drop + store>; Ret
  }
  give(a: u64): |u64|(u64) has copy + drop + store bytecode { MoveLoc a; PackClosure Self.sub 1; Ret }
  nested(n: u64): u64 bytecode {
    let f: |u64|(u64) has copy + drop + store;
    LdU64 1; PackClosure Self.add 1; StLoc f
  next:
    CopyLoc n; LdU64 0; Eq; BrTrue done
    MoveLoc f; PackClosure Self.wrap 1; StLoc f; MoveLoc n; LdU64 1; Sub; StLoc n; Branch next
  done:
    LdU64 10; MoveLoc f; CallClosure <|u64|(u64) has copy + drop + store>; Ret
  }
  wrap(f: |u64|(u64) has copy + drop + store, x: u64): u64 with persistent bytecode {
    MoveLoc x; LdU64 1; Add; MoveLoc f; CallClosure <|u64|(u64) has copy + drop + store>; Ret
  }
  loops(n: u64): u64 bytecode {
    let f: |u64|(u64) has copy + drop + store;
    let s: u64;
    LdU64 3; PackClosure Self.add 1; StLoc f; LdU64 0; StLoc s
  next:
    CopyLoc n; LdU64 0; Eq; BrTrue done
    MoveLoc s; CopyLoc f; CallClosure <|u64|(u64) has copy + drop + store>; StLoc s
    MoveLoc n; LdU64 1; Sub; StLoc n; Branch next
  done: MoveLoc s; Ret
  }
}`);

const results = (fn: string, ...args: (number | string)[]) =>
  runMove(COUNTERS, { function: fn, args }).json;

describe("closures", () => {
  test("capture the parameters that the mask names", () => {
    expect(results("first", 9, 4)).toEqual(["5"]);
    expect(results("through", 4, 9)).toEqual(["5"]);
  });

  test("keep the type arguments of their function", () => {
    expect(results("generic", 7)).toEqual([7, 7]);
  });

  test("give each call its own copy of what they captured", () => {
    expect(results("owned")).toEqual(["103", "206"]);
  });

  test("take references", () => {
    expect(results("references", 1)).toEqual(["12"]);
  });

  test("are equal if function, mask and captured values are", () => {
    expect(results("equal", 1, 1)).toEqual([true, false, false]);
    expect(results("equal", 1, 2)).toEqual([false, false, false]);
  });

  test("are called in loops by compiled code", () => {
    expect(results("loops", 5000)).toEqual(["15000"]);
  });

  test("call closures that they captured", () => {
    expect(results("nested", 3)).toEqual(["14"]);
  });

  test("nest 128 levels and no deeper", () => {
    expect(results("nested", 126)).toEqual(["137"]);
    const { failure } = runMove(COUNTERS, { function: "nested", args: [200] });
    expect(failure).toMatchObject({ status: "VM_MAX_VALUE_DEPTH_REACHED", function: 15 });
  });

  test("show what they are", () => {
    expect(results("give", 3)).toEqual([
      { __fun_name__: "0x1::m::sub", __mask__: "1", __captured__: ["3"] },
    ]);
  });

  test("need not exist where code that would call them is compiled", () => {
    const { failure } = runMove(COUNTERS, { function: "stored", args: ["0x9", 1] });
    expect(failure).toMatchObject({ status: "MISSING_DATA" });
  });

  test("fail where their function fails", () => {
    const { failure } = runMove(COUNTERS, { function: "first", args: [1, 2] });
    expect(failure).toMatchObject({ status: "ARITHMETIC_ERROR", function: 1, offset: 2 });
  });
});
