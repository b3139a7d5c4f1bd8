import { readFileSync } from "node:fs";
import { decodeBase58, decodeHex, encodeHex } from "@dragoman/bytes";
import { encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { assemble, link } from "@dragoman/frontend-sbpf/asm";
import { createMachine, encodeCall, encodePortalCall, type Machine } from "@dragoman/vm";
import solc from "solc";
import { beforeAll, expect, test } from "vitest";

/** A Solidity contract that keeps a total and prices every addition by a Solana program. */
const LEDGER = `
pragma solidity ^0.8.20;
import {Portal} from "Portal.sol";

contract Ledger {
  uint256 public total;

  function add(bytes calldata program, bytes calldata payload, bool mustWork) external returns (uint64 answer) {
    total += 1;
    bytes memory message = Portal.encode(Portal.SVM, 0, program, payload);
    if (!mustWork) {
      try this.forward(message) returns (uint64 value) { return value; } catch { return 0; }
    }
    return forward(message);
  }

  function forward(bytes memory message) public returns (uint64 answer) {
    bytes memory output = Portal.call(message);
    for (uint256 i; i < 8; i++) answer |= uint64(uint8(output[i])) << uint64(8 * i);
  }
}`;

/** Hands its instruction data to the portal and the answer back as return data. */
const PROGRAM = link(
  assemble(`
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
    exit`),
);

const VAULT = encodeModule(
  assembleModule(`
  module 0xb0b.vault {
    struct Vault has key { coins: u64 }
    public open(account: &signer, coins: u64): u64 bytecode {
      CopyLoc coins; LdU64 1000; Gt; BrTrue refused
      MoveLoc account; CopyLoc coins; Pack Vault; MoveTo Vault
      MoveLoc coins; LdU64 3; Mul; Ret
    refused:
      MoveLoc account; Pop; LdU64 77; Abort
    }
  }`),
);

let runtime: Uint8Array;

beforeAll(() => {
  const portal = readFileSync(
    new URL("../../../packages/vm/portal/Portal.sol", import.meta.url),
    "utf8",
  );
  const input = {
    language: "Solidity",
    sources: { "Ledger.sol": { content: LEDGER }, "Portal.sol": { content: portal } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: "cancun",
      outputSelection: { "*": { "*": ["evm.deployedBytecode.object"] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  runtime = decodeHex(`0x${output.contracts["Ledger.sol"].Ledger.evm.deployedBytecode.object}`);
}, 60_000);

function world(): { machine: Machine; contract: string; program: Uint8Array } {
  const machine = createMachine();
  machine.install("move", VAULT);
  const program = decodeBase58(machine.install("svm", PROGRAM).slice(4));
  return { machine, contract: machine.install("evm", runtime), program };
}

function add(coins: number, mustWork: boolean) {
  const { machine, contract, program } = world();
  const bytes = Uint8Array.of(1, 8, coins & 0xff, coins >> 8, 0, 0, 0, 0, 0, 0);
  const target = new TextEncoder().encode("0xb0b::vault::open");
  const payload = encodePortalCall({ vm: "move", gas: 0n, target, accounts: [], input: bytes });
  const input = encodeCall("add(bytes,bytes,bool)", [
    encodeHex(program),
    encodeHex(payload),
    mustWork,
  ]);
  const before = machine.changes().length;
  const receipt = machine.execute({ vm: "evm", program: contract, input, gasLimit: 10_000_000n });
  return {
    receipt,
    changed: machine
      .changes()
      .slice(before)
      .map(({ domain }) => domain),
  };
}

test("Solidity calls a Solana program, which calls a Move module, in one transaction", () => {
  const { receipt, changed } = add(500, true);
  expect(receipt.failure).toBeUndefined();
  expect(BigInt(encodeHex(receipt.output))).toBe(1500n);
  expect(changed).toEqual(expect.arrayContaining(["evm.storage", "move.resource"]));
});

test("an abort in Move undoes the Solidity contract's own write", () => {
  const { receipt, changed } = add(5000, true);
  expect(receipt.outcomeName).toBe("REVERT");
  expect(changed).toEqual([]);
});

test("a contract that catches the failure keeps its write and loses theirs", () => {
  const { receipt, changed } = add(5000, false);
  expect(receipt.ok).toBe(true);
  expect(changed).toContain("evm.storage");
  expect(changed).not.toContain("move.resource");
});
