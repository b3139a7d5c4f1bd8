import type { Absent, Contender } from "../contender.ts";
import type { EvmAnswer, EvmWorkload } from "../workload/evm.ts";
import { findAnvil, startAnvil } from "./anvil-process.ts";
import { JsonRpcEvm } from "./json-rpc-evm.ts";

/**
 * anvil (native revm) as a child process on a free port of 127.0.0.1, one for each hard fork that workloads ask for.
 * An eth_call is timed; an empty one is subtracted.
 */
export async function openAnvil(): Promise<Contender<EvmWorkload, EvmAnswer> | Absent> {
  const found = findAnvil();
  if ("absent" in found) return found;
  const nodes = new Map<string, Node>();
  const close = async (): Promise<void> => {
    await Promise.all([...nodes.values()].map((node) => node.stop()));
  };
  const load = async (workload: EvmWorkload) => {
    const node = nodes.get(workload.fork) ?? (await startNode(found.binary, workload.fork));
    nodes.set(workload.fork, node);
    return node.rpc.load(workload);
  };
  return { name: "anvil", version: found.version, load, close };
}

interface Node {
  readonly rpc: JsonRpcEvm;
  stop(): Promise<void>;
}

/** A node without fees and without a limit of gas. */
async function startNode(binary: string, fork: string): Promise<Node> {
  const options = ["--hardfork", fork, "--accounts", "1", "--disable-block-gas-limit"];
  const prices = ["--block-base-fee-per-gas", "0", "--gas-price", "0"];
  const { send, stop } = await startAnvil(binary, [...options, ...prices]);
  return { rpc: new JsonRpcEvm(send, "anvil"), stop };
}
