import { decodeHex, encodeHex } from "@dragoman/bytes";
import { Evm, findFork } from "@dragoman/frontend-evm";
import { createMachine } from "@dragoman/vm";

/** A workload's file as JSON. */
export interface WorkloadJson {
  readonly from: string;
  readonly to: string;
  readonly calldata: string;
  readonly gasLimit: string;
  readonly fork: string;
  readonly accounts: Readonly<Record<string, string>>;
  readonly balances?: Readonly<Record<string, string>>;
}

/** What a browser answers, in values that go between threads. */
export interface PageAnswer {
  readonly outcome: string;
  readonly returnValue: string;
  readonly gas: string;
  readonly tier: string;
  /** Of the second run. */
  readonly ms: number;
}

/** Runs a workload in this thread of a browser. */
export function runWorkload(
  workload: WorkloadJson,
  tier: "interpret" | "compile" | "auto",
): PageAnswer {
  const run = (): PageAnswer => {
    const fork = findFork(workload.fork);
    const evm = new Evm({ tier, ...(fork === undefined ? {} : { fork }) });
    for (const [address, code] of Object.entries(workload.accounts)) {
      const balance = BigInt(workload.balances?.[address] ?? 0);
      evm.putAccount(decodeHex(address), { code: decodeHex(code), balance });
    }
    const [caller, to, data] = [workload.from, workload.to, workload.calldata].map(decodeHex);
    if (caller === undefined || to === undefined || data === undefined) throw new Error("fields");
    const begin = performance.now();
    const result = evm.runCall({ caller, to, data, gasLimit: BigInt(workload.gasLimit) });
    return {
      outcome: result.exceptionError ?? "ok",
      returnValue: encodeHex(result.returnValue),
      gas: `${result.executionGasUsed}`,
      tier: result.tier,
      ms: performance.now() - begin,
    };
  };
  run();
  return run();
}

/** Runs bytecode through the machine of three frontends. */
export function runOnMachine(code: string, input: string): PageAnswer {
  const machine = createMachine({ tier: "compile" });
  const begin = performance.now();
  const receipt = machine.execute({ vm: "evm", code: decodeHex(code), input: decodeHex(input) });
  return {
    outcome: receipt.ok ? "ok" : receipt.outcomeName,
    returnValue: encodeHex(receipt.output),
    gas: `${receipt.gasUsed}`,
    tier: receipt.tier,
    ms: performance.now() - begin,
  };
}

/** What the page and a worker call by name. */
export interface PageFunctions {
  readonly runWorkload: typeof runWorkload;
  readonly runOnMachine: typeof runOnMachine;
}

(globalThis as { dragoman?: PageFunctions }).dragoman = { runWorkload, runOnMachine };
