import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";

const m = (...items: string[]) => stateOf(`module 0x1.m { ${items.join("\n")} }`);

test("a failure names status, module, function and instruction", () => {
  const state = m(
    "zero(): u64 bytecode { LdU64 0; Ret }",
    "f(): u64 bytecode { LdU64 1; Call Self.zero; Div; Ret }",
  );
  expect(runMove(state, { function: "f" }).failure).toEqual({
    status: "ARITHMETIC_ERROR",
    code: 4017,
    sub: undefined,
    abortCode: undefined,
    module: "0x1::m",
    function: 1,
    offset: 2,
  });
});

test("abort carries the program's code", () => {
  const state = m("f(c: u64) bytecode { MoveLoc c; Abort }");
  const { failure } = runMove(state, { function: "f", args: ["18446744073709551615"] });
  expect(failure).toMatchObject({ status: "ABORTED", abortCode: 2n ** 64n - 1n, offset: 1 });
});

test.each([
  ["VecImmBorrow<u64>; Pop", 1],
  ["VecMutBorrow<u64>; Pop", 1],
] as const)("%s past the end is sub-status %i", (instruction, sub) => {
  const state = m(`f() bytecode {
    let v: vector<u64>; LdU64 5; VecPack<u64> 1; StLoc v
    MutBorrowLoc v; LdU64 1; ${instruction}; Ret
  }`);
  const { failure } = runMove(state, { function: "f" });
  expect(failure).toMatchObject({ status: "VECTOR_OPERATION_ERROR", sub, offset: 5 });
});

test("popping an empty vector is sub-status 2, unpacking a wrong number 3", () => {
  const pop = m(`f() bytecode {
    let v: vector<u64>; VecPack<u64> 0; StLoc v; MutBorrowLoc v; VecPopBack<u64>; Pop; Ret
  }`);
  expect(runMove(pop, { function: "f" }).failure).toMatchObject({ sub: 2, offset: 3 });
  const unpack = m("f() bytecode { VecPack<u64> 0; VecUnpack<u64> 1; Pop; Ret }");
  expect(runMove(unpack, { function: "f" }).failure).toMatchObject({ sub: 3, offset: 1 });
});

test("shifts by the width and casts that do not fit are arithmetic errors", () => {
  const state = m(
    "shl(x: u8, n: u8): u8 bytecode { MoveLoc x; MoveLoc n; Shl; Ret }",
    "cast(x: u256): u128 bytecode { MoveLoc x; CastU128; Ret }",
  );
  expect(runMove(state, { function: "shl", args: [255, 7] }).json).toEqual([128]);
  const shifted = runMove(state, { function: "shl", args: [1, 8] });
  expect(shifted.failure?.status).toBe("ARITHMETIC_ERROR");
  const cast = (x: bigint) => runMove(state, { function: "cast", args: [x.toString()] });
  expect(cast(2n ** 128n - 1n).json).toEqual([(2n ** 128n - 1n).toString()]);
  expect(cast(2n ** 128n).failure?.status).toBe("ARITHMETIC_ERROR");
});

test("1,024 calls may be in progress, one more is a CALL_STACK_OVERFLOW at the call", () => {
  const state = m(`f(n: u64) bytecode {
    CopyLoc n; LdU64 0; Eq; BrFalse more; Ret
  more: MoveLoc n; LdU64 1; Sub; Call Self.f; Ret
  }`);
  expect(runMove(state, { function: "f", args: [1024] }).failure).toBeUndefined();
  expect(runMove(state, { function: "f", args: [1025] }).failure).toMatchObject({
    status: "CALL_STACK_OVERFLOW",
    offset: 8,
  });
});

test("gas runs out at the instruction that cannot be paid", () => {
  const state = m("f(): u64 bytecode { LdU64 1; LdU64 2; Add; Ret }");
  const run = (gas: bigint) => runMove(state, { function: "f", gas });
  const { gasUsed } = run(1_000_000n).result;
  expect(run(gasUsed).failure).toBeUndefined();
  expect(run(gasUsed - 1n).failure).toMatchObject({ status: "OUT_OF_GAS", offset: 3 });
  expect(run(500n).failure).toMatchObject({ status: "OUT_OF_GAS", offset: 2 });
});

test("a type that doubles at every level is refused before it fills the memory", () => {
  const names = Array.from({ length: 12 }, (_, i) => `S${i}`);
  const structs = names.map((name, i) => {
    const inner = i === 0 ? "u256" : `Self.S${i - 1}`;
    return `struct ${name} has copy, drop { a: ${inner}, b: ${inner}, c: ${inner} }`;
  });
  const state = m(
    ...structs,
    "g(): Self.S11 bytecode { LdU64 1; Abort }",
    "f() bytecode { Call Self.g; Pop; Ret }",
  );
  expect(runMove(state, { function: "f" }).failure?.status).toBe("VM_MAX_TYPE_NODES_REACHED");
});
