import { FaultError } from "@dragoman/fault";
import { type Absent, type Contender, isAbsent, type Loaded, type Opener } from "../contender.ts";
import { type Effort, measure } from "../measure.ts";
import { type BenchRow, benchRow, ratioOf, type Without } from "../row.ts";

/** Workloads of one kind, this machine, and the peers that run them too. */
export interface Contest<W extends { readonly name: string }, A> {
  readonly suite: string;
  readonly workloads: readonly W[];
  readonly ours: Opener<W, A>;
  readonly peers: readonly Opener<W, A>[];
  /** This machine with something switched off, a column of its own. */
  readonly without?: { readonly what: string; readonly open: Opener<W, A> };
  /** What is wrong with an answer, in one line; undefined = nothing. */
  judge(workload: W, answer: A): string | undefined;
  /** How our answer and a peer's differ; undefined = they do not. */
  differ(ours: A, peer: A): string | undefined;
  readonly effort: Effort;
  readonly note: (line: string) => void;
}

/** A contender on one workload: ready, or out of it for a reason. */
type Entry<A> =
  | {
      readonly name: string;
      readonly loaded: Loaded<A>;
      readonly answer: A;
      readonly answerMs: number;
    }
  | { readonly name: string; readonly why: string; readonly isAbsent: boolean };

/** One row for each workload and peer. Answers are compared before anything is timed; everybody is timed in turns. */
export async function runContest<W extends { readonly name: string }, A>(
  contest: Contest<W, A>,
): Promise<BenchRow[]> {
  const ours = await contest.ours();
  const peers = await Promise.all(contest.peers.map((open) => open()));
  const without = await contest.without?.open();
  const rows: BenchRow[] = [];
  try {
    for (const workload of contest.workloads) {
      contest.note(`${contest.suite}: ${workload.name}`);
      rows.push(...(await workloadRows(contest, workload, ours, peers, without)));
    }
  } finally {
    for (const contender of [ours, ...peers, without]) {
      if (contender !== undefined && !isAbsent(contender)) await contender.close();
    }
  }
  return rows;
}

async function workloadRows<W extends { readonly name: string }, A>(
  contest: Contest<W, A>,
  workload: W,
  ours: Contender<W, A> | Absent,
  peers: readonly (Contender<W, A> | Absent)[],
  without: Contender<W, A> | Absent | undefined,
): Promise<BenchRow[]> {
  const entries: Entry<A>[] = [];
  for (const contender of [ours, ...peers]) entries.push(await enter(workload, contender));
  const bare = without === undefined ? undefined : await enter(workload, without);
  const all = bare === undefined ? entries : [...entries, bare];
  const ready = all.filter((entry) => "loaded" in entry);
  const times = await measure(ready, contest.effort);
  const time = (entry: Entry<A>): number | null =>
    "loaded" in entry ? (times[ready.indexOf(entry)] ?? null) : null;
  const [mine, ...others] = entries as [Entry<A>, ...Entry<A>[]];
  return others.map((peer) => {
    const wrong =
      verdict(contest, workload, mine, peer) ??
      (bare === undefined ? undefined : verdict(contest, workload, bare, mine));
    const why = wrong ?? ("why" in peer ? peer.why : undefined);
    const { suite } = contest;
    const figures = { ours: time(mine), peer: time(peer), unit: "ms" };
    const row = { suite, name: workload.name, ...figures, peerName: peer.name };
    const column = bare === undefined ? {} : { without: columnOf(contest, time(bare), time(peer)) };
    return benchRow({ ...row, ...column, ok: wrong === undefined }, why);
  });
}

const columnOf = (
  { without }: { readonly without?: { readonly what: string } },
  ours: number | null,
  peer: number | null,
): Without => ({ what: without?.what ?? "", ours, ratio: ratioOf(ours, peer) });

async function enter<W, A>(workload: W, contender: Contender<W, A> | Absent): Promise<Entry<A>> {
  if (isAbsent(contender)) {
    return { name: contender.name, why: `absent: ${contender.absent}`, isAbsent: true };
  }
  const name = `${contender.name} ${contender.version}`;
  try {
    const loaded = await contender.load(workload);
    const begin = performance.now();
    const answer = await loaded.answer();
    return { name, loaded, answer, answerMs: performance.now() - begin };
  } catch (error) {
    // A contender that cannot run a workload loses its row, not the whole benchmark.
    const why = error instanceof FaultError ? `${error.fault}` : (error as Error).message;
    return { name, why: `failed: ${why}`, isAbsent: false };
  }
}

/** Why a row is not ok; undefined when ours is right and no present peer contradicts it. */
function verdict<W extends { readonly name: string }, A>(
  contest: Contest<W, A>,
  workload: W,
  ours: Entry<A>,
  peer: Entry<A>,
): string | undefined {
  if ("why" in ours) return `ours ${ours.why}`;
  const wrong = contest.judge(workload, ours.answer);
  if (wrong !== undefined) return `ours: ${wrong}`;
  if ("why" in peer) return peer.isAbsent ? undefined : `${peer.name} ${peer.why}`;
  const peerWrong = contest.judge(workload, peer.answer);
  if (peerWrong !== undefined) return `${peer.name}: ${peerWrong}`;
  return contest.differ(ours.answer, peer.answer);
}
