import type { JsonRpcClient } from "@dragoman/fork-evm";
import type { EvmLedger } from "@dragoman/ledger-evm";
import type { RpcConnection, RpcMethod } from "@dragoman/rpc-server";
import { readHash, readHeight, readRecord } from "../read-params.ts";
import { quantity } from "../views.ts";

/** Methods that name a block by height or tag, or by hash, and the place of that among their parameters. */
const BY_BLOCK = {
  eth_getBlockByNumber: 0,
  eth_getBlockByHash: 0,
  eth_getBlockTransactionCountByNumber: 0,
  eth_getBlockTransactionCountByHash: 0,
  eth_getUncleCountByBlockNumber: 0,
  eth_getUncleCountByBlockHash: 0,
  eth_getBlockReceipts: 0,
  eth_getTransactionByBlockNumberAndIndex: 0,
  eth_getTransactionByBlockHashAndIndex: 0,
  debug_traceBlockByNumber: 0,
  debug_traceBlockByHash: 0,
  trace_block: 0,
} as const;

/** Methods that run on the state of a block: that of the forked one is at hand. */
const BY_STATE = {
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
  eth_call: 1,
  eth_estimateGas: 1,
  eth_simulateV1: 1,
  debug_traceCall: 1,
} as const;

/** Methods that name a transaction; what is not in our chain may be in that which was forked. */
const BY_TRANSACTION = [
  "eth_getTransactionByHash",
  "eth_getTransactionReceipt",
  "eth_getRawTransactionByHash",
  "debug_traceTransaction",
  "trace_transaction",
  "trace_get",
] as const;

/** A chain that was forked: its node, and our ledger that goes on from it. */
interface Forked {
  readonly ledger: EvmLedger;
  readonly client: JsonRpcClient;
}

/**
 * Methods of a forked chain: what lies below the fork is answered by the forked chain's node, in its own form, everything else by `methods`. What that node has above
 * the fork does not exist here.
 */
export function forkedMethods(
  methods: Readonly<Record<string, RpcMethod>>,
  forked: Forked,
): Record<string, RpcMethod> {
  const { ledger, client } = forked;
  const height = ledger.blocks.first.height;
  const all: Record<string, RpcMethod> = { ...methods };
  const define = (name: string, at: number, top: number): void => {
    const ours = methods[name]!;
    all[name] = async (params, connection) => {
      const place = await placeOf(forked, params[at], top);
      const isOurs = place === "ours" || place === "nowhere";
      return isOurs ? ours(params, connection) : client.passOn(name, withAt(params, at, place));
    };
  };
  for (const [name, at] of Object.entries(BY_BLOCK)) define(name, at, height);
  for (const [name, at] of Object.entries(BY_STATE)) define(name, at, height - 1);
  // Only the forked chain's node has the whole trie.
  define("eth_getProof", 2, height);
  for (const name of BY_TRANSACTION) {
    all[name] = async (params, connection) => {
      const hash = readHash(params[0]);
      const isOurs = ledger.find(hash) !== undefined || ledger.pending(hash) !== undefined;
      if (!isOurs && (await isBelow(forked, params[0]))) return client.passOn(name, params);
      return methods[name]!(params, connection);
    };
  }
  all.eth_getLogs = ([query], connection) => logs(forked, methods.eth_getLogs!, query, connection);
  return all;
}

const withAt = (params: readonly unknown[], at: number, item: unknown): unknown[] =>
  Object.assign([...params], { [at]: item });

/** The block as the forked chain's node is asked for it; or that it is ours, or is not there. */
async function placeOf(
  { ledger, client }: Forked,
  block: unknown,
  top: number,
): Promise<"ours" | "nowhere" | string | { readonly blockHash: unknown }> {
  const record = typeof block === "object" && block !== null ? readRecord(block, "block") : {};
  const isHash = typeof block === "string" && block.length === 66;
  const hash = isHash ? block : record.blockHash;
  if (hash !== undefined && hash !== null) {
    const own = ledger.blocks.find(readHash(hash));
    if (own !== undefined && own.height > top) return "ours";
    if (own === undefined) {
      const found = (await client.passOn("eth_getBlockByHash", [hash, false])) as Numbered | null;
      if (found === null || !isAtMost(found.number, top)) return "nowhere";
    }
    return isHash ? (hash as string) : { blockHash: hash };
  }
  const named = "blockNumber" in record ? record.blockNumber : block;
  if (named === "earliest") return named;
  const height = readHeight(ledger, named);
  return height === "pending" || height > top ? "ours" : quantity(height);
}

interface Numbered {
  readonly number?: unknown;
  readonly blockNumber?: unknown;
}

const isAtMost = (number: unknown, height: number): boolean =>
  typeof number === "string" && BigInt(number) <= BigInt(height);

/** True if the forked chain has the transaction at or below the fork. */
async function isBelow({ ledger, client }: Forked, hash: unknown): Promise<boolean> {
  const tx = (await client.passOn("eth_getTransactionByHash", [hash])) as Numbered | null;
  return tx !== null && isAtMost(tx.blockNumber, ledger.blocks.first.height);
}

/** Logs of a range that may begin below the fork, in order. */
async function logs(
  forked: Forked,
  ours: RpcMethod,
  query: unknown,
  connection: RpcConnection,
): Promise<unknown> {
  const { ledger, client } = forked;
  const { height } = ledger.blocks.first;
  const filter = readRecord(query ?? {}, "filter");
  if (filter.blockHash != null) {
    const place = await placeOf(forked, { blockHash: filter.blockHash }, height);
    return typeof place === "string"
      ? ours([query], connection)
      : client.passOn("eth_getLogs", [query]);
  }
  const heightOf = (tag: unknown): number => {
    const at = readHeight(ledger, tag);
    return at === "pending" ? ledger.blocks.head.height : at;
  };
  const [from, to] = [heightOf(filter.fromBlock), heightOf(filter.toBlock)];
  if (from > height || from > to) return ours([query], connection);
  const older = (await client.passOn("eth_getLogs", [
    { ...filter, fromBlock: quantity(from), toBlock: quantity(Math.min(to, height)) },
  ])) as unknown[];
  if (to <= height) return older;
  const newer = await ours([{ ...filter, fromBlock: quantity(height + 1) }], connection);
  return [...older, ...(newer as unknown[])];
}
