import { openOurMove } from "../ours/move.ts";
import { openLibmovevm } from "../peer/libmovevm/open.ts";
import { recordedMove } from "../peer/recorded-move.ts";
import { openSuiMove } from "../peer/sui-move.ts";
import type { BenchRow } from "../row.ts";
import { type MoveAnswer, type MoveWorkload, moveWorkloads } from "../workload/move.ts";
import { runContest } from "./contest.ts";
import type { SuiteOptions } from "./options.ts";

/**
 * Kernels in Move against recorded times of the native Rust VM and, where they were installed, against that VM and Sui's in the same
 * rounds: results must be equal. Gas schedules differ.
 */
export async function moveSuite({ cases, effort, note }: SuiteOptions): Promise<BenchRow[]> {
  const workloads = moveWorkloads(cases);
  const inSuisEdition = workloads.every(({ suiSource }) => suiSource !== undefined);
  return runContest<MoveWorkload, MoveAnswer>({
    suite: "move",
    workloads,
    ours: openOurMove,
    peers: [async () => recordedMove(), openLibmovevm, ...(inSuisEdition ? [openSuiMove] : [])],
    judge,
    differ: () => undefined,
    effort,
    note,
  });
}

function judge(workload: MoveWorkload, answer: MoveAnswer): string | undefined {
  if (answer.outcome !== "ok") return `ended with ${answer.result}`;
  if (answer.result === workload.result) return undefined;
  return `returned ${answer.result} instead of ${workload.result}`;
}
