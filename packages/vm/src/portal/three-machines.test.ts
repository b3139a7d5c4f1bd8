import { decodeBase58, decodeHex, encodeHex } from "@dragoman/bytes";
import { assemble as assembleEvm } from "@dragoman/frontend-evm/asm";
import { encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { assemble as assembleSbpf, link } from "@dragoman/frontend-sbpf/asm";
import { expect, test } from "vitest";
import { createMachine } from "../create-machine.ts";
import { PORTAL_OUTCOME } from "../outcome.ts";
import { encodePortalCall } from "./payload.ts";

/** Writes slot 0, forwards its calldata through the portal, returns or reverts with the answer. */
const CONTRACT = assembleEvm(`
  PUSH1 1 PUSH0 SSTORE
  CALLDATASIZE PUSH0 PUSH0 CALLDATACOPY
  PUSH0 PUSH0 CALLDATASIZE PUSH0 PUSH0 PUSH6 0x706f7274616c GAS CALL
  RETURNDATASIZE PUSH0 PUSH0 RETURNDATACOPY
  PUSH2 @ok JUMPI
  RETURNDATASIZE PUSH0 REVERT
  ok: JUMPDEST RETURNDATASIZE PUSH0 RETURN
`);

/** Sends its instruction data through the portal; the answer becomes its return data, a failure its error. */
const PROGRAM = link(
  assembleSbpf(`
  entrypoint:
    mov64 r6, r10
    add64 r6, -1024
    mov64 r1, r2
    ldxdw r2, [r2-8]
    mov64 r3, r6
    mov64 r4, 512
    mov64 r5, r10
    add64 r5, -8
    syscall sol_portal_call_
    jne r0, 0, done
    mov64 r1, r6
    ldxdw r2, [r10-8]
    syscall sol_set_return_data
    mov64 r0, 0
  done:
    exit
  `),
);

const MODULE = encodeModule(
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

const target = (text: string): Uint8Array => new TextEncoder().encode(text);
const argument = Uint8Array.of(1, 8, 41, 0, 0, 0, 0, 0, 0, 0);

function simulate(fn: string, tier: "interpret" | "compile" = "interpret") {
  const machine = createMachine({ tier });
  const contract = machine.install("evm", CONTRACT);
  const program = machine.install("svm", PROGRAM);
  machine.install("move", MODULE);
  const inner = encodePortalCall({
    vm: "move",
    gas: 0n,
    target: target(fn),
    accounts: [],
    input: argument,
  });
  const outer = encodePortalCall({
    vm: "svm",
    gas: 0n,
    target: decodeBase58(program.slice("svm:".length)),
    accounts: [],
    input: inner,
  });
  const installed = machine.changes().length;
  const receipt = machine.execute({
    vm: "evm",
    program: contract,
    input: outer,
    gasLimit: 5_000_000n,
  });
  return {
    receipt,
    changed: machine
      .changes()
      .slice(installed)
      .map(({ domain }) => domain),
  };
}

test.each(["interpret", "compile"] as const)(
  "a contract calls a Solana program that calls a Move module, in one journal (%s)",
  (tier) => {
    const { receipt, changed } = simulate("0xc0::counter::create", tier);
    expect(receipt.failure).toBeUndefined();
    expect([...receipt.output]).toEqual([42, 0, 0, 0, 0, 0, 0, 0]);
    expect(changed).toEqual(expect.arrayContaining(["evm.storage", "move.resource"]));
    expect(receipt.logs.some(({ vm }) => vm === "sbpf")).toBe(true);
  },
);

test("an abort in the last machine undoes all three, and each caller hears of it", () => {
  const { receipt, changed } = simulate("0xc0::counter::fail");
  expect(receipt.outcomeName).toBe("REVERT");
  expect(encodeHex(receipt.output.subarray(30))).toBe("0x0140");
  expect(changed).toEqual([]);
});

test("both tiers use the same gas across the machines", () => {
  expect(simulate("0xc0::counter::create", "compile").receipt.gasUsed).toBe(
    simulate("0xc0::counter::create").receipt.gasUsed,
  );
});

test("a machine that is already on the stack cannot be entered again", () => {
  const machine = createMachine();
  const contract = machine.install("evm", CONTRACT);
  const program = machine.install("svm", PROGRAM);
  const back = encodePortalCall({
    vm: "evm",
    gas: 0n,
    target: decodeHex(contract.slice("evm:".length)),
    accounts: [],
    input: new Uint8Array(0),
  });
  const outer = encodePortalCall({
    vm: "svm",
    gas: 0n,
    target: decodeBase58(program.slice("svm:".length)),
    accounts: [],
    input: back,
  });
  const receipt = machine.execute({ vm: "evm", program: contract, input: outer });
  expect(receipt.ok).toBe(false);
  const lines = receipt.logs.map(({ data }) => new TextDecoder().decode(data));
  const code = PORTAL_OUTCOME.PORTAL_REENTRANCY.toString(16);
  expect(lines.join("\n")).toContain(`custom program error: 0x${code}`);
});
