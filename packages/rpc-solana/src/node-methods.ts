import { encodeBase58, encodeHex } from "@dragoman/bytes";
import {
  minimumBalance,
  readComputeBudget,
  SLOTS_PER_EPOCH,
  type SolanaBlock,
} from "@dragoman/ledger-svm";
import type { RpcMethod } from "@dragoman/rpc-server";
import { contextBlock, inContext, SOLANA_CORE_VERSION } from "./commitment.ts";
import type { SolanaNode } from "./node.ts";
import { address, type Config, config, integer, list } from "./params.ts";

/** Blocks whose priority fees are told. */
const FEE_BLOCKS_MAX = 150;
const SAMPLE_BLOCKS_MAX = 720;
const KEYS_MAX = 128;

/** Methods about the node and the chain as a whole. */
export function nodeMethods({ ledger }: SolanaNode): Record<string, RpcMethod> {
  const { blocks } = ledger;
  const at = (options: unknown): SolanaBlock => contextBlock(ledger, config(options));
  const newestFirst = function* (count: number): Iterable<SolanaBlock> {
    const last = Math.max(0, blocks.head.height - count + 1);
    for (let height = blocks.head.height; height >= last; height--) yield blocks.at(height)!;
  };
  const transactionCount = (block: SolanaBlock): number => {
    let count = 0;
    for (const { height, transactions } of blocks.blocks()) {
      if (height <= block.height) count += transactions.length;
    }
    return count;
  };
  const supply = (options: Config): unknown => {
    const block = contextBlock(ledger, options);
    const read = ledger.reader(block.height);
    let total = 0n;
    for (const key of ledger.keys(block.height)) total += read(key)?.lamports ?? 0n;
    return inContext(block, {
      total: Number(total),
      circulating: Number(total),
      nonCirculating: 0,
      nonCirculatingAccounts: [],
    });
  };
  return {
    getHealth: () => "ok",
    getVersion: () => ({ "solana-core": SOLANA_CORE_VERSION, "feature-set": 0 }),
    getGenesisHash: () => encodeBase58(blocks.at(0)!.hash),
    getSlot: ([options]) => at(options).height,
    getBlockHeight: ([options]) => at(options).height,
    getTransactionCount: ([options]) => transactionCount(at(options)),
    getFirstAvailableBlock: () => 0,
    minimumLedgerSlot: () => 0,
    getEpochInfo: ([options]) => {
      const block = at(options);
      return {
        absoluteSlot: block.height,
        blockHeight: block.height,
        epoch: Math.floor(block.height / SLOTS_PER_EPOCH),
        slotIndex: block.height % SLOTS_PER_EPOCH,
        slotsInEpoch: SLOTS_PER_EPOCH,
        transactionCount: transactionCount(block),
      };
    },
    getEpochSchedule: () => ({
      slotsPerEpoch: SLOTS_PER_EPOCH,
      leaderScheduleSlotOffset: SLOTS_PER_EPOCH,
      warmup: false,
      firstNormalEpoch: 0,
      firstNormalSlot: 0,
    }),
    getMinimumBalanceForRentExemption: ([bytes]) => Number(minimumBalance(integer(bytes))),
    getSupply: ([options]) => supply(config(options)),
    // Nobody votes: one producer makes all blocks.
    getVoteAccounts: () => ({ current: [], delinquent: [] }),
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
        .map(({ height, transactions, timestamp }) => ({
          slot: height,
          numSlots: 1,
          numTransactions: transactions.length,
          numNonVoteTransactions: transactions.length,
          samplePeriodSecs: timestamp - blocks.at(height - 1)!.timestamp,
        }));
    },
  };
}

/** Lowest price of a unit, in micro-lamports, that a transaction with all `wanted` keys paid in the block; 0 if none did. */
function lowestPrice({ transactions }: SolanaBlock, wanted: ReadonlySet<string>): number {
  let lowest: bigint | undefined;
  for (const { transaction } of transactions) {
    const names = new Set<string>(transaction.message.keys.map((key) => encodeHex(key)));
    if (![...wanted].every((key) => names.has(key))) continue;
    const asked = readComputeBudget(transaction.message);
    if (!("budget" in asked)) continue;
    const { unitPrice } = asked.budget;
    if (lowest === undefined || unitPrice < lowest) lowest = unitPrice;
  }
  return Number(lowest ?? 0n);
}
