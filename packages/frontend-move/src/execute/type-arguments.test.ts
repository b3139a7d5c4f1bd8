import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

const state = stateOf(`module 0x1.m {
  struct Hot has store { x: u64 }
  struct Box<T> has copy, drop, store { x: T }
  struct Tag<phantom T> has copy, drop { x: u64 }
  struct Only<T: copy> has copy { x: T }
  entry take<T: copy>() bytecode { Ret }
  entry any<T>() bytecode { Ret }
}`);

const call = (name: string, type: string) => () =>
  runMove(state, { function: name, typeArguments: [type] }).failure;

test.each([
  ["take", "vector<u64>"],
  ["take", "0x1::m::Box<bool>"],
  ["take", "0x1::m::Tag<0x1::m::Hot>"],
  ["any", "0x1::m::Hot"],
])("%s<%s> may be called", (name, type) => {
  expect(call(name, type)()).toBeUndefined();
});

test.each([
  ["take", "0x1::m::Hot"],
  ["take", "signer"],
  ["take", "vector<0x1::m::Hot>"],
  ["take", "0x1::m::Box<0x1::m::Hot>"],
  ["any", "0x1::m::Only<0x1::m::Hot>"],
])("%s<%s> is refused: an ability is missing", (name, type) => {
  expect(call(name, type)).toThrow("CONSTRAINT_NOT_SATISFIED");
});
