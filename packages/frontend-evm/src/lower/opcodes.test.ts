import { isTrap, MemoryState, OUTCOME } from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import { EVM_OUTCOME, evmRequest, type ForkName, writeAccount } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";

const SELF = new Uint8Array(20).fill(0xaa);
const FROM = new Uint8Array(20).fill(0xbb);
const MAX = (1n << 256n) - 1n;
const MIN = 1n << 255n;

interface Options {
  readonly gas?: bigint;
  readonly fork?: ForkName;
  readonly input?: Uint8Array;
  readonly value?: bigint;
  readonly isStatic?: boolean;
}

function run(
  text: string,
  { gas = 1_000_000n, fork = "osaka", input, value, isStatic }: Options = {},
) {
  return runBothTiers(new MemoryState(), (journal) => {
    writeAccount(journal, SELF, { code: assemble(text), balance: 77n });
    writeAccount(journal, FROM, { balance: 1000n });
    journal.beginTransaction();
    return evmRequest(journal, {
      from: FROM,
      to: SELF,
      gas,
      fork,
      input: input ?? new Uint8Array(0),
      value: value ?? 0n,
      isStatic: isStatic ?? false,
      environment: {
        gasPrice: 3n,
        coinbase: new Uint8Array(20).fill(0xcc),
        timestamp: 1000n,
        number: 500n,
        prevRandao: 12345n,
        gasLimit: 30_000_000n,
        chainId: 31337n,
        baseFee: 9n,
        blobBaseFee: 2n,
        blobHashes: [111n, 222n],
        blockHash: (number) => number * 10n,
      },
    });
  });
}

/** The word that a program leaves on top of the stack. */
function top(text: string, options?: Options): bigint {
  const { result } = run(`${text} push 0 mstore push 32 push 0 return`, options);
  expect(result.outcome).toBe(OUTCOME.OK);
  return BigInt(`0x${Buffer.from(result.output).toString("hex")}`);
}

const outcome = (text: string, options?: Options): number => run(text, options).result.outcome;

