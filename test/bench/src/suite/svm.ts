import { openOurSvm } from "../ours/svm.ts";
import { openLitesvm } from "../peer/litesvm.ts";
import type { BenchRow } from "../row.ts";
import { type SvmAnswer, type SvmWorkload, svmWorkloads } from "../workload/svm.ts";
import { runContest } from "./contest.ts";
import type { SuiteOptions } from "./options.ts";

/** Real sBPF programs against litesvm's native JIT: account data, compute units and logs must be equal. */
export async function svmSuite({ cases, effort, note }: SuiteOptions): Promise<BenchRow[]> {
  return runContest<SvmWorkload, SvmAnswer>({
    suite: "svm",
    workloads: svmWorkloads(cases),
    ours: openOurSvm,
    peers: [openLitesvm],
    judge: ({ expect }, answer) => compare("wanted", expect, answer),
    differ: (ours, peer) => compare("the peer", peer, ours),
    effort,
    note,
  });
}

function compare(whose: string, wanted: SvmAnswer, answer: SvmAnswer): string | undefined {
  if (answer.outcome !== wanted.outcome)
    return `ended ${answer.outcome}, ${whose} ${wanted.outcome}`;
  if (answer.computeUnits !== wanted.computeUnits) {
    return `${answer.computeUnits} compute units, ${whose} ${wanted.computeUnits}`;
  }
  const at = wanted.accountData.findIndex((data, index) => data !== answer.accountData[index]);
  if (at >= 0) return `data of account ${at} differs from ${whose}`;
  if (wanted.logs === undefined || answer.logs === undefined) return undefined;
  const line = wanted.logs.findIndex((log, index) => log !== answer.logs?.[index]);
  return line < 0
    ? undefined
    : `log ${line} is ${answer.logs[line]}, ${whose} ${wanted.logs[line]}`;
}
