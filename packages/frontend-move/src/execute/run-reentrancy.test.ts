import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

/** `m` calls what it is given; `bank` has a resource, hands out closures, and calls back through `m`. */
const STATE = stateOf(
  `version 8;
module 0x1.caller {
  public run(f: |address|(u64) has copy + drop, at: address): u64 bytecode {
    MoveLoc at; MoveLoc f; CallClosure <|address|(u64) has copy + drop>; Ret
  }
  public locked(f: |address|(u64) has copy + drop, at: address): u64 with module_lock bytecode {
    MoveLoc at; MoveLoc f; CallClosure <|address|(u64) has copy + drop>; Ret
  }
}`,
  `version 8;
module 0x1.m {
  import 0x1.caller;
  struct Vault has key { funds: u64 }
  open(s: &signer) bytecode { MoveLoc s; LdU64 5; Pack Vault; MoveTo Vault; Ret }
  public funds(at: address): u64 acquires Vault bytecode {
    MoveLoc at; ImmBorrowGlobal Vault; ImmBorrowField Vault::funds; ReadRef; Ret
  }
  public seven(at: address): u64 bytecode { LdU64 7; Ret }
  has(at: address): u64 bytecode { MoveLoc at; Exists Vault; BrTrue b1; LdU64 0; Ret; b1: LdU64 1; Ret }
  direct(at: address): u64 acquires Vault bytecode { MoveLoc at; Call Self.funds; Ret }
  around(at: address): u64 bytecode { PackClosure Self.funds 0; MoveLoc at; Call caller.run; Ret }
  exists_around(at: address): u64 bytecode {
    PackClosure Self.has 0; MoveLoc at; Call caller.run; Ret
  }
  pure_around(at: address): u64 bytecode { PackClosure Self.seven 0; MoveLoc at; Call caller.run; Ret }
  locked_around(at: address): u64 bytecode {
    PackClosure Self.seven 0; MoveLoc at; Call caller.locked; Ret
  }
  own(at: address): u64 bytecode {
    MoveLoc at; PackClosure Self.funds 0; CallClosure <|address|(u64) has copy + drop>; Ret
  }
  after(at: address): u64 acquires Vault bytecode {
    PackClosure Self.seven 0; CopyLoc at; Call caller.run; MoveLoc at; Call Self.funds; Add; Ret
  }
}`,
);

const call = (fn: string) => runMove(STATE, { function: fn, args: ["0x9"] });

test("a module that a closure enters again is without its resources", () => {
  expect(call("around").failure).toMatchObject({
    status: "RUNTIME_DISPATCH_ERROR",
    module: "0x1::m",
    function: 1,
    offset: 1,
  });
  expect(call("exists_around").failure).toMatchObject({ status: "RUNTIME_DISPATCH_ERROR" });
  expect(call("own").failure).toMatchObject({ status: "RUNTIME_DISPATCH_ERROR" });
});

test("what needs no resource runs in a module that is entered again", () => {
  expect(call("pure_around").json).toEqual(["7"]);
});

test("once the closure has returned the resources are free again", () => {
  // There is no vault, so the borrow fails as it should and not as reentrancy.
  expect(call("after").failure).toMatchObject({ status: "MISSING_DATA", function: 1 });
  expect(call("direct").failure).toMatchObject({ status: "MISSING_DATA", function: 1 });
});

test("a module lock refuses any way back into an active module", () => {
  expect(call("locked_around").failure).toMatchObject({
    status: "RUNTIME_DISPATCH_ERROR",
    module: "0x1::caller",
    function: 1,
    offset: 2,
  });
});
