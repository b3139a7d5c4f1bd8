import { OURS } from "../ours/name.ts";
import { findAnvil, startAnvil } from "../peer/anvil-process.ts";
import { JsonRpcEvm } from "../peer/json-rpc-evm.ts";
import { type BenchRow, benchRow } from "../row.ts";
import { type EvmWorkload, evmWorkloads, ownEvmWorkloads } from "../workload/evm.ts";
import { answerOfThread } from "./answer-of-thread.ts";
import type { FirstCall, FirstOrder } from "./cold-worker.ts";
import type { SuiteOptions } from "./options.ts";

/** A process that has started and warmed up, and a thread that has run nothing yet. */
const SUITES = [
  { suite: "evm-first", isWarm: true },
  { suite: "evm-cold", isWarm: false },
] as const;
const TURNS = 5;

/**
 * The first call of a contract, nothing of it lifted, compiled or cached: a fresh engine against the first eth_call of a fresh anvil. Least of
 * five fresh starts, in turns.
 */
export async function coldSuites({ cases, effort, note }: SuiteOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const turns = Math.min(TURNS, effort.rounds);
  for (const kind of SUITES) {
    for (const workload of [...evmWorkloads(cases), ...ownEvmWorkloads()]) {
      note(`${kind.suite}: ${workload.name}`);
      rows.push(await coldRow(workload, kind, turns));
    }
  }
  return rows;
}

async function coldRow(
  workload: EvmWorkload,
  { suite, isWarm }: (typeof SUITES)[number],
  turns: number,
): Promise<BenchRow> {
  const found = findAnvil();
  const peerName = "absent" in found ? "anvil" : `anvil ${found.version}`;
  const row = { suite, name: workload.name, peerName, unit: "ms" };
  let [ours, peer] = [Infinity, Infinity];
  for (let turn = 0; turn < turns; turn++) {
    const first = await firstCall({ workload, isWarm });
    const wrong = judge(workload, first.returnValue, first.gas);
    if (wrong !== undefined) {
      return benchRow({ ...row, ours: null, peer: null, ok: false }, `${OURS.name} ${wrong}`);
    }
    ours = Math.min(ours, first.ms);
    if ("absent" in found) continue;
    const theirs = await firstPeerCall(found.binary, workload);
    const differs = judge(workload, theirs.returnValue, undefined);
    if (differs !== undefined) {
      return benchRow({ ...row, ours, peer: null, ok: false }, `${peerName} ${differs}`);
    }
    peer = Math.min(peer, theirs.ms);
  }
  const absent = "absent" in found ? `absent: ${found.absent}` : undefined;
  const figures = { ours, peer: absent === undefined ? peer : null };
  return benchRow({ ...row, ...figures, ok: true }, absent);
}

function judge(
  { returnValue, gasExecution }: EvmWorkload,
  answer: string,
  gas: bigint | undefined,
): string | undefined {
  if (returnValue !== undefined && answer !== returnValue) return `returned ${answer.slice(0, 80)}`;
  if (gas === undefined || gasExecution === undefined || gas === gasExecution) return undefined;
  return `took ${gas} gas instead of ${gasExecution}`;
}

const firstCall = (order: FirstOrder): Promise<FirstCall> =>
  answerOfThread("./cold-worker.js", order);

async function firstPeerCall(
  binary: string,
  workload: EvmWorkload,
): Promise<{ readonly ms: number; readonly returnValue: string }> {
  const options = ["--hardfork", workload.fork, "--accounts", "1", "--disable-block-gas-limit"];
  const prices = ["--block-base-fee-per-gas", "0", "--gas-price", "0"];
  const { send, stop } = await startAnvil(binary, [...options, ...prices]);
  try {
    const rpc = new JsonRpcEvm(send, "anvil");
    await rpc.install(workload);
    const begin = performance.now();
    const returnValue = await rpc.call(workload);
    return { ms: performance.now() - begin, returnValue };
  } finally {
    await stop();
  }
}
