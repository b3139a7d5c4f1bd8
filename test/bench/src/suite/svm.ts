import { join } from "node:path";
import { openOurSvm } from "../ours/svm.ts";
import { openLitesvm } from "../peer/litesvm.ts";
import { installedElf, TOKEN } from "../peer/litesvm-programs.ts";
import type { BenchRow } from "../row.ts";
import { standardFolder } from "../workload/folder.ts";
import {
  type SvmAnswer,
  type SvmWorkload,
  svmWorkloads,
  transferWorkload,
} from "../workload/svm.ts";
import { runContest } from "./contest.ts";
import type { SuiteOptions } from "./options.ts";
import { snapshotRow } from "./svm-snapshot.ts";
import { wireSuite } from "./svm-wire.ts";

/**
 * Real sBPF programs against litesvm's native JIT: account data, compute units and logs must be equal. A token transfer, where litesvm
 * runs a whole transaction around the instruction, counts as a suite of its own, as do whole transactions on both sides and snapshots.
 */
export async function svmSuite(options: SuiteOptions): Promise<BenchRow[]> {
  const rows = await contest("svm", svmWorkloads(options.cases), options);
  const elf = await installedElf(TOKEN);
  if (elf === undefined) return rows;
  rows.push(...(await wireSuite(options)), await snapshotRow(options));
  const standard = standardFolder();
  if (standard === undefined) return rows;
  const transfer = transferWorkload(join(standard, "svm"), elf);
  if (transfer === undefined) return rows;
  return [...rows, ...(await contest("svm-transaction", [transfer], options))];
}

function contest(
  suite: string,
  workloads: readonly SvmWorkload[],
  { effort, note }: SuiteOptions,
): Promise<BenchRow[]> {
  return runContest<SvmWorkload, SvmAnswer>({
    suite,
    workloads,
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
