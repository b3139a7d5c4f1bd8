import { Engine, MemoryState, moduleFunction, OUTCOME, verifyModule } from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import { EVM_OUTCOME, evmRequest, loadEvm } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";

const SELF = new Uint8Array(20).fill(7);

function run(code: Uint8Array, gas = 5_000_000n) {
  return runBothTiers(new MemoryState(), (journal) =>
    evmRequest(journal, { to: SELF, code, gas, input: Uint8Array.of(1) }),
  ).result;
}

/** `count` bytes between `head` and `tail`. */
function padded(head: string, fill: string, count: number, tail = ""): Uint8Array {
  return assemble(`${head} data 0x${fill.repeat(count / (fill.length / 2))} ${tail}`);
}

const HOSTILE: readonly [string, Uint8Array, outcome: number][] = [
  ["24 KB of JUMPDEST", padded("", "5b", 24_576), OUTCOME.OK],
  ["48 KB of JUMPDEST", padded("", "5b", 49_152), OUTCOME.OK],
  ["24 KB of SIGNEXTEND", padded("push 1 push 1", "800b", 24_570), OUTCOME.OK],
  ["24 KB of MLOAD", padded("push 1", "51", 24_570), OUTCOME.OK],
  ["a field of JUMPI", padded("", "5b5f600057", 24_575), OUTCOME.OK],
  ["24 KB of ADD", padded("", "01", 24_576), OUTCOME.STACK_UNDERFLOW],
  ["a loop that grows the stack", assemble("l: push @l push @l jump"), OUTCOME.STACK_OVERFLOW],
];

test.each(HOSTILE)("%s lifts and ends as it must", (_name, code, outcome) => {
  const engine = new Engine({ state: new MemoryState(), tier: "auto" });
  const request = evmRequest(engine.journal, { to: SELF, code, gas: 5_000_000n });
  expect(engine.execute(request).outcome).toBe(outcome);
});

test("code in chunks runs as a whole does, and jumps between chunks are checked", () => {
  const far = (target: string): Uint8Array =>
    assemble(`push @${target} push 0 calldataload push 0 and xor jump data 0x${"fe".repeat(3000)}
      mark middle data 0x${"00".repeat(3000)} end: push 5 push 0 mstore push @back jump
      data 0x${"fe".repeat(2000)} back: push 32 push 0 return`);
  const good = run(far("end"));
  expect(good.outcome).toBe(OUTCOME.OK);
  expect(good.output[31]).toBe(5);
  expect(run(far("middle")).outcome).toBe(EVM_OUTCOME.INVALID_JUMP);
  expect(run(padded("push 0xffffff jump", "5b", 6000)).outcome).toBe(EVM_OUTCOME.INVALID_JUMP);
});

test("an internal function becomes a function and return addresses vanish", () => {
  const body = "dup1 mul ".repeat(30);
  const program = loadEvm(
    assemble(`push @a push 2 push @f jump a: push @b swap1 push @f jump b: push 0 mstore push 32 push 0 return
      f: ${body} swap1 jump`),
  );
  const module = program.optimistic();
  const guest = module?.functions.filter((fn) => /^at/.test(fn?.name ?? ""));
  expect(guest).toHaveLength(1);
  expect([guest![0]?.params.length, guest![0]?.results.length]).toEqual([1, 1]);
  expect(module?.functions[0]?.blocks.length).toBeLessThan(8);
});

test("both lifts pass the verifier", () => {
  const program = loadEvm(
    assemble(`push 10 l: dup1 iszero push @done jumpi dup1 dup1 mstore dup1 sload pop push 1 swap1 sub push @l jump
      done: push 0 push 0 log0 gas push 0 push 0 push 0 push 0 push 0 address gas call pop push 32 push 0 revert`),
  );
  for (const module of [program.exact, program.optimistic()!]) {
    for (const index of module.signatures.keys()) moduleFunction(module, index);
    expect(() => verifyModule(module)).not.toThrow();
  }
});

test("a jump that cannot be resolved keeps the program from being lifted optimistically", () => {
  expect(loadEvm(assemble("push 0 calldataload jump a: stop")).liftOptimistic()).toBeUndefined();
});

test("a flag that two ways leave on stacks of different heights decides as it was set on each", () => {
  // What solc makes of try: one way pushes a result and 1, the other leaves the 0 that it tested.
  const code = (selector: number) =>
    assemble(`push ${selector} push @r push 5 push 0 calldataload push 248 shr push ${selector} eq
      dup1 iszero push @m jumpi pop push 7 push 1
      m: push @ok jumpi push 9 push 0 mstore push 32 push 0 return
      ok: swap2 jump r: mul push 0 mstore push 32 push 0 return`);
  for (const [selector, result] of [
    [1, 35],
    [2, 9],
  ] as const) {
    expect(loadEvm(code(selector)).liftOptimistic()).toBeDefined();
    expect(run(code(selector)).output[31]).toBe(result);
  }
});

test("labels survive the mask that solc puts on stored function pointers", () => {
  const code = assemble(
    "push @f push4 0xffffffff and jump f: push 3 push 0 mstore push 32 push 0 return",
  );
  expect(loadEvm(code).optimistic()).toBeDefined();
  expect(run(code).output[31]).toBe(3);
});
