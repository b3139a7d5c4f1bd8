import { encodeHex } from "@dragoman/bytes";
import { FlatCallTracer, type TracePlace, type Tracer } from "@dragoman/frontend-evm/trace";
import type { EvmBlock, EvmLedger, EvmReceipt } from "@dragoman/ledger-evm";
import { RpcError, type RpcMethod } from "@dragoman/rpc-server";
import { readCall, readHash, readHeight, readNumber, SERVER_ERROR } from "../read-params.ts";
import { TraceOptions } from "../read-trace-options.ts";

/**
 * `debug_trace*` of geth (eth/tracers/api.go) and Parity's `trace_transaction` and `trace_block`. Transactions are run again on the state that
 * they met.
 */
export function traceMethods(ledger: EvmLedger): Record<string, RpcMethod> {
  const flatTraces = (block: EvmBlock, only?: EvmReceipt): unknown[] => {
    const make = (place: TracePlace) => new FlatCallTracer(PARITY, place);
    return tracesOf(ledger, block, make, only).flatMap(({ result }) => result as unknown[]);
  };
  return {
    debug_traceTransaction: ([hash, options]) => {
      const config = new TraceOptions(options);
      const placed = ledger.find(readHash(hash));
      if (placed === undefined) throw new RpcError(SERVER_ERROR, "transaction not found");
      const { block, receipt } = placed;
      return tracesOf(ledger, block, (place) => config.tracer(place), receipt)[0]?.result;
    },
    debug_traceBlockByNumber: ([tag, options]) =>
      blockTraces(ledger, blockByNumber(ledger, tag), new TraceOptions(options)),
    debug_traceBlockByHash: ([hash, options]) =>
      blockTraces(ledger, blockByHash(ledger, hash), new TraceOptions(options)),
    debug_traceCall: ([call, at, options]) => {
      const config = new TraceOptions(options);
      const block = blockOfCall(ledger, at);
      const tracer = config.tracer();
      ledger.traceCall(readCall(call, config.stateOverrides), block, tracer, {
        header: config.header,
        transactionIndex: config.transactionIndex,
      });
      return tracer.result();
    },
    trace_transaction: ([hash]) => {
      const placed = ledger.find(readHash(hash));
      return placed === undefined ? null : flatTraces(placed.block, placed.receipt);
    },
    trace_block: ([tag]) => {
      const height = readHeight(ledger, tag);
      const block = height === "pending" ? undefined : ledger.blocks.at(height);
      return block === undefined ? null : flatTraces(block);
    },
    trace_get: ([hash, path]) => {
      const placed = ledger.find(readHash(hash));
      if (placed === undefined) return null;
      const wanted = JSON.stringify((path as unknown[]).map((item) => readNumber(item, "index")));
      const traces = flatTraces(placed.block, placed.receipt) as { traceAddress: number[] }[];
      return traces.find(({ traceAddress }) => JSON.stringify(traceAddress) === wanted) ?? null;
    },
  };
}

const PARITY = { convertParityErrors: true, isParity: true };

interface TransactionTrace {
  readonly txHash: string;
  readonly result: unknown;
}

/** Traces of all transactions of a block, or of one. */
function tracesOf(
  ledger: EvmLedger,
  block: EvmBlock,
  make: (place: TracePlace) => Tracer,
  only?: EvmReceipt,
): TransactionTrace[] {
  const traces: { readonly txHash: string; readonly tracer: Tracer }[] = [];
  ledger.traceBlock(block, (receipt) => {
    if (only !== undefined && only !== receipt) return undefined;
    const transactionHash = receipt.transaction.hash;
    const blockHash = block.hash;
    const place = { blockHash, blockNumber: block.height, transactionHash };
    const tracer = make({ ...place, transactionIndex: receipt.index });
    traces.push({ txHash: encodeHex(transactionHash), tracer });
    return tracer;
  });
  return traces.map(({ txHash, tracer }) => ({ txHash, result: tracer.result() }));
}

function blockTraces(
  ledger: EvmLedger,
  block: EvmBlock,
  options: TraceOptions,
): TransactionTrace[] {
  if (block === ledger.blocks.first) throw new RpcError(SERVER_ERROR, "genesis is not traceable");
  return tracesOf(ledger, block, (place) => options.tracer(place));
}

function blockByNumber(ledger: EvmLedger, tag: unknown): EvmBlock {
  const height = readHeight(ledger, tag);
  if (height === "pending") {
    throw new RpcError(SERVER_ERROR, "tracing on top of pending is not supported");
  }
  const block = ledger.blocks.at(height);
  if (block === undefined) throw new RpcError(SERVER_ERROR, `block #${height} not found`);
  return block;
}

function blockByHash(ledger: EvmLedger, value: unknown): EvmBlock {
  const hash = readHash(value);
  const block = ledger.blocks.find(hash);
  if (block === undefined) throw new RpcError(SERVER_ERROR, `block ${encodeHex(hash)} not found`);
  return block;
}

/** The block on whose state a call is traced: height, tag, hash, or the object of EIP-1898. */
function blockOfCall(ledger: EvmLedger, at: unknown): EvmBlock {
  const isHash = typeof at === "string" && at.length === 66;
  if (isHash) return blockByHash(ledger, at);
  if (typeof at === "object" && at !== null) {
    const { blockHash, blockNumber } = at as Record<string, unknown>;
    return blockHash == null ? blockByNumber(ledger, blockNumber) : blockByHash(ledger, blockHash);
  }
  return blockByNumber(ledger, at);
}
