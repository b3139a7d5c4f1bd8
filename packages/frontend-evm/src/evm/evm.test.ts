import { assemble } from "@dragoman/frontend-evm/asm";
import { describe, expect, test } from "vitest";
import { Evm } from "./evm.ts";

const CALLER = new Uint8Array(20).fill(0xaa);
const TO = new Uint8Array(20).fill(0xcc);
const word = (value: number): Uint8Array => new Uint8Array(32).fill(value, 31);
const address = (last: number): Uint8Array => new Uint8Array(20).fill(last, 19);

describe.each(["interpret", "compile"] as const)("the EVM alone, tier %s", (tier) => {
  test("what a call wrote stays for the next, which begins cold again", () => {
    const evm = new Evm({ fork: "cancun", tier });
    evm.putAccount(TO, { code: assemble("push0 sload push1 1 add push0 sstore") });
    const gas = [1, 2].map(() => evm.runCall({ to: TO }).executionGasUsed);
    // push0 2, sload 2100, push1 3, add 3, push0 2, then sstore: 20000 from zero, 2900 from another value (EIP-2200, 2929)
    expect(gas).toEqual([22_110n, 5_010n]);
    expect(evm.getStorage(TO, 0n)).toBe(2n);
  });

  test("a revert gives its data and takes back writes, value and logs", () => {
    const evm = new Evm({ fork: "cancun", tier });
    evm.putAccount(CALLER, { balance: 5n });
    const code = assemble(
      "push1 1 push0 sstore push0 push0 log0 push1 9 push0 mstore push1 32 push0 revert",
    );
    evm.putAccount(TO, { code });
    const result = evm.runCall({ caller: CALLER, to: TO, value: 3n });
    expect(result).toMatchObject({ ok: false, exceptionError: "REVERT", returnValue: word(9) });
    expect([result.logs, result.gasRefund]).toEqual([[], 0n]);
    expect([evm.getStorage(TO, 0n), evm.getAccount(CALLER).balance]).toEqual([0n, 5n]);
  });

  test("value that the caller has not is refused and costs nothing", () => {
    const result = new Evm({ tier }).runCall({ caller: CALLER, to: TO, value: 1n });
    expect(result).toMatchObject({ exceptionError: "INSUFFICIENT_BALANCE", executionGasUsed: 0n });
  });

  test("a static call that writes fails with all its gas", () => {
    const evm = new Evm({ tier });
    const code = assemble("push1 1 push0 sstore");
    const result = evm.runCode({ code, gasLimit: 50_000n, isStatic: true });
    expect(result).toMatchObject({ exceptionError: "STATIC_VIOLATION", executionGasUsed: 50_000n });
  });

  test("clearing a slot earns the refund of EIP-3529", () => {
    const evm = new Evm({ fork: "cancun", tier });
    evm.putAccount(TO, { code: assemble("push0 push0 sstore"), storage: [[0n, 1n]] });
    expect(evm.runCall({ to: TO }).gasRefund).toBe(4_800n);
  });

  test("no target: the data is initcode, and its output becomes code at CREATE's address", () => {
    const evm = new Evm({ fork: "cancun", tier });
    // Returns the one byte 00.
    const data = assemble("push1 1 push0 return");
    const result = evm.runCall({ caller: CALLER, data });
    // push1 3, push0 2, memory 3, deposit 200 (the intrinsic gas of a creation is the transaction's)
    expect(result.executionGasUsed).toBe(208n);
    expect(evm.getAccount(result.createdAddress ?? TO)).toEqual({
      balance: 0n,
      nonce: 1n,
      code: new Uint8Array(1),
    });
    expect(evm.getAccount(CALLER).nonce).toBe(1n);
  });

  test("a creation whose code begins with 0xef fails (EIP-3541)", () => {
    const evm = new Evm({ tier });
    const data = assemble("push1 0xef push0 mstore8 push1 1 push0 return");
    const result = evm.runCall({ caller: CALLER, data, gasLimit: 10_000n });
    expect(result).toMatchObject({ exceptionError: "OUT_OF_GAS", executionGasUsed: 10_000n });
    expect(result.createdAddress).toBeUndefined();
  });

  test("a precompile answers a call of its address, and fails without gas", () => {
    const evm = new Evm({ tier });
    const data = Uint8Array.of(1, 2, 3);
    // Identity: 15 and 3 a word.
    expect(evm.runCall({ to: address(4), data })).toMatchObject({
      executionGasUsed: 18n,
      returnValue: data,
    });
    expect(evm.runCall({ to: address(4), data, gasLimit: 17n }).exceptionError).toBe(
      "PRECOMPILE_FAILURE",
    );
  });

  test("a delegated account runs its delegate's code on its own storage (EIP-7702)", () => {
    const evm = new Evm({ fork: "prague", tier });
    evm.putAccount(TO, { code: assemble("push1 5 push0 sstore") });
    evm.putAccount(CALLER, { code: Uint8Array.of(0xef, 1, 0, ...TO) });
    expect(evm.runCall({ to: CALLER }).ok).toBe(true);
    expect([evm.getStorage(CALLER, 0n), evm.getStorage(TO, 0n)]).toEqual([5n, 0n]);
  });
});
