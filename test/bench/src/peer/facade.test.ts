import { type CallOptions, Evm } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { Common, Mainnet } from "@ethereumjs/common";
import { createEVM } from "@ethereumjs/evm";
import { SimpleStateManager } from "@ethereumjs/statemanager";
import { Account, Address } from "@ethereumjs/util";
import { expect, test } from "vitest";

const CALLER = new Uint8Array(20).fill(0xaa);
const TO = new Uint8Array(20).fill(0xcc);
const fill = (value: number): Uint8Array => new Uint8Array(32).fill(value);

const CODES: Readonly<Record<string, string>> = {
  "counts in a slot":
    "push0 sload push1 1 add dup1 push0 sstore push0 mstore push1 32 push0 return",
  "clears a slot": "push0 push1 1 sstore",
  "logs its calldata": "push0 calldataload push0 mstore push1 5 push1 6 push1 32 push0 log2",
  "reverts with its caller": "caller push0 mstore push1 32 push0 revert",
  "sees value and balance": "callvalue selfbalance add push0 mstore push1 32 push0 return",
  "jumps nowhere": "push1 3 jump",
  hashes: "push1 64 push0 keccak256 push0 mstore push1 32 push0 return",
};

/** The peer's EVM with the same two accounts. */
async function openPeer(code: Uint8Array) {
  const common = new Common({ chain: Mainnet, hardfork: "cancun" });
  const stateManager = new SimpleStateManager({ common });
  const evm = await createEVM({ common, stateManager });
  await stateManager.putAccount(new Address(CALLER), new Account(0n, 1000n));
  await stateManager.putAccount(new Address(TO), new Account());
  await stateManager.putCode(new Address(TO), code);
  await stateManager.putStorage(new Address(TO), fill(0).with(31, 1), fill(7));
  return { evm, stateManager };
}

test.each(Object.entries(CODES))(
  "a contract that %s answers runCall as in @ethereumjs/evm, call after call",
  async (_, text) => {
    const code = assemble(text);
    const { evm: peer, stateManager } = await openPeer(code);
    const evm = new Evm({ fork: "cancun" });
    evm.putAccount(CALLER, { balance: 1000n });
    evm.putAccount(TO, { code, storage: [[1n, BigInt(`0x${"07".repeat(32)}`)]] });
    for (const value of [0n, 10n]) {
      const call: CallOptions = {
        caller: CALLER,
        to: TO,
        data: fill(9),
        value,
        gasLimit: 100_000n,
      };
      const ours = evm.runCall(call);
      peer.journal.cleanup();
      stateManager.originalStorageCache.clear();
      const { execResult: theirs } = await peer.runCall({
        caller: new Address(CALLER),
        to: new Address(TO),
        data: fill(9),
        value,
        gasLimit: 100_000n,
      });
      expect(ours.ok).toBe(theirs.exceptionError === undefined);
      expect(ours.executionGasUsed).toBe(theirs.executionGasUsed);
      expect(ours.gasRefund).toBe(ours.ok ? (theirs.gasRefund ?? 0n) : 0n);
      expect(ours.returnValue).toEqual(new Uint8Array(theirs.returnValue));
      const logs = (theirs.logs ?? []).map(([account, topics, data]) => ({
        account,
        topics,
        data,
      }));
      expect(ours.logs.map(({ account, topics, data }) => ({ account, topics, data }))).toEqual(
        logs,
      );
    }
  },
);
