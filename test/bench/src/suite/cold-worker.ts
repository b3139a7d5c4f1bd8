import { parentPort, workerData } from "node:worker_threads";
import { LinearMemory } from "@dragoman/core";
import { Evm, findFork, warmUp } from "@dragoman/frontend-evm";
import type { EvmWorkload } from "../workload/evm.ts";
import { addressBytes, hex } from "../workload/evm.ts";

/** What a first call gave. */
export interface FirstCall {
  readonly ms: number;
  readonly returnValue: string;
  /** Execution gas. */
  readonly gas: bigint;
}

/** A call to be made first. */
export interface FirstOrder {
  readonly workload: EvmWorkload;
  /** Whether the machine has warmed up, with contracts of its own, when the call comes. */
  readonly isWarm: boolean;
}

/** The first call of a contract: only the state is written before. */
function firstCall(workload: EvmWorkload): FirstCall {
  const fork = findFork(workload.fork);
  const evm = new Evm({ memory: new LinearMemory(), ...(fork === undefined ? {} : { fork }) });
  for (const [address, code] of workload.accounts) {
    const balance = workload.balances.get(address) ?? 0n;
    const storage = workload.storage.get(address) ?? [];
    evm.putAccount(addressBytes(address), { code, balance, storage });
  }
  const [caller, to] = [workload.from, workload.to].map(addressBytes) as [Uint8Array, Uint8Array];
  const begin = performance.now();
  const { calldata: data, gasLimit } = workload;
  const result = evm.runCall({ caller, to, data, gasLimit, environment: { gasLimit: 1n << 40n } });
  const ms = performance.now() - begin;
  return { ms, returnValue: hex(result.returnValue), gas: result.executionGasUsed };
}

const { workload, isWarm } = workerData as FirstOrder;
if (isWarm) await warmUp();
parentPort?.postMessage(firstCall(workload));
