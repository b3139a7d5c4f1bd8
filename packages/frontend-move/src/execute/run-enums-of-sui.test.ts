import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

const STATE = stateOf(`version 0x5000007;
module 0x1.m {
  enum Shape has copy, drop { Dot { }, Line { length: u64 }, Box { x: u64, y: u64 } }
  enum Maybe<T> has drop { None { }, Some { value: T } }
  struct Pair has drop { a: u64 }

  shape(kind: u64): Self.Shape {
  label b0:
    jump_if (copy(kind) == 0) b1;
    jump b2;
  label b1:
    return Shape.Dot { };
  label b2:
    jump_if (copy(kind) == 1) b3;
    return Shape.Box { x: 3, y: copy(kind) };
  label b3:
    return Shape.Line { length: 9 };
  }

  area(kind: u64): u64 {
    let s: Self.Shape;
    let x: u64;
    let y: u64;
  label b0:
    s = Self.shape(move(kind));
    variant_switch Shape (&s) { Box: b3, Dot: b1, Line: b2 };
  label b1:
    Shape.Dot { } = move(s);
    return 0;
  label b2:
    Shape.Line { length: x } = move(s);
    return move(x);
  label b3:
    Shape.Box { x: x, y: y } = move(s);
    return move(x) * move(y);
  }

  grow(kind: u64): Self.Shape {
    let s: Self.Shape;
    let x: &mut u64;
    let y: &mut u64;
  label b0:
    s = Self.shape(move(kind));
    &mut Shape.Box { x: x, y: y } = &mut s;
    *move(x) = 70;
    *move(y) = 80;
    return move(s);
  }

  read(kind: u64): u64 {
    let s: Self.Shape;
    let x: &u64;
  label b0:
    s = Self.shape(move(kind));
    &Shape.Line { length: x } = &s;
    return *move(x);
  }

  some(x: u8): u8 {
    let m: Self.Maybe<u8>;
    let v: &u8;
    let w: u8;
  label b0:
    m = Maybe.Some<u8> { value: move(x) };
    &Maybe.Some<u8> { value: v } = &m;
    w = *move(v);
    Maybe.Some<u8> { value: x } = move(m);
    return move(w) + move(x);
  }
}`);

const call = (fn: string, ...args: number[]) => runMove(STATE, { function: fn, args });

test("a switch goes on by the variant", () => {
  expect([0, 1, 5].map((kind) => call("area", kind).json)).toEqual([["0"], ["9"], ["15"]]);
});

test("a reference to a variant becomes references to its fields", () => {
  expect(call("grow", 2).json).toEqual([{ __variant__: "Box", x: "70", y: "80" }]);
  expect(call("read", 1).json).toEqual(["9"]);
  expect(call("some", 21).json).toEqual([42]);
});

test("another variant than the expected one is VARIANT_TAG_MISMATCH", () => {
  expect(call("grow", 0).failure).toMatchObject({ status: "VARIANT_TAG_MISMATCH", code: 4030 });
  expect(call("read", 2).failure).toMatchObject({ status: "VARIANT_TAG_MISMATCH", function: 3 });
});
