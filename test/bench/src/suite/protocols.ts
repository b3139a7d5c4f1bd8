import { decodeHex } from "@dragoman/bytes";
import type { Loaded } from "../contender.ts";
import { measure } from "../measure.ts";
import { DEPLOYER, Deployment } from "../protocol/deployment.ts";
import { callByRpc, callInProcess, type HotAnswer, transactions } from "../protocol/hot-call.ts";
import { HOW_TO_GET, missingPackages } from "../protocol/packages.ts";
import type { Protocol } from "../protocol/protocol.ts";
import { PROTOCOLS } from "../protocol/protocols.ts";
import { openAnvilNode, openOurNode, type ProtocolNode } from "../protocol/twin-nodes.ts";
import { type BenchRow, benchRow, ratioOf } from "../row.ts";
import type { SuiteOptions } from "./options.ts";

const SUITE = "evm-protocols";

/**
 * Protocols that others wrote, deployed from their artefacts on our node and on anvil by the same signed transactions. Three rows each: the
 * call in this process, by eth_call, and as a transaction; each kind is a suite.
 */
export async function protocolSuite(options: SuiteOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const protocol of PROTOCOLS) {
    options.note(`${SUITE}: ${protocol.name}`);
    rows.push(...(await protocolRows(protocol, options)));
  }
  return rows;
}

async function protocolRows(protocol: Protocol, options: SuiteOptions): Promise<BenchRow[]> {
  const missing = missingPackages(protocol.packages);
  if (missing.length > 0) {
    return [rowOf(protocol.name, "anvil", true, `absent: protocols are fetched by ${HOW_TO_GET}`)];
  }
  const ours = await openOurNode(decodeHex(DEPLOYER.address));
  const anvil = await openAnvilNode(DEPLOYER.address);
  const nodes: readonly ProtocolNode[] = anvil === undefined ? [ours] : [ours, anvil];
  const peer = anvil?.name ?? "anvil";
  try {
    const deployment = new Deployment(nodes);
    const hot = await protocol.deploy(deployment);
    const others = anvil === undefined ? [] : [callByRpc(anvil, hot)];
    const calls = [
      callInProcess(ours, hot, true),
      callInProcess(ours, hot, false),
      callByRpc(ours, hot),
      ...others,
    ];
    const [inProcess, anew, byRpc, theirs] = await race(calls, options);
    const mined = await Promise.all(nodes.map((node) => transactions(node, deployment, hot)));
    const [sent, theirSent] = await race(mined, options);
    const what = "remembered digests";
    const without = { what, ours: anew, ratio: ratioOf(anew, theirs) };
    const row = (kind: string, mine: number | null, other: number | null) =>
      benchRow({
        ...{
          suite: `${SUITE}-${kind}`,
          name: protocol.name,
          peerName: peer,
          unit: "ms",
          ok: true,
        },
        ...{ ours: mine, peer: other },
        ...(kind === "call" ? { without } : {}),
      });
    return [
      row("call", inProcess, theirs),
      row("eth_call", byRpc, theirs),
      row("transaction", sent, theirSent),
    ];
  } catch (error) {
    return [rowOf(protocol.name, peer, false, (error as Error).message)];
  } finally {
    for (const node of nodes) await node.stop();
  }
}

const rowOf = (name: string, peerName: string, ok: boolean, note: string): BenchRow =>
  benchRow({ suite: SUITE, name, ours: null, peer: null, peerName, unit: "ms", ok }, note);

/** Least times, ms, after all gave the same answer. */
async function race(
  contenders: readonly Loaded<HotAnswer>[],
  { effort }: SuiteOptions,
): Promise<[number, number, number, number | null]> {
  const runners: { loaded: Loaded<HotAnswer>; answerMs: number }[] = [];
  let first: HotAnswer | undefined;
  for (const loaded of contenders) {
    const begin = performance.now();
    const answer = await loaded.answer();
    runners.push({ loaded, answerMs: performance.now() - begin });
    first ??= answer;
    if (answer !== first) throw new Error(`answers differ: ${first} and ${answer}`);
  }
  const times = await measure(runners, effort);
  return times as [number, number, number, number | null];
}
