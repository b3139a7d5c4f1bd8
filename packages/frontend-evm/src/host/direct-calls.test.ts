import {
  type CallRequest,
  Engine,
  FRAMES,
  type Journal,
  LinearMemory,
  MemoryState,
} from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import { evmRequest, type ForkName, readStorage, writeAccount } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";

const address = (last: number): Uint8Array => {
  const bytes = new Uint8Array(20);
  bytes[18] = 0x10;
  bytes[19] = last;
  return bytes;
};
const A = address(1);
const B = address(2);
const C = address(3);
const FROM = address(9);
const TURNS = 4n;

interface Codes {
  readonly a: string;
  readonly b: string;
  readonly c?: string;
  readonly gas?: bigint;
  readonly fork?: ForkName;
}

function open(journal: Journal, { a, b, c = "stop", gas = 2_000_000n, fork = "cancun" }: Codes) {
  writeAccount(journal, A, { code: assemble(a), nonce: 1n });
  writeAccount(journal, B, { code: assemble(b), nonce: 1n });
  writeAccount(journal, C, { code: assemble(c), nonce: 1n });
  journal.beginTransaction();
  return evmRequest(journal, { from: FROM, to: A, gas, fork });
}

/** Runs in all tiers, which must agree; the journal of the last one can be looked at. */
function run(codes: Codes) {
  let journal: Journal | undefined;
  const result = runBothTiers(new MemoryState(), (own): CallRequest => {
    journal = own;
    return open(own, codes);
  });
  return { ...result, journal: journal! };
}

/** Frames that compiled code opened without the engine, which takes a checkpoint for each frame that it opens. */
function directFrames(codes: Codes): number {
  const memory = new LinearMemory();
  const engine = new Engine({ state: new MemoryState(), memory, tier: "compile" });
  const request = open(engine.journal, codes);
  let opened = 0;
  const checkpoint = engine.journal.checkpoint.bind(engine.journal);
  engine.journal.checkpoint = () => {
    opened++;
    return checkpoint();
  };
  engine.execute(request);
  return memory.i32[FRAMES.SERIAL >>> 2]! - opened;
}

const number = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
const RETURN_TOP = "push 0 mstore push 32 push 0 return";
const call = (name: string, to = "0x1002", gas = "gas", size = 32): string =>
  `push ${size} push 64 push 32 push 0 ${name === "call" ? "push 0" : ""} push ${to} ${gas} ${name}`;
/** Does `body`, which leaves nothing, four times. */
const loop = (body: string): string =>
  `push ${TURNS} head: ${body} push 1 swap1 sub dup1 push @head jumpi pop`;

const COUNT = "push 1 sload push 1 add push 1 sstore";

test("a program that is called again is entered without the engine", () => {
  for (const name of ["call", "delegatecall", "staticcall"]) {
    const codes = {
      a: loop(`${call(name)} pop`),
      b: "push 7 push 0 mstore push 32 push 0 return",
    };
    expect([name, directFrames(codes)]).toEqual([name, Number(TURNS) - 1]);
  }
  const moves = loop("push 0 push 0 push 0 push 0 push 1 push 0x1002 gas call pop");
  expect(directFrames({ a: moves, b: "stop" })).toBe(0);
});

test("the callee's storage, logs and result are those of its calls in order", () => {
  const { result, logs, journal } = run({
    a: `${loop(`${call("call")} push 64 mload push 7 sstore pop`)} push 7 sload ${RETURN_TOP}`,
    b: `${COUNT} push 1 sload dup1 push 0 mstore push 32 push 0 log1 push 1 sload ${RETURN_TOP}`,
  });
  expect(number(result.output)).toBe(TURNS);
  expect(readStorage(journal, B, 1n)).toBe(TURNS);
  expect(logs.map(({ topics, account }) => [number(topics[0]!), account])).toEqual(
    [1n, 2n, 3n, 4n].map((n) => [n, B]),
  );
});

test("delegatecall works on the caller's storage, sender and value", () => {
  const { journal } = run({
    a: loop(`${call("delegatecall")} pop`),
    b: `${COUNT} caller push 2 sstore address push 3 sstore`,
  });
  expect(readStorage(journal, A, 1n)).toBe(TURNS);
  expect(readStorage(journal, A, 2n)).toBe(number(FROM));
  expect(readStorage(journal, A, 3n)).toBe(number(A));
  expect(readStorage(journal, B, 1n)).toBe(0n);
});

