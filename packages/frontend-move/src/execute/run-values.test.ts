import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

const m = (...items: string[]) => stateOf(`module 0x1.m { ${items.join("\n")} }`);

const P = "struct P has copy, drop, store { x: u64, y: u8 }";
const V = "struct V has copy, drop, store { v: vector<u64>, n: u8 }";

test("a copy of a struct is independent of it", () => {
  const state = m(
    P,
    `f(): u64 bytecode {
      let a: Self.P; let b: Self.P;
      LdU64 1; LdU8 2; Pack P; StLoc a
      CopyLoc a; StLoc b
      LdU64 9; MutBorrowLoc b; MutBorrowField P::x; WriteRef
      ImmBorrowLoc a; ImmBorrowField P::x; ReadRef
      LdU64 100; Mul
      ImmBorrowLoc b; ImmBorrowField P::x; ReadRef; Add; Ret
    }`,
  );
  expect(runMove(state, { function: "f" }).json).toEqual(["109"]);
});

test("a copy of a struct with a vector shares nothing with it", () => {
  const state = m(
    V,
    `f(): Self.V * Self.V bytecode {
      let a: Self.V; let b: Self.V;
      LdU64 1; LdU64 2; VecPack<u64> 2; LdU8 7; Pack V; StLoc a
      ImmBorrowLoc a; ReadRef; StLoc b
      MutBorrowLoc b; MutBorrowField V::v; LdU64 3; VecPushBack<u64>
      LdU64 8; MutBorrowLoc b; MutBorrowField V::v; LdU64 0; VecMutBorrow<u64>; WriteRef
      MoveLoc a; MoveLoc b; Ret
    }`,
  );
  expect(runMove(state, { function: "f" }).json).toEqual([
    { v: ["1", "2"], n: 7 },
    { v: ["8", "2", "3"], n: 7 },
  ]);
});

test("a value that was moved from a local outlives the next value of the local", () => {
  const state = m(
    P,
    `f(): Self.P * Self.P bytecode {
      let a: Self.P;
      LdU64 1; LdU8 2; Pack P; StLoc a
      MoveLoc a
      LdU64 3; LdU8 4; Pack P; StLoc a
      MoveLoc a; Ret
    }`,
  );
  expect(runMove(state, { function: "f" }).json).toEqual([
    { x: "1", y: 2 },
    { x: "3", y: 4 },
  ]);
});

test("an element that was popped outlives the next push", () => {
  const state = m(
    P,
    `f(): Self.P * Self.P bytecode {
      let v: vector<Self.P>;
      LdU64 1; LdU8 2; Pack P; VecPack<Self.P> 1; StLoc v
      MutBorrowLoc v; VecPopBack<Self.P>
      MutBorrowLoc v; LdU64 3; LdU8 4; Pack P; VecPushBack<Self.P>
      MutBorrowLoc v; VecPopBack<Self.P>; Ret
    }`,
  );
  expect(runMove(state, { function: "f" }).json).toEqual([
    { x: "1", y: 2 },
    { x: "3", y: 4 },
  ]);
});

test("a function that reads a local through a reference may return the local's next value", () => {
  const state = m(
    P,
    `flip(p: &Self.P): Self.P bytecode {
      LdU64 50; CopyLoc p; ImmBorrowField P::y; ReadRef; Pop
      CopyLoc p; ImmBorrowField P::x; ReadRef; Add
      MoveLoc p; ImmBorrowField P::y; ReadRef; Pack P; Ret
    }`,
    `f(): Self.P bytecode {
      let a: Self.P;
      LdU64 1; LdU8 2; Pack P; StLoc a
      ImmBorrowLoc a; Call Self.flip; StLoc a
      MoveLoc a; Ret
    }`,
  );
  expect(runMove(state, { function: "f" }).json).toEqual([{ x: "51", y: 2 }]);
});

test("nested structs are taken apart and put together in place", () => {
  const state = m(
    P,
    "struct Q has copy, drop { a: Self.P, b: Self.P, c: bool }",
    `f(): Self.Q bytecode {
      let q: Self.Q; let c: bool; let b: Self.P;
      LdU64 1; LdU8 2; Pack P; LdU64 3; LdU8 4; Pack P; LdTrue; Pack Q; StLoc q
      MoveLoc q; Unpack Q
      StLoc c; StLoc b
      LdU64 5; LdU8 6; Pack P; Pop
      MoveLoc b; MoveLoc c; Pack Q; Ret
    }`,
  );
  expect(runMove(state, { function: "f" }).json).toEqual([
    { a: { x: "1", y: 2 }, b: { x: "3", y: 4 }, c: true },
  ]);
});

