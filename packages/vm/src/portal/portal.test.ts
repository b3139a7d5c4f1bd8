import { encodeHex } from "@dragoman/bytes";
import { assemble } from "@dragoman/frontend-evm/asm";
import { encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { expect, test } from "vitest";
import { createMachine } from "../create-machine.ts";
import { PORTAL_OUTCOME } from "../outcome.ts";
import { encodePortalCall, type PortalCall } from "./payload.ts";

/** Stores 1 in slot 0, sends its calldata to the portal, returns what comes back or reverts with it. */
const FORWARDER = assemble(`
  PUSH1 1 PUSH0 SSTORE
  CALLDATASIZE PUSH0 PUSH0 CALLDATACOPY
  PUSH0 PUSH0 CALLDATASIZE PUSH0 PUSH0 PUSH6 0x706f7274616c GAS CALL
  RETURNDATASIZE PUSH0 PUSH0 RETURNDATACOPY
  PUSH2 @ok JUMPI
  RETURNDATASIZE PUSH0 REVERT
  ok: JUMPDEST RETURNDATASIZE PUSH0 RETURN
`);

const COUNTER = encodeModule(
  assembleModule(`
  module 0xc0.counter {
    struct Counter has key { value: u64 }
    public create(account: &signer, value: u64): u64 bytecode {
      MoveLoc account; CopyLoc value; Pack Counter; MoveTo Counter
      MoveLoc value; LdU64 1; Add; Ret
    }
    public fail(code: u64) bytecode { MoveLoc code; Abort }
  }`),
);

const u64 = (value: number): number[] => [value, 0, 0, 0, 0, 0, 0, 0];
const target = (text: string): Uint8Array => new TextEncoder().encode(text);

function simulate(call: Partial<PortalCall>, gasLimit = 1_000_000n) {
  const machine = createMachine();
  const move = machine.install("move", COUNTER);
  const evm = machine.install("evm", FORWARDER);
  expect(move).toBe(`move:0x${"c0".padStart(64, "0")}::counter`);
  const payload = encodePortalCall({
    vm: "move",
    gas: 0n,
    target: target("0xc0::counter::create"),
    accounts: [],
    input: Uint8Array.of(1, 8, ...u64(41)),
    ...call,
  });
  const receipt = machine.execute({ vm: "evm", program: evm, input: payload, gasLimit });
  return { receipt, changed: machine.changes().map(({ domain }) => domain) };
}

test("a contract calls a Move function, and one journal holds what both wrote", () => {
  const { receipt, changed } = simulate({});
  expect(receipt.failure).toBeUndefined();
  expect([...receipt.output]).toEqual(u64(42));
  expect(changed).toContain("evm.storage");
  expect(changed).toContain("move.resource");
});

test("a failure in the callee reaches the contract as its outcome, and a revert undoes both machines", () => {
  const { receipt, changed } = simulate({ target: target("0xc0::counter::fail") });
  expect(receipt.outcomeName).toBe("REVERT");
  expect(encodeHex(receipt.output.subarray(30))).toBe("0x0500");
  expect(changed).not.toContain("evm.storage");
  expect(changed).not.toContain("move.resource");
});

test("an unknown target, an unreadable payload and a call into the caller's own machine are refused", () => {
  const outcome = (call: Partial<PortalCall>): number => {
    const { output } = simulate(call).receipt;
    return (output[30]! << 8) | output[31]!;
  };
  expect(outcome({ target: target("0xc0::nothing::f") })).toBe(PORTAL_OUTCOME.PORTAL_TARGET);
  expect(outcome({ vm: "evm", target: new Uint8Array(20) })).toBe(PORTAL_OUTCOME.PORTAL_REENTRANCY);
  const machine = createMachine();
  const receipt = machine.execute({ vm: "evm", code: FORWARDER, input: Uint8Array.of(9, 9) });
  expect(receipt.output[31]).toBe(PORTAL_OUTCOME.PORTAL_PAYLOAD & 0xff);
});

test("the callee's gas is charged to the contract at the documented rate", () => {
  const { receipt } = simulate({});
  const without = simulate({ target: target("0xc0::nothing::f") }).receipt;
  expect(receipt.gasUsed).toBeGreaterThan(without.gasUsed);
  const starved = simulate({ gas: 1n }).receipt;
  expect(starved.ok).toBe(false);
});
