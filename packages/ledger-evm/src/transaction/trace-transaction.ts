import { isOk, isTrap } from "@dragoman/core";
import {
  createAddress,
  type Environment,
  type ForkName,
  machineOf,
  scheduleOf,
  type World,
} from "@dragoman/frontend-evm";
import type { FrameTrace } from "@dragoman/frontend-evm/trace";
import { authorityOf } from "./authorization.ts";
import type { Ended, PricedTransaction } from "./execute-transaction.ts";

const NOTHING = new Uint8Array(0);

/** Shows a tracer a transaction of which nothing has happened yet. */
export function traceStart(
  trace: FrameTrace,
  tx: PricedTransaction,
  { coinbase, gasPrice }: Environment,
  fork: ForkName,
  world: World,
): void {
  const { rules } = scheduleOf(fork);
  trace.tracer.start?.({
    sender: tx.sender,
    to: tx.to,
    nonce: tx.nonce,
    gasLimit: tx.gasLimit,
    gasPrice,
    coinbase,
    authorities: (tx.authorizations ?? []).flatMap((item) => authorityOf(item) ?? []),
    precompiles: machineOf({ fork }).precompileAddresses,
    rules,
    world,
  });
}

/** The first frame of a transaction begins. `gas` is what the transaction leaves to it. */
export function traceRoot(trace: FrameTrace, tx: PricedTransaction, gas: bigint): void {
  const isCreation = tx.to === undefined;
  trace.enter({
    type: isCreation ? "CREATE" : "CALL",
    depth: 0,
    from: tx.sender,
    to: tx.to ?? createAddress(tx.sender, tx.nonce),
    input: tx.data,
    gas,
    value: tx.value,
  });
}

/** The first frame ends. `gas` is what it was given. */
export function traceRootEnd(trace: FrameTrace, ended: Ended, gas: bigint): void {
  const own = trace.root === undefined ? undefined : trace.close(trace.root);
  const failure = own ?? ended.failure;
  const output = isTrap(ended.outcome) ? NOTHING : ended.output;
  const isReverted = failure !== undefined && !isOk(ended.outcome);
  trace.exit({ depth: 0, output, gasUsed: gas - ended.gasLeft, failure, isReverted });
}
