import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

const STATE = stateOf(`version 8;
module 0x1.m {
  import 0x1.bcs;
  struct Pair has copy, drop, store { x: u8, v: vector<u16> }
  public price(p: Self.Pair, n: u64): u64 with persistent bytecode {
    ImmBorrowLoc p; ImmBorrowField Pair::x; ReadRef; CastU64; MoveLoc n; Mul; Ret
  }
  public plain(p: Self.Pair, n: u64): u64 bytecode { MoveLoc n; Ret }
  make(x: u8): |u64|(u64) has copy + drop + store bytecode {
    MoveLoc x; LdU16 513; VecPack<u16> 1; Pack Pair; PackClosure Self.price 1; Ret
  }
  bytes(x: u8): vector<u8> bytecode {
    let f: |u64|(u64) has copy + drop + store;
    MoveLoc x; Call Self.make; StLoc f; ImmBorrowLoc f
    Call bcs.to_bytes<|u64|(u64) has copy + drop + store>; Ret
  }
  given(f: |u64|(u64) has copy + drop + store, n: u64): u64 bytecode {
    MoveLoc n; MoveLoc f; CallClosure <|u64|(u64) has copy + drop + store>; Ret
  }
}`);

/** Form 1, module 0x1::m, function price, no type arguments, mask 1, layout and value of a Pair. */
const ADDRESS = `${"00".repeat(31)}01`;
const closure = (
  changes: Partial<Record<"items" | "form" | "name" | "mask" | "layout", string>> = {},
) => {
  const { items = "07", form = "0100", name = "057072696365", mask = "0100000000000000" } = changes;
  const { layout = "060002010508" } = changes;
  return `${items}${form}${ADDRESS}016d${name}00${mask}${layout}04010102`;
};

const call = (fn: string, ...args: (number | string)[]) => runMove(STATE, { function: fn, args });

test("the BCS of a closure names its function and has layout and value of what it captured", () => {
  expect(call("bytes", 4).json).toEqual([closure()]);
});

test("a closure comes out of its BCS and is called", () => {
  const bytes = Uint8Array.from(Buffer.from(closure(), "hex"));
  const { json } = runMove(STATE, { function: "given", args: [bytes, 3] });
  expect(json).toEqual(["12"]);
});

test.each([
  ["another number of items", closure({ items: "05" })],
  ["an unknown form", closure({ form: "0200" })],
  ["a function that is not there", closure({ name: "057072696366" })],
  ["a function whose closures are not stored", closure({ name: "05706c61696e" })],
  ["a mask that captures something else", closure({ mask: "0200000000000000" })],
  ["a mask beyond the parameters", closure({ mask: "0500000000000000" })],
  ["another layout", closure({ layout: "060002010502" })],
  ["bytes that end too early", closure().slice(0, -2)],
])("BCS of a closure with %s is refused", (_, bytes) => {
  const given = Uint8Array.from(Buffer.from(bytes, "hex"));
  expect(() => runMove(STATE, { function: "given", args: [given, 3] })).toThrow();
});

test("no message of a stranger brings a closure", () => {
  const given = Uint8Array.from(Buffer.from(closure(), "hex"));
  const message = { function: "given", args: [given, 3], anyVisibility: false };
  expect(() => runMove(STATE, message)).toThrow();
});
