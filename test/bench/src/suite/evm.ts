import { openForgetfulEvm, openOurEvm } from "../ours/evm.ts";
import { openAnvil } from "../peer/anvil.ts";
import { openEdr } from "../peer/edr.ts";
import { openEthereumJs } from "../peer/ethereumjs.ts";
import type { BenchRow } from "../row.ts";
import {
  type EvmAnswer,
  type EvmWorkload,
  evmWorkloads,
  ownEvmWorkloads,
} from "../workload/evm.ts";
import { coldSuites } from "./cold.ts";
import { runContest } from "./contest.ts";
import type { SuiteOptions } from "./options.ts";
import { protocolSuite } from "./protocols.ts";

/**
 * Real solc output against anvil, EDR and @ethereumjs/evm: return value and execution gas must be equal. The standard workloads are the
 * suite `evm`; what they leave out (value, depth, rollback, creation …) is `evm-own`; protocols of others are `evm-protocols`, first calls `evm-first` and `evm-cold`.
 */
export async function evmSuite(options: SuiteOptions): Promise<BenchRow[]> {
  return [
    ...(await contest("evm", evmWorkloads(options.cases), options)),
    ...(await contest("evm-own", ownEvmWorkloads(), options)),
    ...(await protocolSuite(options)),
    ...(await coldSuites(options)),
  ];
}

function contest(
  suite: string,
  workloads: readonly EvmWorkload[],
  { effort, note }: SuiteOptions,
): Promise<BenchRow[]> {
  return runContest<EvmWorkload, EvmAnswer>({
    suite,
    workloads,
    ours: openOurEvm,
    without: { what: "remembered digests", open: openForgetfulEvm },
    peers: [openAnvil, openEdr, openEthereumJs],
    judge,
    differ,
    effort,
    note,
  });
}

function judge(workload: EvmWorkload, answer: EvmAnswer): string | undefined {
  const { returnValue, gasExecution } = workload;
  if (returnValue !== undefined && answer.outcome !== "ok") return `ended with ${answer.outcome}`;
  if (returnValue !== undefined && answer.returnValue !== returnValue) {
    return `returned ${answer.returnValue} instead of ${returnValue}`;
  }
  if (gasExecution === undefined || answer.gas === undefined) return undefined;
  return answer.gas === gasExecution ? undefined : `gas ${answer.gas} instead of ${gasExecution}`;
}

function differ(ours: EvmAnswer, peer: EvmAnswer): string | undefined {
  if (ours.outcome !== peer.outcome) return `ours ended ${ours.outcome}, the peer ${peer.outcome}`;
  if (ours.returnValue !== peer.returnValue) {
    return `ours returned ${ours.returnValue}, the peer ${peer.returnValue}`;
  }
  const comparable = ours.gas !== undefined && peer.gas !== undefined;
  if (comparable && ours.gas !== peer.gas) return `gas ${ours.gas}, the peer's ${peer.gas}`;
  return undefined;
}
