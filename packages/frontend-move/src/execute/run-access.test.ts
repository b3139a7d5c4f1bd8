import type { MemoryState } from "@dragoman/core";
import { expect, test } from "vitest";
import { assembleModule, printUnit } from "../asm/index.ts";
import { decodeModule, encodeModule } from "../format/index.ts";
import { parseAddress } from "../load/module-name.ts";
import { stdlibModules } from "../stdlib/index.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

const READ = "ImmBorrowGlobal R; ImmBorrowField R::value; ReadRef; Ret";

// The cases of access_control in aptos-core's transactional tests of the compiler (dynamic, generic, negation, resource, wildcard).
const TEXT = `version 8;
module 0x42.test {
  import 0x1.signer;
  import 0x43.other;
  struct R has key, drop { value: bool }
  struct Other has key, drop { value: bool }
  struct G<T> has key, drop { value: T }
  init(s: &signer) bytecode {
    CopyLoc s; LdTrue; Pack R; MoveTo R; MoveLoc s; LdTrue; Pack G<bool>; MoveTo G<bool>; Ret
  }
  own(a: address): bool access reads Self.R(a) acquires R bytecode { MoveLoc a; ${READ} }
  own_signer(s: &signer): bool access reads Self.R(signer.address_of(s)) acquires R bytecode {
    MoveLoc s; Call signer.address_of; ${READ}
  }
  not_own(a: address): bool access reads Self.R(a) acquires R bytecode { LdConst address 0x2; ${READ} }
  not_signer(s: &signer): bool access reads Self.R(signer.address_of(s)) acquires R bytecode {
    LdConst address 0x2; ${READ}
  }
  any_instance(): bool access reads Self.G acquires G bytecode {
    LdConst address 0x1; ImmBorrowGlobal G<bool>; ImmBorrowField G<bool>::value; ReadRef; Ret
  }
  instance(): bool access reads Self.G<bool> acquires G bytecode {
    LdConst address 0x1; ImmBorrowGlobal G<bool>; ImmBorrowField G<bool>::value; ReadRef; Ret
  }
  other_instance(): bool access reads Self.G<u64> acquires G bytecode {
    LdConst address 0x1; ImmBorrowGlobal G<bool>; ImmBorrowField G<bool>::value; ReadRef; Ret
  }
  open_instance<T>(): bool access reads Self.G<T> acquires G bytecode {
    LdConst address 0x1; ImmBorrowGlobal G<bool>; ImmBorrowField G<bool>::value; ReadRef; Ret
  }
  except_43(): bool access reads 0x42.*, !reads 0x43.* acquires R bytecode { LdConst address 0x1; ${READ} }
  all_but_43(): bool access acquires *, !reads 0x43.* acquires R bytecode { LdConst address 0x1; ${READ} }
  not_42(): bool access !reads 0x42.* acquires R bytecode { LdConst address 0x1; ${READ} }
  not_at_1(): bool access acquires *, !reads *(0x1) acquires R bytecode { LdConst address 0x1; ${READ} }
  not_written(): bool access acquires *, !writes Self.R acquires R bytecode { LdConst address 0x1; ${READ} }
  in_42(): bool access reads 0x42.* acquires R bytecode { LdConst address 0x1; ${READ} }
  in_module(): bool access reads Self.* acquires R bytecode { LdConst address 0x1; ${READ} }
  at_1(): bool access reads *(0x1) acquires R bytecode { LdConst address 0x1; ${READ} }
  in_43(): bool access reads 0x43.* acquires R bytecode { LdConst address 0x1; ${READ} }
  in_other(): bool access reads other.* acquires R bytecode { LdConst address 0x1; ${READ} }
  at_2(): bool access reads *(0x2) acquires R bytecode { LdConst address 0x1; ${READ} }
  nothing(): bool access none acquires R bytecode { LdConst address 0x1; ${READ} }
  exists_read(): bool access reads Self.R bytecode { LdConst address 0x1; Exists R; Ret }
  exists_other(): bool access reads Self.Other bytecode { LdConst address 0x1; Exists R; Ret }
  write(): bool access writes Self.R acquires R bytecode {
    LdFalse; LdConst address 0x1; MutBorrowGlobal R; MutBorrowField R::value; WriteRef; LdTrue; Ret
  }
  write_read(): bool access reads Self.R, writes Self.Other acquires R bytecode {
    LdFalse; LdConst address 0x1; MutBorrowGlobal R; MutBorrowField R::value; WriteRef; LdTrue; Ret
  }
  take_read(): bool access reads Self.R, writes Self.Other acquires R bytecode {
    LdConst address 0x1; MoveFrom R; Unpack R; Ret
  }
  take_absent(): bool access reads Self.R acquires R bytecode { LdConst address 0x7; MoveFrom R; Unpack R; Ret }
  borrow_absent(): bool access reads Self.Other acquires R bytecode { LdConst address 0x7; ${READ} }
  give(s: &signer): bool access writes Self.R bytecode {
    MoveLoc s; LdTrue; Pack R; MoveTo R; LdTrue; Ret
  }
  give_read(s: &signer): bool access reads Self.R bytecode {
    MoveLoc s; LdTrue; Pack R; MoveTo R; LdTrue; Ret
  }
  narrower(): bool access reads Self.Other bytecode { Call Self.exists_read; Ret }
  afterwards(): bool acquires R bytecode { Call Self.exists_other_guarded; Pop; LdConst address 0x1; ${READ} }
  exists_other_guarded(): bool access reads Self.Other bytecode { LdConst address 0x1; Exists Other; Ret }
  deep(n: u64): u64 access reads Self.R bytecode {
    CopyLoc n; LdU64 0; Eq; BrTrue done; MoveLoc n; LdU64 1; Sub; Call Self.deep; Ret
  done: LdU64 9; Ret
  }
}`;

