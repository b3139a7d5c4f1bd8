import { Engine, type StateReader } from "@dragoman/core";
import { runTraced, type Tracer } from "@dragoman/frontend-evm/trace";
import {
  type BlockSite,
  executeIncluded,
  type HeaderStart,
  openEngine,
} from "./block/build-block.ts";
import type { EvmBlock, EvmReceipt } from "./block/evm-block.ts";
import { CALL_GAS_MAX, type CallSite, callOn, type EvmCall, overridden } from "./evm-call.ts";
import { changed } from "./simulate-blocks.ts";

/** What of a block a traced call finds otherwise. */
export type HeaderOverride = Partial<
  Pick<HeaderStart, "coinbase" | "number" | "timestamp" | "gasLimit" | "prevRandao" | "baseFee">
>;

export interface TraceCallOptions {
  readonly header?: HeaderOverride;
  /** Transactions of the block that have run before; default: all. */
  readonly transactionIndex?: number | undefined;
}

/**
 * Runs transactions of a block again as they ran in it, each under the tracer that `tracerOf` gives for it; undefined = nobody watches that
 * one. `site.state` is the state before the block. Nothing changes.
 */
export function traceBlock(
  site: Omit<BlockSite, "parent" | "codes">,
  block: EvmBlock,
  tracerOf: (receipt: EvmReceipt) => Tracer | undefined,
): void {
  const { fork, memory } = site;
  const { engine, environment } = openEngine(site, block.header);
  for (const receipt of block.receipts) {
    const { transaction } = receipt;
    const tracer = tracerOf(receipt);
    if (tracer !== undefined) {
      const state = changed(site.state, engine.journal.changes());
      const run = (trace: Parameters<Parameters<typeof runTraced>[1]>[0]) => {
        const own = new Engine({ state, tier: "auto", memory, observer: trace.observer });
        executeIncluded(own, transaction, environment, fork, trace);
      };
      runTraced(tracer, run, receipt.firstLog);
    }
    if (receipt.index < block.receipts.length - 1) {
      executeIncluded(engine, transaction, environment, fork);
    }
  }
}

/** The state that transaction `index` of a block found. `site.state` is the state before the block. */
export function stateBefore(
  site: Omit<BlockSite, "parent" | "codes">,
  block: EvmBlock,
  index: number,
): StateReader {
  const { fork } = site;
  const { engine, environment } = openEngine(site, block.header);
  for (const { transaction } of block.receipts.slice(0, index)) {
    executeIncluded(engine, transaction, environment, fork);
  }
  return changed(site.state, engine.journal.changes());
}

/** Runs a call under a tracer; it has all the gas that calls can have unless it names less. Faults as those of a call. */
export function traceCall(
  site: CallSite,
  call: EvmCall,
  tracer: Tracer,
  header: HeaderOverride = {},
): void {
  const state = overridden(site.state, call.overrides);
  // Who pays nothing for gas sees a base fee of 0, as in geth.
  const free = (call.gasPrice ?? 0n) === 0n ? { baseFee: 0n } : {};
  const place = { ...site, state, header: { ...site.header, ...free, ...header } };
  const full = { ...call, gas: call.gas ?? CALL_GAS_MAX };
  const { memory } = site;
  runTraced(tracer, (trace) => {
    const engine = new Engine({ state, tier: "auto", memory, observer: trace.observer });
    return callOn(engine, place, full, trace);
  });
}
