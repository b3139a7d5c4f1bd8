import { isDeepStrictEqual } from "node:util";
import { openOurWire } from "../ours/svm-wire.ts";
import { openLitesvmWire } from "../peer/litesvm-wire.ts";
import type { BenchRow } from "../row.ts";
import { type WireAnswer, type WireWorkload, wireWorkloads } from "../workload/svm-wire.ts";
import { runContest } from "./contest.ts";
import type { SuiteOptions } from "./options.ts";

/** Whole transactions from wire bytes: decoded, checked, executed and committed, against litesvm given the same bytes. */
export const wireSuite = ({ effort, note }: SuiteOptions): Promise<BenchRow[]> =>
  runContest<WireWorkload, WireAnswer>({
    ...{ suite: "svm-wire", workloads: wireWorkloads(), ours: openOurWire },
    peers: [openLitesvmWire],
    judge: (_, { isOk, logs }) => (isOk ? undefined : `failed: ${logs.at(-1) ?? "without a log"}`),
    differ: (ours, peer) =>
      isDeepStrictEqual(ours, peer) ? undefined : `the peer left ${describe(peer)}`,
    // Programs are compiled beside their first runs, which takes longer than one run of anything else that is measured.
    effort: { ...effort, warmUpMs: WARM_UP_FACTOR * effort.warmUpMs },
    note,
  });

const WARM_UP_FACTOR = 10;

const describe = ({ computeUnits, accounts }: WireAnswer): string =>
  `${computeUnits} units, accounts ${accounts.join(", ").slice(0, 200)}`;