test("a callee that reverts leaves no change and no log, and its output is returned", () => {
  const { result, logs, journal } = run({
    a: `${loop(`${call("call")} push 5 sload add push 5 sstore`)} push 64 mload returndatasize add ${RETURN_TOP}`,
    b: `${COUNT} push 0 push 0 log0 push 9 push 0 mstore push 32 push 0 revert`,
  });
  expect(number(result.output)).toBe(9n + 32n);
  expect(readStorage(journal, B, 1n)).toBe(0n);
  expect(readStorage(journal, A, 5n)).toBe(0n);
  expect(logs).toEqual([]);
});

test("a callee that fails in its third call and later takes its gas and no other call's effects", () => {
  const bad = "push 1 sload push 3 eq push @bad jumpi stop bad: push 9 push 1 sstore";
  for (const end of ["invalid", "push 1 push 2 jump", "again: push @again jump"]) {
    const flags = `${call("call", "0x1002", "push 60000")} push 8 sload add push 8 sstore`;
    const { journal } = run({ a: loop(flags), b: `${COUNT} ${bad} ${end}` });
    expect([end, readStorage(journal, A, 8n)]).toEqual([end, 2n]);
    expect([end, readStorage(journal, B, 1n)]).toEqual([end, 2n]);
  }
});

test("a host function in a frame that compiled code opened sees that frame", () => {
  const { journal } = run({
    a: loop(`${call("call")} pop`),
    b: `${call("call", "0x1003")} pop push 0x1003 balance pop ${COUNT} address push 2 sstore`,
    c: "caller push 2 sstore push 0x1002 extcodesize push 3 sstore push 1 tload push 1 add dup1 push 1 tstore push 4 sstore",
  });
  expect(readStorage(journal, B, 1n)).toBe(TURNS);
  expect(readStorage(journal, B, 2n)).toBe(number(B));
  expect(readStorage(journal, C, 2n)).toBe(number(B));
  expect(readStorage(journal, C, 4n)).toBe(TURNS);
});

test("writing in a static call fails however often it was called before", () => {
  const { result, journal } = run({
    a: `push 0 ${loop(`${call("staticcall", "0x1002", "push 50000")} swap1 swap2 add swap1`)} ${RETURN_TOP}`,
    b: COUNT,
  });
  expect(number(result.output)).toBe(0n);
  expect(readStorage(journal, B, 1n)).toBe(0n);
});

test.each([0, 1, 31, 32, 33, 100, 512, 513, 2000])(
  "%i bytes of output are there for RETURNDATACOPY, whatever memory did since",
  (size) => {
    const back = `returndatasize push 0 push 0x2000 returndatacopy returndatasize push 0x2000 keccak256`;
    const { result } = run({
      a: `${loop(`${call("call", "0x1002", "gas", 40)} pop push 1 push 0x6000 mstore ${back} push 64 mload add push 1 sstore`)} push 1 sload ${RETURN_TOP}`,
      b: `push 0x1234 push 0 mstore push 77 push ${size} mstore push ${size} push 0 return`,
    });
    expect(result.output).toHaveLength(32);
    expect(number(result.output)).not.toBe(0n);
  },
);

test("recursion beyond the native stack's depth ends as it must", () => {
  const { result, journal } = run({
    a: `${loop(`push 60 push 0 mstore ${call("call")} pop`)} push 1 ${RETURN_TOP}`,
    b: `${COUNT} push 0 calldataload dup1 iszero push @done jumpi push 1 swap1 sub push 0 mstore ${call("call")} done: stop`,
    gas: 9_000_000n,
  });
  expect(number(result.output)).toBe(1n);
  expect(readStorage(journal, B, 1n)).toBe(TURNS * 61n);
});

test.each(["frontier", "tangerine", "byzantium", "istanbul", "berlin", "osaka"] as const)(
  "gas, refunds and effects are the exact ones on %s",
  (fork) => {
    const { result } = run({
      a: `${loop(`${call("call", "0x1002", "push 90000")} pop ${call("call", "0x1003", "push 30000")} pop`)} push 1 sload ${RETURN_TOP}`,
      b: "push 1 sload iszero push 1 sstore push 2 sload push 1 add push 2 sstore push 0 push 2 sstore",
      c: "push 5 push 1 sstore push 0 push 1 sstore push 5 push 1 sstore",
      fork,
    });
    expect(result.gasUsed).toBeGreaterThan(0n);
  },
);

test("code that is deployed between two calls of one address is what the second one runs", () => {
  const init = "push 0x60015500 push 0 mstore push 4 push 28 return";
  const word = Buffer.from(assemble(init)).toString("hex").padEnd(64, "0");
  const { journal } = run({
    a: loop(
      `${call("call")} pop push32 0x${word} push 0 mstore push ${assemble(init).length} push 0 push 0 create pop`,
    ),
    b: COUNT,
  });
  expect(readStorage(journal, B, 1n)).toBe(TURNS);
});
