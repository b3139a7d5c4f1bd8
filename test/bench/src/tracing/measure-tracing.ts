import { openAnvilNode, openOurNode, type ProtocolNode } from "../protocol/twin-nodes.ts";
import { type EvmWorkload, evmWorkloads, hex, intrinsicGas } from "../workload/evm.ts";

/** Milliseconds of one traced call on both nodes, over HTTP, with what the answer weighs. */
export interface TracingRow {
  readonly workload: string;
  readonly tracer: string;
  readonly oursMs: number;
  readonly anvilMs: number;
  /** Bytes of our answer. */
  readonly bytes: number;
}

/** What is asked for. The logger without stacks is the lightest form that both nodes have. */
const TRACERS = {
  callTracer: { tracer: "callTracer" },
  prestateTracer: { tracer: "prestateTracer" },
  "structLogs without stack": { disableStack: true, disableMemory: true, disableStorage: true },
} as const;

/** Most gas of a call, in either node's RPC. */
const GAS_MAX = 50_000_000n;
const OWNER = new Uint8Array(20).fill(0x0a);
const TIMEOUT = "600s";

/** Shortest of a few calls of each workload under each tracer, both nodes in turn. Workloads beyond {@link GAS_MAX} are left out. */
export async function measureTracing(note: (line: string) => void): Promise<TracingRow[]> {
  const ours = await openOurNode(OWNER);
  const anvil = await openAnvilNode(hex(OWNER));
  if (anvil === undefined) {
    await ours.stop();
    note("anvil is not installed here");
    return [];
  }
  const rows: TracingRow[] = [];
  for (const workload of evmWorkloads()) {
    const gas = (workload.gasExecution ?? 0n) + intrinsicGas(workload.calldata);
    if (gas > GAS_MAX) {
      note(`${workload.name} needs ${gas} gas, calls have ${GAS_MAX}`);
      continue;
    }
    for (const node of [ours, anvil]) await node.rpc.load(workload);
    for (const [tracer, options] of Object.entries(TRACERS)) {
      const request = requestOf(workload, { ...options, timeout: TIMEOUT });
      const [mine, theirs] = [await best(ours, request), await best(anvil, request)];
      const { ms: oursMs, bytes } = mine;
      rows.push({ workload: workload.name, tracer, oursMs, anvilMs: theirs.ms, bytes });
      note(`${workload.name} ${tracer}: ${oursMs.toFixed(1)} ms, anvil ${theirs.ms.toFixed(1)} ms`);
    }
  }
  await ours.stop();
  await anvil.stop();
  return rows;
}

function requestOf(workload: EvmWorkload, options: object): string {
  const { from, to, calldata } = workload;
  const call = { from, to, data: hex(calldata), gas: `0x${GAS_MAX.toString(16)}` };
  const params = [call, "latest", options];
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method: "debug_traceCall", params });
}

/** Calls of a row: so many, but no more once they have taken so long; two at the least. */
const RUNS_MAX = 25;
const BUDGET_MS = 4000;

async function best(node: ProtocolNode, request: string): Promise<{ ms: number; bytes: number }> {
  let ms = Number.POSITIVE_INFINITY;
  let bytes = 0;
  const start = performance.now();
  const isDone = (runs: number): boolean =>
    runs === RUNS_MAX || (runs >= 2 && performance.now() - start > BUDGET_MS);
  for (let runs = 0; !isDone(runs); runs++) {
    const begin = performance.now();
    const reply = await node.send(request);
    ms = Math.min(ms, performance.now() - begin);
    if (reply.includes('"error":{"code"')) throw new Error(`${node.name}: ${reply.slice(0, 300)}`);
    bytes = reply.length;
  }
  return { ms, bytes };
}