/** [instruction and operands, the first on top, expected] */
const WORDS: readonly [string, bigint][] = [
  ["push 2 push 1 add", 3n],
  ["push 1 push -1 add", 0n],
  [`push ${MAX} push ${MAX} mul`, 1n],
  ["push 3 push 1 sub", MAX - 1n],
  ["push 3 push 7 div", 2n],
  ["push 0 push 7 div", 0n],
  [`push -1 push ${MIN} sdiv`, MIN],
  ["push 3 push -7 sdiv", MAX - 1n],
  ["push 0 push 1 sdiv", 0n],
  ["push 3 push 7 mod", 1n],
  ["push 0 push 7 mod", 0n],
  ["push 3 push -7 smod", MAX],
  ["push -3 push 7 smod", 1n],
  [`push 10 push ${MAX} push ${MAX} addmod`, (MAX + MAX) % 10n],
  ["push 0 push 1 push 2 addmod", 0n],
  [`push 12 push ${MAX} push ${MAX} mulmod`, (MAX * MAX) % 12n],
  ["push 10 push 2 exp", 1024n],
  ["push 0 push 0 exp", 1n],
  ["push 0xff push 0 signextend", MAX],
  ["push 0x7f push 0 signextend", 0x7fn],
  ["push 0x80 push 31 signextend", 0x80n],
  ["push 2 push 1 lt", 1n],
  ["push 1 push 2 lt", 0n],
  ["push 1 push 2 gt", 1n],
  ["push 0 push -1 slt", 1n],
  ["push -1 push 0 sgt", 1n],
  ["push 5 push 5 eq", 1n],
  ["push 0 iszero", 1n],
  ["push 9 iszero iszero", 1n],
  ["push 12 push 10 and", 8n],
  ["push 12 push 10 or", 14n],
  ["push 12 push 10 xor", 6n],
  ["push 0 not", MAX],
  ["push 0x1122 push 31 byte", 0x22n],
  ["push 0x1122 push 32 byte", 0n],
  ["push 1 push 255 shl", MIN],
  ["push 1 push 256 shl", 0n],
  [`push ${MIN} push 255 shr`, 1n],
  [`push ${MIN} push 255 sar`, MAX],
  [`push ${MIN} push 300 sar`, MAX],
  ["push 1 clz", 255n],
  ["push 0 clz", 256n],
  ["push 0 push 0 keccak256", 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470n],
  ["address", BigInt(`0x${"aa".repeat(20)}`)],
  ["caller", BigInt(`0x${"bb".repeat(20)}`)],
  ["origin", BigInt(`0x${"bb".repeat(20)}`)],
  ["address balance", 77n],
  ["selfbalance", 77n],
  ["codesize", 9n],
  ["gasprice", 3n],
  ["coinbase", BigInt(`0x${"cc".repeat(20)}`)],
  ["timestamp", 1000n],
  ["number", 500n],
  ["prevrandao", 12345n],
  ["gaslimit", 30_000_000n],
  ["chainid", 31337n],
  ["basefee", 9n],
  ["blobbasefee", 2n],
  ["push 1 blobhash", 222n],
  ["push 2 blobhash", 0n],
  ["push 499 blockhash", 4990n],
  ["push 500 blockhash", 0n],
  ["push 243 blockhash", 0n],
  ["push 244 blockhash", 2440n],
  ["push 5 pc", 2n],
  ["msize", 0n],
  ["push 1 push 33 mstore8 msize", 64n],
  ["gas", 999_998n],
  ["push 0x1122 push 1 mstore push 0 mload", 0x11n],
  ["push 0xabcd push 5 mstore8 push 0 mload", 0xcdn << 208n],
  ["push 7 push 3 sstore push 3 sload", 7n],
  ["push 7 push 3 tstore push 3 tload push 3 sload add", 7n],
  ["push0", 0n],
  ["push 1 push 2 push 3 dup3 swap1 pop", 1n],
  ["push 1 push 2 push 3 swap2", 1n],
  ["push 1 push 2 push 3 pop", 2n],
  ["push 1 push 7 extcodesize", 0n],
  ["address extcodesize", 10n],
  ["push 7 extcodehash", 0n],
  ["push 64 push 0 push 32 mcopy msize", 96n],
  ["push 0 push -1 push -1 mcopy msize", 0n],
];

test.each(WORDS)("%s gives %s", (text, expected) => {
  expect(top(text)).toBe(expected);
});

test("calldata is padded with zeros and copied with them", () => {
  const input = Uint8Array.of(1, 2, 3);
  expect(top("push 1 calldataload", { input })).toBe(0x0203n << 240n);
  expect(top("push -1 calldataload", { input })).toBe(0n);
  expect(top("calldatasize", { input })).toBe(3n);
  expect(
    top("push -1 push 0 mstore push 4 push 1 push 2 calldatacopy push 0 mload", { input }),
  ).toBe(BigInt(`0xffff02030000${"ff".repeat(26)}`));
});

test("code copies itself, zero beyond its end", () => {
  expect(top("push 32 push 0 push 0 codecopy push 0 mload") >> 248n).toBe(0x60n);
  expect(top("push 32 push 500 push 0 codecopy push 0 mload")).toBe(0n);
});

test("value arrives and moves", () => {
  expect(top("callvalue", { value: 5n })).toBe(5n);
  expect(top("selfbalance", { value: 5n })).toBe(82n);
});

test("logs carry topics and data in order", () => {
  const { logs } = run("push 0xab push 0 mstore8 push 2 push 1 push 3 push 0 log2");
  expect(logs).toHaveLength(1);
  expect(logs[0]?.topics.map((topic) => topic[31])).toEqual([1, 2]);
  expect([...logs[0]!.data]).toEqual([0xab, 0, 0]);
});

