import { type HostFunction, isOk } from "@dragoman/core";
import { expect, test } from "vitest";
import { movePrograms } from "../execute/default-programs.ts";
import { runMove, stateOf } from "../testing/run-move.ts";
import { readByteVector, writeByteVector } from "./byte-vector.ts";

test("bcs::to_bytes writes values as BCS does", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.bcs;
    enum E has drop { A, B { x: u16, v: vector<bool> } }
    struct S has drop { a: address, n: u128, e: vector<Self.E> }
    f(a: address): vector<u8> bytecode {
      let s: Self.S;
      MoveLoc a; LdU128 258
      PackVariant E::A; LdU16 770; LdTrue; VecPack<bool> 1; PackVariant E::B; VecPack<Self.E> 2
      Pack S; StLoc s; ImmBorrowLoc s; Call bcs.to_bytes<Self.S>; Ret
    }
  }`);
  const { json } = runMove(state, { function: "f", args: ["0xab"] });
  const address = `${"00".repeat(31)}ab`;
  const inner = "02" + "00" + "01" + "0203" + "01" + "01";
  // The vector of two enums: its length, variant 0, variant 1 with its fields.
  expect(json).toEqual([`${address}0201${"00".repeat(14)}${inner}`]);
});

test("type_name::get spells addresses with all their digits", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.ascii;
    import 0x1.type_name;
    struct Box<T> { t: T }
    f(): vector<u8> bytecode {
      Call type_name.get<Self.Box<vector<u8>>>; Call type_name.into_string
      Call ascii.into_bytes; Ret
    }
  }`);
  const [hex] = runMove(state, { function: "f" }).json as [string];
  const name = Buffer.from(hex, "hex").toString();
  expect(name).toBe(`${"00".repeat(31)}01::m::Box<vector<u8>>`);
});

const ECHO = `module 0x7.host {
  native public twice(s: &signer, data: vector<u8>, n: u64): u64 * vector<u8>;
}`;
const CALLER = `module 0x1.m {
  import 0x7.host;
  f(s: &signer, data: vector<u8>): u64 * vector<u8> bytecode {
    MoveLoc s; MoveLoc data; LdU64 5; Call host.twice; Ret
  }
}`;

test("a native function of the user's own gets its arguments by value and address", () => {
  const twice: HostFunction = (frame) => {
    const data = readByteVector(frame, frame.argI32(1));
    const n = frame.argI64(2);
    const target = frame.argI32(3);
    const doubled = Uint8Array.from([...data, ...data]);
    frame.resultI64(0, n * 2n + BigInt(frame.memory.u8[frame.argI32(0) + 31]));
    return writeByteVector(frame, target, doubled) ? 0 : frame.leave(0x50a);
  };
  const sender = new Uint8Array(32).fill(3);
  const state = stateOf(ECHO, CALLER);
  const programs = movePrograms(new Map([["0x7::host::twice", twice]]));
  const run = runMove(state, { function: "f", sender, args: ["0102"] }, programs);
  expect(run.json).toEqual(["13", "01020102"]);
});

test("a native function that nobody implements is a failure, not a crash", () => {
  const run = runMove(stateOf(ECHO, CALLER), { function: "f", args: ["0102"] });
  expect(isOk(run.result.outcome)).toBe(false);
  expect(run.failure).toMatchObject({ status: "FUNCTION_RESOLUTION_FAILURE", offset: 3 });
});

test("a native function of 0x1 that is declared otherwise has no implementation", () => {
  const state = stateOf(
    "module 0x1.signer { native public borrow_address(s: u64): &address; }",
    `module 0x1.m {
      import 0x1.signer;
      f(): address bytecode { LdU64 64; Call signer.borrow_address; ReadRef; Ret }
    }`,
  );
  const run = runMove(state, { function: "f" });
  expect(run.failure?.status ?? run.json).toBe("FUNCTION_RESOLUTION_FAILURE");
});
