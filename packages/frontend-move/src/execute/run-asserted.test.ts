import {
  AddressViolation,
  Engine,
  type EngineOptions,
  MemoryState,
  moduleFunction,
  OP,
} from "@dragoman/core";
import { expect, test } from "vitest";
import { MOVE_FRAME } from "../lift/move-frame.ts";
import { assertedPrograms } from "../testing/asserted-programs.ts";
import { runMove, stateOf } from "../testing/run-move.ts";
import { moveMessage } from "./message.ts";

const TIERS: [string, Partial<EngineOptions>][] = [
  ["exact, interpreted", { tier: "interpret" }],
  ["optimistic, interpreted", { tier: "interpret", moduleUnderTest: "optimistic-interpreted" }],
  ["optimistic, compiled", { tier: "compile" }],
  ["exact, compiled", { tier: "compile", moduleUnderTest: "exact-compiled" }],
];

const state = stateOf(`module 0x1.m {
  import 0x1.bcs;
  import 0x1.string;
  struct P has copy, drop, store { x: u64, y: vector<u8>, z: u256 }
  struct R has key, store { all: vector<Self.P> }
  id(p: Self.P): Self.P bytecode { MoveLoc p; Ret }
  inner(v: &mut vector<Self.P>, n: u64): &mut u64 bytecode {
    MoveLoc v; MoveLoc n; VecMutBorrow<Self.P>; MutBorrowField P::x; Ret
  }
  public all(s: &signer, n: u64): vector<u8> * u64 acquires R bytecode {
    let v: vector<Self.P>; let i: u64; let p: Self.P;
    VecPack<Self.P> 0; StLoc v; LdU64 0; StLoc i
  head:
    CopyLoc i; CopyLoc n; Lt; BrFalse done
    CopyLoc i; LdConst vector<u8> b"a constant of some length"; LdU256 7; Pack P; Call Self.id; StLoc p
    MutBorrowLoc v; CopyLoc p; VecPushBack<Self.P>
    MutBorrowLoc p; MutBorrowField P::y; LdU8 9; VecPushBack<u8>
    MutBorrowLoc v; MoveLoc p; VecPushBack<Self.P>
    CopyLoc i; LdU64 5; Add; MutBorrowLoc v; CopyLoc i; Call Self.inner; WriteRef
    MoveLoc i; LdU64 1; Add; StLoc i; Branch head
  done:
    MoveLoc s; MoveLoc v; Pack R; MoveTo R
    LdConst address 0x1; MutBorrowGlobal R; MutBorrowField R::all; FreezeRef
    Call bcs.to_bytes<vector<Self.P>>
    LdConst address 0x1; ImmBorrowGlobal R; ImmBorrowField R::all; VecLen<Self.P>
    Ret
  }
}`);
const SENDER = new Uint8Array(32).fill(0, 0, 31).fill(1, 31);

test("an ordinary program violates nothing, and gives what it gives without assertions", () => {
  const call = { function: "all", args: [50], sender: SENDER };
  const plain = runMove(state, call);
  expect(plain.json?.[1]).toBe("100");
  const asserted = runMove(state, call, assertedPrograms());
  expect(asserted.json).toEqual(plain.json);
  expect(asserted.result.gasUsed).toBe(plain.result.gasUsed);
  expect(asserted.changes).toEqual(plain.changes);
});

/** The IR of `0x1::m::f` after something has been done to its instructions. */
function damaged(text: string, damage: (op: number, code: Int32Array, at: number) => void) {
  const world = stateOf(text);
  return (options: Partial<EngineOptions>) => {
    const engine = new Engine({ state: world, ...options });
    const request = moveMessage(assertedPrograms(), engine.journal, {
      module: "0x1::m",
      function: "f",
      gas: 10n ** 9n,
    });
    const { program } = request;
    for (const module of [program.exact, program.optimistic()!]) {
      for (let index = 0; index < module.signatures.length; index++) {
        const { code } = moduleFunction(module, index);
        for (let at = 0; at < code.length; at += code[at] >>> 8) damage(code[at] & 0xff, code, at);
      }
    }
    return engine.execute(request);
  };
}

test.each(TIERS)("%s: a load behind the top of the heap is a failed run", (_, options) => {
  // The element is taken to lie 64 KB further on than it does.
  const run = damaged(
    `module 0x1.m { public f(): u64 bytecode {
      let v: vector<u64>;
      LdU64 5; VecPack<u64> 1; StLoc v; ImmBorrowLoc v; LdU64 0; VecImmBorrow<u64>; ReadRef; Ret
    } }`,
    (op, code, at) => {
      if (op === OP["i64.load"] && code[at + 4] === 0) code[at + 4] = 1 << 16;
    },
  );
  expect(() => run(options)).toThrow(AddressViolation);
  expect(() => run(options)).toThrow(
    /i64\.load .* touches 8 bytes at 0x[0-9a-f]+, outside all regions/,
  );
});

test.each(TIERS)("%s: what a returned activation left on the stack is outside", (_, options) => {
  // The callee gives the address of a local of its own instead of its parameter's.
  const run = damaged(
    `module 0x1.m {
      deep(x: &u64): &u64 bytecode {
        let spare: vector<u64>; let own: vector<u64>;
        VecPack<u64> 0; StLoc spare; VecPack<u64> 0; StLoc own
        ImmBorrowLoc own; VecLen<u64>; Pop; ImmBorrowLoc spare; VecLen<u64>; Pop
        CopyLoc x; ReadRef; LdU64 0; Eq; BrFalse end
        LdU64 3; Pop
      end:
        MoveLoc x; Ret
      }
      public f(): u64 bytecode {
        let l: u64; LdU64 5; StLoc l; ImmBorrowLoc l; Call Self.deep; ReadRef; Ret
      }
    }`,
    (op, code, at) => {
      if (op !== OP["i64.load"] || code[at + 4] !== 0) return;
      code[at + 4] = 16;
    },
  );
  expect(() => run(options)).toThrow(/beyond the region stack|outside all regions/);
});

test("a bool that is neither 0 nor 1 does not leave unnoticed", () => {
  const world = stateOf(
    "module 0x1.m { struct B has drop { b: bool } public f(): Self.B bytecode { LdTrue; Pack B; Ret } }",
  );
  const engine = new Engine({ state: world, tier: "interpret" });
  const request = moveMessage(assertedPrograms(), engine.journal, {
    module: "0x1::m",
    function: "f",
    gas: 10n ** 9n,
  });
  const { exact } = request.program;
  moduleFunction(exact, 0);
  const { code } = moduleFunction(exact, 1);
  for (let at = 0; at < code.length; at += code[at] >>> 8) {
    const isTrue = (code[at] & 0xff) === OP["i32.const"] && code[at + 3] === 1;
    if (isTrue) code[at + 3] = 3;
  }
  expect(() => engine.execute(request)).toThrow(/a result: the bool at 0x\w+ is neither 0 nor 1/);
});

test("the regions of a frame are where its layout says", () => {
  const state = new MemoryState();
  const engine = new Engine({ state });
  const { program } = moveMessage(assertedPrograms(), engine.journal, {
    module: "0x1::vector",
    function: "empty",
    typeArguments: ["u8"],
    gas: 1n,
  });
  expect(program.regions?.map(({ name, start }) => [name, start])).toEqual([
    ["header", 64],
    ["active modules", MOVE_FRAME.ACTIVE],
    ["stack", MOVE_FRAME.STACK],
    ["heap", MOVE_FRAME.HEAP],
  ]);
});
