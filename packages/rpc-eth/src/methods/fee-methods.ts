import { scheduleOf } from "@dragoman/frontend-evm";
import {
  BLOB_GAS,
  type EvmBlock,
  type EvmLedger,
  nextBaseFee,
  nextExcessBlobGas,
  tipOf,
} from "@dragoman/ledger-evm";
import { type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import { readArray, readHeight, readNumber } from "../read-params.ts";
import { quantity } from "../views.ts";

/** Tip that is suggested, wei: blocks are never full for long, so any is enough. */
const TIP = 1_000_000_000n;
/** Blocks that a history covers at most, as in geth. */
const HISTORY_MAX = 1024;
const PERCENTILES_MAX = 100;

/** What gas costs. */
export function feeMethods(ledger: EvmLedger): Record<string, RpcMethod> {
  return {
    eth_gasPrice: () => quantity(ledger.nextHeader().baseFee + TIP),
    eth_maxPriorityFeePerGas: () => quantity(TIP),
    eth_blobBaseFee: () => quantity(ledger.blobBaseFee(ledger.nextHeader())),
    eth_feeHistory: ([count, newest, percentiles]) =>
      feeHistory(ledger, readNumber(count, "blockCount"), newest, percentiles),
  };
}

function feeHistory(
  ledger: EvmLedger,
  count: number,
  newest: unknown,
  percentiles: unknown,
): unknown {
  const at = readHeight(ledger, newest);
  const last = at === "pending" ? ledger.blocks.head.height : at;
  if (ledger.blocks.at(last) === undefined) return refuseParams(`block ${last} is not there yet`);
  const asked = readPercentiles(percentiles);
  const lowest = ledger.blocks.first.height;
  const first = Math.max(lowest, last + 1 - Math.min(count, HISTORY_MAX));
  const blocks: EvmBlock[] = [];
  for (let height = first; height <= last; height++) blocks.push(ledger.blocks.at(height)!);
  const fees = blocks.map(({ header }) => header.baseFee);
  const blobFees = blocks.map(({ header }) => ledger.blobBaseFee(header));
  const { rules } = scheduleOf(ledger.fork);
  const newestBlock = blocks.at(-1);
  if (newestBlock !== undefined) {
    const { blobGasUsed = 0n, excessBlobGas = 0n, baseFee } = newestBlock.header;
    fees.push(nextBaseFee(newestBlock.header));
    const excess = nextExcessBlobGas(rules, { blobGasUsed, excessBlobGas, baseFee });
    blobFees.push(ledger.blobBaseFee({ excessBlobGas: excess }));
  }
  const blobGasMax = rules.blobMax * Number(BLOB_GAS);
  const blobRatio = (used: bigint): number => (blobGasMax === 0 ? 0 : Number(used) / blobGasMax);
  return {
    oldestBlock: quantity(first),
    baseFeePerGas: fees.map(quantity),
    gasUsedRatio: blocks.map(({ header }) => Number(header.gasUsed) / Number(header.gasLimit)),
    baseFeePerBlobGas: blobFees.map(quantity),
    blobGasUsedRatio: blocks.map(({ header }) => blobRatio(header.blobGasUsed ?? 0n)),
    ...(asked === undefined
      ? {}
      : { reward: blocks.map((block) => tipsAt(block, asked).map(quantity)) }),
  };
}

function readPercentiles(value: unknown): readonly number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const items = readArray(value, "rewardPercentiles");
  if (items.length > PERCENTILES_MAX) refuseParams(`over the query limit ${PERCENTILES_MAX}`);
  return items.map((item) =>
    typeof item === "number" && item >= 0 && item <= 100
      ? item
      : refuseParams("invalid reward percentile"),
  );
}

/** Tips at percentiles of the block's gas, wei (as geth's feeHistory weighs them). */
function tipsAt({ receipts, header }: EvmBlock, percentiles: readonly number[]): bigint[] {
  const sorted = receipts
    .map(({ transaction, gasUsed }) => ({ tip: tipOf(transaction, header.baseFee), gasUsed }))
    .sort((a, b) => (a.tip < b.tip ? -1 : a.tip > b.tip ? 1 : 0));
  return percentiles.map((percentile) => {
    const threshold = (Number(header.gasUsed) * percentile) / 100;
    let sum = 0;
    for (const { tip, gasUsed } of sorted) {
      sum += Number(gasUsed);
      if (sum >= threshold) return tip;
    }
    return sorted.at(-1)?.tip ?? 0n;
  });
}
