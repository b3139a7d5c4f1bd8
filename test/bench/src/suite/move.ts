import { openOurMove } from "../ours/move.ts";
import { recordedMove } from "../peer/recorded-move.ts";
import type { BenchRow } from "../row.ts";
import { type MoveAnswer, type MoveWorkload, moveWorkloads } from "../workload/move.ts";
import { runContest } from "./contest.ts";
import type { SuiteOptions } from "./options.ts";

/** Kernels in Move against recorded times of the native Rust VM: results must be equal. Gas schedules differ. */
export async function moveSuite({ cases, effort, note }: SuiteOptions): Promise<BenchRow[]> {
  return runContest<MoveWorkload, MoveAnswer>({
    suite: "move",
    workloads: moveWorkloads(cases),
    ours: openOurMove,
    peers: [async () => recordedMove()],
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
