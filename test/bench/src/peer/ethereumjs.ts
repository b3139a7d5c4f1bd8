import type { Absent, Contender, Loaded } from "../contender.ts";
import { type EvmAnswer, type EvmWorkload, hex } from "../workload/evm.ts";
import { installedVersion } from "./installed.ts";

/** @ethereumjs/evm in this process: `runCall` on its simple in-memory state, no transaction around it. */
export async function openEthereumJs(): Promise<Contender<EvmWorkload, EvmAnswer> | Absent> {
  const name = "@ethereumjs/evm";
  const version = installedVersion(name);
  if (version === undefined) return { name, absent: "the package is not installed" };
  return { name, version, load, close: async () => {} };
}

async function load(workload: EvmWorkload): Promise<Loaded<EvmAnswer>> {
  const { createEVM } = await import("@ethereumjs/evm");
  const { Common, Mainnet } = await import("@ethereumjs/common");
  const { SimpleStateManager } = await import("@ethereumjs/statemanager");
  const { Account, createAddressFromString, setLengthLeft } = await import("@ethereumjs/util");
  const common = new Common({ chain: Mainnet, hardfork: workload.fork });
  const stateManager = new SimpleStateManager({ common });
  const evm = await createEVM({ common, stateManager });
  const word = (value: bigint): Uint8Array =>
    setLengthLeft(Buffer.from(value.toString(16).padStart(64, "0"), "hex"), 32);
  await stateManager.putAccount(
    createAddressFromString(workload.from),
    new Account(0n, 10n ** 24n),
  );
  for (const [address, code] of workload.accounts) {
    const at = createAddressFromString(address);
    await stateManager.putAccount(at, new Account(0n, workload.balances.get(address) ?? 0n));
    await stateManager.putCode(at, code);
    for (const [slot, value] of workload.storage.get(address) ?? []) {
      await stateManager.putStorage(at, word(slot), word(value));
    }
  }
  const caller = createAddressFromString(workload.from);
  const call = {
    caller,
    origin: caller,
    to: createAddressFromString(workload.to),
    gasLimit: workload.gasLimit,
    data: workload.calldata,
  };
  /** Runs the call; everything it wrote is taken back. */
  const run = async () => {
    await stateManager.checkpoint();
    evm.journal.cleanup();
    // A transaction begins with its sender and target warm (EIP-2929); runCall leaves that to its caller.
    evm.journal.addWarmedAddress(call.caller.bytes);
    evm.journal.addWarmedAddress(call.to.bytes);
    const { execResult } = await evm.runCall(call);
    await stateManager.revert();
    return execResult;
  };
  return {
    once: async () => {
      const begin = performance.now();
      await run();
      return performance.now() - begin;
    },
    answer: async () => {
      const result = await run();
      const error = result.exceptionError?.error;
      const outcome = error === undefined ? "ok" : error === "revert" ? "revert" : "trap";
      const { executionGasUsed: gas, gasRefund: refund = 0n } = result;
      return { outcome, returnValue: hex(result.returnValue), gas, refund };
    },
  };
}
