import { encodeBase58 } from "@dragoman/bytes";
import { epochOf, minimumBalance, SLOTS_PER_EPOCH, type SolanaBlock } from "@dragoman/ledger-svm";
import type { RpcMethod } from "@dragoman/rpc-server";
import { contextBlock, inContext, SOLANA_CORE_VERSION } from "./commitment.ts";
import type { SolanaNode } from "./node.ts";
import { type Config, config, integer } from "./params.ts";

/** Methods about the node and the chain as a whole. */
export function nodeMethods({ ledger }: SolanaNode): Record<string, RpcMethod> {
  const { blocks } = ledger;
  const at = (options: unknown): SolanaBlock => contextBlock(ledger, config(options));
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
    getBlockHeight: ([options]) => at(options).number,
    getTransactionCount: ([options]) => transactionCount(at(options)),
    getFirstAvailableBlock: () => 0,
    minimumLedgerSlot: () => 0,
    getEpochInfo: ([options]) => {
      const block = at(options);
      return {
        absoluteSlot: block.height,
        blockHeight: block.number,
        epoch: epochOf(block.height),
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
  };
}