const OTHER = "version 8; module 0x43.other { struct T has key { x: u8 } }";
const ONE = parseAddress("0x1");
const TWO = parseAddress("0x2");
const AT_ONE = "0x1";

/** `0x1` has R and G<bool>. */
function opened(): MemoryState {
  const state = stateOf(OTHER, TEXT);
  const { changes } = runMove(state, { module: "0x42::test", function: "init", sender: ONE });
  state.apply(changes);
  return state;
}
const STATE = opened();

function call(fn: string, args: readonly (string | number)[] = [], sender = ONE): unknown {
  const { json, failure } = runMove(STATE, { module: "0x42::test", function: fn, args, sender });
  return json ?? failure?.status;
}

test.each([
  ["own", [AT_ONE]],
  ["own_signer", []],
  ["any_instance", []],
  ["instance", []],
  ["except_43", []],
  ["all_but_43", []],
  ["not_written", []],
  ["in_42", []],
  ["in_module", []],
  ["at_1", []],
  ["exists_read", []],
  ["write", []],
  ["afterwards", []],
])("%s is allowed", (fn, args) => {
  expect(call(fn, args)).toEqual([true]);
});

test.each([
  ["not_own", [AT_ONE]],
  ["not_signer", []],
  ["other_instance", []],
  ["not_42", []],
  ["not_at_1", []],
  ["in_43", []],
  ["in_other", []],
  ["at_2", []],
  ["nothing", []],
  ["exists_other", []],
  ["write_read", []],
  ["take_read", []],
  ["narrower", []],
])("%s is denied", (fn, args) => {
  expect(call(fn, args)).toBe("ACCESS_DENIED");
});

test("a denial has the place of the instruction", () => {
  const { failure } = runMove(STATE, { module: "0x42::test", function: "take_read" });
  expect(failure).toMatchObject({ code: 4034, module: "0x42::test", function: 25, offset: 1 });
});

test("a resource may be made where it may be written", () => {
  expect(call("give", [], TWO)).toEqual([true]);
  expect(call("give_read", [], TWO)).toBe("ACCESS_DENIED");
});

test("what is there or not is found out before a move is denied, and after a borrow", () => {
  expect(call("take_absent")).toBe("MISSING_DATA");
  expect(call("give_read")).toBe("RESOURCE_ALREADY_EXISTS");
  expect(call("borrow_absent")).toBe("ACCESS_DENIED");
});

test("256 functions with specifiers run at a time and no more", () => {
  expect(call("deep", [255])).toEqual(["9"]);
  expect(call("deep", [256])).toBe("ACCESS_STACK_LIMIT_EXCEEDED");
});

test("specifiers print as text that assembles to the same", () => {
  const module = decodeModule(encodeModule(assembleModule(TEXT, stdlibModules())));
  const text = printUnit(module);
  expect(text).toContain(
    "own_signer(l0: &signer): bool access reads Self.R(signer.address_of(l0))",
  );
  expect(text).toContain("access acquires *, !reads 0x43.*");
  expect(text).toContain("nothing(): bool access none acquires R");
  expect(printUnit(assembleModule(text))).toBe(text);
});

test("type arguments are compared as they stand: one with a type parameter is never met", () => {
  const { failure } = runMove(STATE, {
    module: "0x42::test",
    function: "open_instance",
    typeArguments: ["bool"],
  });
  expect(failure?.status).toBe("ACCESS_DENIED");
});

const refusal = (head: string, imports = "") => {
  const struct = "struct R has key { x: u8 }";
  const run = () =>
    runMove(stateOf(`module 0x1.m { ${imports} ${struct} ${head} bytecode { LdU64 1; Abort } }`), {
      function: "f",
      args: ["0x1"],
    });
  return run;
};

test("an address specifier that gives no address is refused when its module is loaded", () => {
  const wrong = /ACCESS_CONTROL_INVARIANT_VIOLATION/;
  expect(refusal("f(a: u64) access reads Self.R(a)")).toThrow(wrong);
  expect(
    refusal(
      "f(a: address) access reads Self.R(signer.address_of(a))",
      "import 0x1.signer { address_of(s: &signer): address; }",
    ),
  ).toThrow(wrong);
  expect(
    refusal(
      "f(a: address) access reads Self.R(error.internal(a))",
      "import 0x1.error { internal(s: u64): u64; }",
    ),
  ).toThrow(wrong);
});

test("a specifier that needs its own function is no text", () => {
  expect(refusal("f(a: address): address access reads Self.R(Self.f(a))")).toThrow(
    /needs f itself/,
  );
});