test("jumps go to JUMPDESTs only", () => {
  expect(top("push @over jump invalid over: push 4")).toBe(4n);
  expect(top("push 1 push @over jumpi invalid over: push 4")).toBe(4n);
  expect(top("push 0 push @over jumpi push 4 push @end jump over: invalid end:")).toBe(4n);
  expect(outcome("push 0 jump")).toBe(EVM_OUTCOME.INVALID_JUMP);
  expect(outcome("push 5 jump data 0x605b00")).toBe(EVM_OUTCOME.INVALID_JUMP);
  expect(outcome("push 1 push -1 jumpi")).toBe(EVM_OUTCOME.INVALID_JUMP);
  expect(outcome("push @a push 0 calldataload xor jump a: stop")).toBe(OUTCOME.OK);
});

test("a function that calls itself keeps its results and its stack bounded", () => {
  const text = `push @end push 10 push @sum jump
    sum: dup1 iszero push @zero jumpi dup1 push @back swap1 push 1 swap1 sub push @sum jump
    back: add swap1 jump
    zero: swap1 jump
    end:`;
  expect(top(text)).toBe(55n);
  expect(isTrap(outcome(text.replace("push 10", "push 1000")))).toBe(true);
});

test("stack faults come before gas faults, in order", () => {
  expect(outcome("add", { gas: 0n })).toBe(OUTCOME.STACK_UNDERFLOW);
  expect(outcome("push 1 add", { gas: 0n })).toBe(OUTCOME.OUT_OF_GAS);
  expect(outcome("a: push 1 push @a jump")).toBe(OUTCOME.STACK_OVERFLOW);
  expect(outcome("a: push @a jump")).toBe(OUTCOME.OUT_OF_GAS);
});

test("huge offsets are free with length 0 and fatal otherwise", () => {
  expect(outcome("push 0 push -1 return")).toBe(OUTCOME.OK);
  expect(outcome("push 1 push -1 return")).toBe(OUTCOME.OUT_OF_GAS);
  expect(outcome("push -1 mload")).toBe(OUTCOME.OUT_OF_GAS);
  expect(outcome("push 1 push 0x7fffffff mstore", { gas: 2n ** 53n - 1n })).toBe(
    OUTCOME.OUT_OF_GAS,
  );
});

test("revert keeps output and gas, invalid takes all gas", () => {
  const reverted = run("push 0xaa push 0 mstore8 push 1 push 0 revert").result;
  expect(reverted.outcome).toBe(OUTCOME.REVERT);
  expect([...reverted.output]).toEqual([0xaa]);
  expect(run("invalid").result.gasUsed).toBe(1_000_000n);
  expect(outcome("data 0x0c")).toBe(EVM_OUTCOME.INVALID_OPCODE);
});

test("instructions exist from their fork on", () => {
  expect(outcome("push0", { fork: "london" })).toBe(EVM_OUTCOME.INVALID_OPCODE);
  expect(outcome("push0", { fork: "shanghai" })).toBe(OUTCOME.OK);
  expect(outcome("push 1 clz", { fork: "prague" })).toBe(EVM_OUTCOME.INVALID_OPCODE);
});

test("a static frame changes nothing", () => {
  for (const text of [
    "push 1 push 1 sstore",
    "push 1 push 1 tstore",
    "push 0 push 0 log0",
    "push 0 selfdestruct",
  ]) {
    expect(outcome(text, { isStatic: true })).toBe(EVM_OUTCOME.STATIC_VIOLATION);
  }
  expect(outcome("push 0 push 0 push 0 create", { isStatic: true })).toBe(
    EVM_OUTCOME.STATIC_VIOLATION,
  );
  expect(outcome("push 0 push 0 push 0 push 0 push 1 push 9 gas call", { isStatic: true })).toBe(
    EVM_OUTCOME.STATIC_VIOLATION,
  );
});
