import { encodeHex } from "@dragoman/bytes";
import { readComputeBudget, type SolanaBlock } from "@dragoman/ledger-svm";
import type { RpcMethod } from "@dragoman/rpc-server";
import type { SolanaNode } from "./node.ts";
import { address, integer, list } from "./params.ts";

/** Blocks whose priority fees are told. */
const FEE_BLOCKS_MAX = 150;
const SAMPLE_BLOCKS_MAX = 720;
const KEYS_MAX = 128;

/** Methods that sample the newest blocks. */
export function sampleMethods({ ledger: { blocks } }: SolanaNode): Record<string, RpcMethod> {
  const newestFirst = function* (count: number): Iterable<SolanaBlock> {
    let left = count;
    for (const block of blocks.downFrom(blocks.head.height)) {
      if (left-- === 0) return;
      yield block;
    }
  };
  return {
    getRecentPrioritizationFees: ([keys]) => {
      const wanted = new Set<string>(
        keys === undefined ? [] : list(keys, KEYS_MAX).map((key) => encodeHex(address(key))),
      );
      const fees = [...newestFirst(FEE_BLOCKS_MAX)].map((block) => ({
        slot: block.height,
        prioritizationFee: lowestPrice(block, wanted),
      }));
      return fees.reverse();
    },
    getRecentPerformanceSamples: ([limit]) => {
      const count = Math.min(
        limit === undefined ? SAMPLE_BLOCKS_MAX : integer(limit),
        SAMPLE_BLOCKS_MAX,
      );
      return [...newestFirst(count)]
        .filter(({ height }) => height > 0)
        .map(({ height, parentHash, transactions, timestamp }) => {
          const parent = blocks.find(parentHash)!;
          return {
            slot: height,
            numSlots: height - parent.height,
            numTransactions: transactions.length,
            numNonVoteTransactions: transactions.length,
            samplePeriodSecs: timestamp - parent.timestamp,
          };
        });
    },
  };
}

/** Lowest price of a unit, in micro-lamports, that a transaction with all `wanted` keys paid in the block; 0 if none did. */
function lowestPrice({ transactions }: SolanaBlock, wanted: ReadonlySet<string>): number {
  let lowest: bigint | undefined;
  for (const { message } of transactions) {
    const names = new Set<string>(message.keys.map((key) => encodeHex(key)));
    if (![...wanted].every((key) => names.has(key))) continue;
    const asked = readComputeBudget(message);
    if (!("budget" in asked)) continue;
    const { unitPrice } = asked.budget;
    if (lowest === undefined || unitPrice < lowest) lowest = unitPrice;
  }
  return Number(lowest ?? 0n);
}