test("deep equality compares what vectors hold, not where", () => {
  const state = m(
    V,
    `f(n: u64): bool bytecode {
      LdU64 1; LdU64 2; VecPack<u64> 2; LdU8 7; Pack V
      LdU64 1; MoveLoc n; VecPack<u64> 2; LdU8 7; Pack V
      Eq; Ret
    }`,
  );
  expect(runMove(state, { function: "f", args: [2] }).json).toEqual([true]);
  expect(runMove(state, { function: "f", args: [3] }).json).toEqual([false]);
});

test("a field that several variants have is found at the offset of each", () => {
  const state = m(
    "enum E has copy, drop { A { a: u8, x: u64 }, B { a: u256, x: u64 }, C }",
    `make(k: u64): Self.E bytecode {
      CopyLoc k; LdU64 0; Eq; BrFalse b
      LdU8 1; LdU64 11; PackVariant E::A; Ret
    b: MoveLoc k; LdU64 1; Eq; BrFalse c
      LdU256 1; LdU64 22; PackVariant E::B; Ret
    c: PackVariant E::C; Ret
    }`,
    `f(k: u64): u64 bytecode {
      let e: Self.E;
      MoveLoc k; Call Self.make; StLoc e
      ImmBorrowLoc e; ImmBorrowVariantField E::A|B::x; ReadRef; Ret
    }`,
    `g(j: u64, k: u64): bool bytecode {
      MoveLoc j; Call Self.make; MoveLoc k; Call Self.make; Eq; Ret
    }`,
  );
  expect(runMove(state, { function: "f", args: [0] }).json).toEqual(["11"]);
  expect(runMove(state, { function: "f", args: [1] }).json).toEqual(["22"]);
  expect(runMove(state, { function: "f", args: [2] }).failure?.status).toBe(
    "STRUCT_VARIANT_MISMATCH",
  );
  expect(runMove(state, { function: "g", args: [1, 1] }).json).toEqual([true]);
  expect(runMove(state, { function: "g", args: [0, 1] }).json).toEqual([false]);
});

test("generic functions are made for each type", () => {
  const state = m(
    V,
    "struct Box<T> has copy, drop { value: T, twice: vector<T> }",
    `box<T: copy + drop>(t: T): Self.Box<T> bytecode {
      CopyLoc t; CopyLoc t; MoveLoc t; VecPack<T> 2; Pack Box<T>; Ret
    }`,
    `f(): Self.Box<Self.V> * Self.Box<u8> * Self.Box<Self.Box<bool>> bytecode {
      LdU64 1; VecPack<u64> 1; LdU8 7; Pack V; Call Self.box<Self.V>
      LdU8 1; Call Self.box<u8>
      LdTrue; Call Self.box<bool>; Call Self.box<Self.Box<bool>>; Ret
    }`,
  );
  const v = { v: ["1"], n: 7 };
  const inner = { value: true, twice: [true, true] };
  expect(runMove(state, { function: "f" }).json).toEqual([
    { value: v, twice: [v, v] },
    { value: 1, twice: "0101" },
    { value: inner, twice: [inner, inner] },
  ]);
});

test("vectors grow past any first allocation and keep their elements", () => {
  const state = m(
    `f(n: u64): u64 bytecode {
      let v: vector<u64>; let w: vector<u64>; let i: u64; let s: u64;
      VecPack<u64> 0; StLoc v; VecPack<u64> 0; StLoc w; LdU64 0; StLoc i; LdU64 0; StLoc s
    fill: CopyLoc i; CopyLoc n; Lt; BrFalse sum
      MutBorrowLoc v; CopyLoc i; VecPushBack<u64>
      MutBorrowLoc w; CopyLoc i; VecPushBack<u64>
      MoveLoc i; LdU64 1; Add; StLoc i; Branch fill
    sum: ImmBorrowLoc v; VecLen<u64>; LdU64 0; Eq; BrTrue done
      MutBorrowLoc v; VecPopBack<u64>; MutBorrowLoc w; VecPopBack<u64>; Add
      MoveLoc s; Add; StLoc s; Branch sum
    done: MoveLoc s; Ret
    }`,
  );
  expect(runMove(state, { function: "f", args: [3000] }).json).toEqual([String(3000 * 2999)]);
});
