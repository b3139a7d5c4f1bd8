import { expect, test } from "vitest";
import { RESOURCE_DOMAIN } from "../natives/global-storage.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

const state = stateOf(`module 0x1.m {
  struct R has key { n: u64, log: vector<u8> }
  struct G<T> has key { t: T }
  make(s: &signer, n: u64) bytecode {
    MoveLoc s; MoveLoc n; LdConst vector<u8> b"new"; Pack R; MoveTo R; Ret
  }
  add(a: address, d: u64) acquires R bytecode {
    let r: &mut Self.R;
    MoveLoc a; MutBorrowGlobal R; StLoc r
    CopyLoc r; ImmBorrowField R::n; ReadRef; MoveLoc d; Add
    CopyLoc r; MutBorrowField R::n; WriteRef
    MoveLoc r; MutBorrowField R::log; LdU8 33; VecPushBack<u8>; Ret
  }
  get(a: address): u64 acquires R bytecode {
    MoveLoc a; ImmBorrowGlobal R; ImmBorrowField R::n; ReadRef; Ret
  }
  take(a: address): u64 * bool acquires R bytecode {
    CopyLoc a; MoveFrom R; Unpack R; Pop; MoveLoc a; Exists R; Ret
  }
  twice(s: &signer) bytecode {
    CopyLoc s; LdU64 1; Call Self.make; MoveLoc s; LdU64 2; Call Self.make; Ret
  }
  renew(s: &signer, a: address): u64 acquires R bytecode {
    let n: u64;
    CopyLoc a; Call Self.take; Pop; StLoc n
    MoveLoc s; CopyLoc n; LdU64 1; Add; Call Self.make
    MoveLoc a; Call Self.get; Ret
  }
  generic(s: &signer, a: address): bool * bool bytecode {
    MoveLoc s; LdU8 1; Pack G<u8>; MoveTo G<u8>
    CopyLoc a; Exists G<u8>; MoveLoc a; Exists G<u64>; Ret
  }
  spoil(s: &signer) bytecode { MoveLoc s; LdU64 1; Call Self.make; LdU64 7; Abort }
}`);

const alice = new Uint8Array(32).fill(0xaa);
const address = `0x${"aa".repeat(32)}`;
const call = (fn: string, args: (string | number)[] = []) =>
  runMove(state, { function: fn, sender: alice, args });

/** A state in which alice has R { n: 5, log: "new" }. */
function made() {
  const next = state.clone();
  next.apply(call("make", [5]).changes);
  return next;
}

test("move_to writes the BCS of the resource under account and StructTag", () => {
  const { changes } = call("make", [5]);
  expect(changes.map(({ domain, account }) => [domain, account])).toEqual([
    [RESOURCE_DOMAIN, alice],
  ]);
  expect(Buffer.from(changes[0].key).toString("hex")).toBe(`${"00".repeat(31)}01016d015200`);
  expect(Buffer.from(changes[0].after ?? []).toString("hex")).toBe("0500000000000000036e6577");
});

test("a change through a mutable reference reaches the cell", () => {
  const { changes } = runMove(made(), { function: "add", args: [address, 4] });
  expect(Buffer.from(changes[0].after ?? []).toString("hex")).toBe("0900000000000000046e657721");
});

test("a resource that is only read is not written", () => {
  const { changes, json } = runMove(made(), { function: "get", args: [address] });
  expect(json).toEqual(["5"]);
  expect(changes).toEqual([]);
});

test("move_from removes the cell", () => {
  const { changes, json } = runMove(made(), { function: "take", args: [address] });
  expect(json).toEqual(["5", false]);
  expect(changes[0].after).toBeUndefined();
});

test("a resource may be moved out and in again in one message", () => {
  const run = runMove(made(), { function: "renew", sender: alice, args: [address] });
  expect(run.json).toEqual(["6"]);
  expect(run.changes).toHaveLength(1);
});

test("missing and double resources are failures that change nothing", () => {
  expect(call("get", [address]).failure).toMatchObject({ status: "MISSING_DATA", offset: 1 });
  expect(call("take", [address]).failure).toMatchObject({ status: "MISSING_DATA", offset: 1 });
  const twice = call("twice");
  expect(twice.failure).toMatchObject({ status: "RESOURCE_ALREADY_EXISTS", function: 0 });
  expect(twice.changes).toEqual([]);
});

test("an abort undoes what came before it", () => {
  const { failure, changes } = call("spoil");
  expect(failure).toMatchObject({ status: "ABORTED", abortCode: 7n });
  expect(changes).toEqual([]);
});

test("instances of a generic resource are different resources", () => {
  expect(call("generic", [address]).json).toEqual([true, false]);
});
