import { type CallRequest, type Journal, MemoryState, OUTCOME } from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import {
  createAddress,
  evmRequest,
  type ForkName,
  readBalance,
  readCode,
  readNonce,
  readStorage,
  writeAccount,
} from "@dragoman/frontend-evm";
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
const FROM = address(9);

/** Runs A's code with B's beside it in all tiers; the journal of the last one can be looked at. */
function run(a: string, b: string, gas = 1_000_000n, fork: ForkName = "cancun") {
  let journal: Journal | undefined;
  const run = runBothTiers(new MemoryState(), (own): CallRequest => {
    journal = own;
    writeAccount(own, A, { code: assemble(a), balance: 100n, nonce: 1n });
    writeAccount(own, B, { code: assemble(b), nonce: 1n });
    own.beginTransaction();
    return evmRequest(own, { from: FROM, to: A, gas, fork });
  });
  return { ...run, journal: journal! };
}

const RETURN_TOP = "push 0 mstore push 32 push 0 return";
/** CALL-like with 32 bytes of output at 32; leaves the flag. */
const call = (name: string, value = "", gas = "gas"): string =>
  `push 32 push 32 push 0 push 0 ${value} push 0x1002 ${gas} ${name}`;
const number = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);

test("a call returns data, gives unused gas back and moves value", () => {
  const { result, journal } = run(
    `${call("call", "push 7")} pop push 32 mload returndatasize add ${RETURN_TOP}`,
    "callvalue push 0 mstore push 32 push 0 return",
  );
  expect(number(result.output)).toBe(7n + 32n);
  expect(readBalance(journal, B)).toBe(7n);
  expect(readBalance(journal, A)).toBe(93n);
});

test("delegatecall and callcode write to the caller's storage, call to the callee's", () => {
  const store = "push 5 push 1 sstore";
  expect(readStorage(run(call("delegatecall"), store).journal, A, 1n)).toBe(5n);
  expect(readStorage(run(call("callcode", "push 0"), store).journal, A, 1n)).toBe(5n);
  expect(readStorage(run(call("call", "push 0"), store).journal, B, 1n)).toBe(5n);
});

test("what a failed callee did is undone, and its gas is gone", () => {
  const { result, journal } = run(
    `${call("call", "push 3", "push 30000")} ${RETURN_TOP}`,
    "push 5 push 1 sstore invalid",
  );
  expect(number(result.output)).toBe(0n);
  expect(readStorage(journal, B, 1n)).toBe(0n);
  expect(readBalance(journal, B)).toBe(0n);
  expect(result.gasUsed).toBeGreaterThan(30_000n);
});

test("a reverted callee hands over its data", () => {
  const { result } = run(
    `${call("staticcall")} pop returndatasize push 0 push 0 returndatacopy returndatasize push 0 return`,
    "push 0xbeef push 0 mstore push 32 push 0 revert",
  );
  expect(number(result.output)).toBe(0xbeefn);
});

test("a static call forbids writing below", () => {
  expect(
    number(run(`${call("staticcall")} ${RETURN_TOP}`, "push 5 push 1 sstore").result.output),
  ).toBe(0n);
});

test("a call with more value than there is fails and costs nothing but its price", () => {
  const { result } = run(`${call("call", "push 101")} ${RETURN_TOP}`, "stop");
  expect(number(result.output)).toBe(0n);
});

test("calls nest 1,024 deep and no deeper", () => {
  const recurse = `push 0 sload push 1 add push 0 sstore push 0 push 0 push 0 push 0 push 0 address gas call stop`;
  const { journal, result } = run(recurse, "stop", 2n ** 50n);
  expect(result.outcome).toBe(OUTCOME.OK);
  expect(readStorage(journal, A, 0n)).toBe(1025n);
});

test("create runs initcode, stores what it returns and counts nonces", () => {
  // initcode: 60ff 6000 53 6001 6000 f3 returns one byte 0xff
  const { result, journal } = run(
    `push32 0x60ff60005360016000f300000000000000000000000000000000000000000000 push 0 mstore push 10 push 0 push 3 create ${RETURN_TOP}`,
    "stop",
  );
  const created = createAddress(A, 1n);
  expect(number(result.output)).toBe(number(created));
  expect([...readCode(journal, created)]).toEqual([0xff]);
  expect(readNonce(journal, created)).toBe(1n);
  expect(readBalance(journal, created)).toBe(3n);
  expect(readNonce(journal, A)).toBe(2n);
});

test("code that begins with 0xef is refused and takes the gas given", () => {
  const { result, journal } = run(
    `push 0x60ef60005360016000f3 push 0 mstore push 10 push 22 push 0 create ${RETURN_TOP}`,
    "stop",
  );
  expect(number(result.output)).toBe(0n);
  expect(readNonce(journal, A)).toBe(2n);
  expect(result.gasUsed).toBeGreaterThan(900_000n);
});

test("self-destruction moves the balance; the account stays since Cancun", () => {
  const { journal } = run("push 0x1002 selfdestruct", "stop");
  expect(readBalance(journal, B)).toBe(100n);
  expect(readBalance(journal, A)).toBe(0n);
  expect(readCode(journal, A).length).toBeGreaterThan(0);
});

test("the identity precompile copies and charges 15 and 3 a word", () => {
  const { result } = run(
    `push 0xabcd push 0 mstore push 32 push 32 push 32 push 0 push 4 gas staticcall pop push 32 mload ${RETURN_TOP}`,
    "stop",
  );
  expect(number(result.output)).toBe(0xabcdn);
});

test("a program that asks for more gas than there is gets all but a 64th", () => {
  const { result } = run(
    `${call("call", "push 0", "push -1")} pop push 32 mload ${RETURN_TOP}`,
    `gas ${RETURN_TOP}`,
  );
  const given = Number(number(result.output));
  expect(given).toBeGreaterThan(970_000);
  expect(given).toBeLessThan(985_000);
});
