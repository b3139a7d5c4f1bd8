import { decodeHex, encodeHex } from "@dragoman/bytes";
import { Engine, isOk, LinearMemory } from "@dragoman/core";
import { type Environment, evmRequest, worldOf } from "@dragoman/frontend-evm";
import type { Loaded } from "../contender.ts";
import type { Deployment } from "./deployment.ts";
import { DEPLOYER } from "./deployment.ts";
import type { HotCall } from "./protocol.ts";
import { CHAIN, type OurNode, type ProtocolNode } from "./twin-nodes.ts";

/** Return data, or gas used by each transaction. */
export type HotAnswer = string;

const GAS = 16_000_000n;
const EMPTY_ADDRESS = "0x00000000000000000000000000000000000e0e0e";
/** Calls of one request: a single one is lost in the noise of HTTP. */
const CALLS = 50;
/** Transactions of one block. */
const BATCH = 10;
const BATCH_GAS = 3_000_000n;

/** The call on the state of our ledger, compiled, in this process: what the standard workloads measure too. */
export function callInProcess(
  node: OurNode,
  hot: HotCall,
  remembersDigests: boolean,
): Loaded<HotAnswer> {
  const { blocks, fork } = node.ledger;
  const memory = new LinearMemory(undefined, undefined, remembersDigests);
  const engine = new Engine({ state: blocks.state, tier: "compile", memory });
  const { journal } = engine;
  const world = worldOf(journal);
  const { timestamp, gasLimit, baseFee, number } = blocks.head.header;
  const environment: Partial<Environment> = {
    ...{ gasLimit, baseFee, chainId: BigInt(CHAIN.ID) },
    ...{ timestamp: BigInt(timestamp), number: BigInt(number) },
  };
  const [from, to, input] = [DEPLOYER.address, hot.to, hot.data].map(decodeHex) as [
    ...[Uint8Array, Uint8Array, Uint8Array],
  ];
  const run = () => {
    journal.beginTransaction();
    world.warm(world.account(from));
    world.warm(world.account(to));
    const before = journal.checkpoint();
    const message = { from, to, input, gas: GAS, fork, environment };
    const result = engine.execute(evmRequest(journal, message));
    journal.revert(before, false);
    return result;
  };
  return {
    once: () => {
      const begin = performance.now();
      run();
      return performance.now() - begin;
    },
    answer: async () => {
      const { outcome, output } = run();
      return isOk(outcome) ? encodeHex(output) : `outcome ${outcome}`;
    },
  };
}

/** The call by eth_call over HTTP, {@link CALLS} in a batch; what as many calls of nothing take is subtracted. A call's share. */
export function callByRpc(node: ProtocolNode, hot: HotCall): Loaded<HotAnswer> {
  const text = (to: string): string => {
    const call = { from: DEPLOYER.address, to, data: hot.data, gas: `0x${GAS.toString(16)}` };
    const request = { jsonrpc: "2.0", method: "eth_call", params: [call, "latest"] };
    return JSON.stringify(Array.from({ length: CALLS }, (_, id) => ({ ...request, id })));
  };
  const timed = async (request: string): Promise<number> => {
    const begin = performance.now();
    await node.send(request);
    return (performance.now() - begin) / CALLS;
  };
  const call = text(hot.to);
  const empty = text(EMPTY_ADDRESS);
  return {
    once: () => timed(call),
    entrance: () => timed(empty),
    answer: async () => {
      const replies = JSON.parse(await node.send(call)) as readonly Reply[];
      const answers = new Set(replies.map(({ result, error }) => result ?? JSON.stringify(error)));
      return [...answers].join(" or ");
    },
  };
}

interface Reply {
  readonly result?: string;
  readonly error?: unknown;
}

/**
 * Blocks of {@link BATCH} signed transactions: from the order to mine to the answer, sealing and state root included, without what an empty
 * block takes; a transaction's share. The block is taken back each time.
 */
export async function transactions(
  node: ProtocolNode,
  deployment: Deployment,
  hot: HotCall,
): Promise<Loaded<HotAnswer>> {
  const { rpc } = node;
  const signed = await deployment.sign(BATCH, { ...hot, gas: BATCH_GAS });
  const time = deployment.seconds + 60;
  await rpc.request("evm_setAutomine", false);
  const block = async (raw: readonly string[], look: (hashes: unknown[]) => Promise<void>) => {
    const snapshot = await rpc.request("evm_snapshot");
    const hashes: unknown[] = [];
    for (const tx of raw) hashes.push(await rpc.request("eth_sendRawTransaction", tx));
    // Prices and funding depend on time: the block has the same on every node.
    await rpc.request("evm_setNextBlockTimestamp", time);
    const begin = performance.now();
    await rpc.request("evm_mine");
    const taken = performance.now() - begin;
    await look(hashes);
    await rpc.request("evm_revert", snapshot);
    return taken;
  };
  const nothing = async (): Promise<void> => {};
  return {
    once: async () => (await block(signed, nothing)) / BATCH,
    entrance: async () => (await block([], nothing)) / BATCH,
    answer: async () => {
      const gas: unknown[] = [];
      await block(signed, async (hashes) => {
        for (const hash of hashes) gas.push((await rpc.receipt(hash)).gasUsed);
      });
      return gas.join(" ");
    },
  };
}
