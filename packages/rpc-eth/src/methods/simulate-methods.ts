import { encodeHex } from "@dragoman/bytes";
import type { EvmLedger, SimulatedBlock, SimulationResult } from "@dragoman/ledger-evm";
import { RpcError, type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import { failureOf, VM_ERROR } from "../explain-failure.ts";
import { readArray, readCall, readOverrides, readRecord, readStateAt } from "../read-params.ts";
import { readHeaderOverride } from "../read-trace-options.ts";
import { quantity } from "../views.ts";

/** Blocks of one simulation, as in geth, and calls of them all. */
const BLOCKS_MAX = 256;
const CALLS_MAX = 1000;

/** `eth_simulateV1` without validation: calls in blocks, with what they return, log and use. */
export function simulateMethods(ledger: EvmLedger): Record<string, RpcMethod> {
  return {
    eth_simulateV1: ([request, at]) => {
      const { blockStateCalls, validation } = readRecord(request, "simulation");
      if (validation === true) refuseParams("a simulation with validation is not supported");
      const blocks = readArray(blockStateCalls, "blockStateCalls").map(readBlock);
      if (blocks.length > BLOCKS_MAX) refuseParams("too many blocks");
      const calls = blocks.reduce((sum, block) => sum + block.calls.length, 0);
      if (calls > CALLS_MAX) throw new RpcError(-38026, `too many calls: ${calls}`);
      return ledger.simulate(blocks, readStateAt(ledger, at)).map(blockResult);
    },
  };
}

function readBlock(value: unknown): SimulatedBlock {
  const { calls, stateOverrides, blockOverrides } = readRecord(value, "blockStateCalls");
  return {
    calls: readArray(calls ?? [], "calls").map((call) => readCall(call)),
    ...(stateOverrides == null ? {} : { overrides: readOverrides(stateOverrides) }),
    ...(blockOverrides == null ? {} : { header: readHeaderOverride(blockOverrides) }),
  };
}

/** A simulated block has no roots and no hash: its calls are no signed transactions. */
function blockResult({ header, calls }: SimulationResult): unknown {
  let logIndex = 0;
  let gasUsed = 0n;
  const results = calls.map((call) => {
    gasUsed += call.gasUsed;
    const failure = call.ok ? undefined : failureOf(call);
    const code = failure?.data === undefined ? VM_ERROR : failure.code;
    return {
      returnData: encodeHex(call.output),
      gasUsed: quantity(call.gasUsed),
      status: call.ok ? "0x1" : "0x0",
      logs: call.logs.map(({ account, topics, data }) => ({
        address: encodeHex(account),
        topics: topics.map((topic) => encodeHex(topic)),
        data: encodeHex(data),
        blockNumber: quantity(header.number),
        logIndex: quantity(logIndex++),
      })),
      ...(failure === undefined
        ? {}
        : { error: { code, message: failure.message, data: failure.data } }),
    };
  });
  return {
    number: quantity(header.number),
    hash: null,
    parentHash: encodeHex(header.parentHash),
    timestamp: quantity(header.timestamp),
    miner: encodeHex(header.coinbase),
    gasLimit: quantity(header.gasLimit),
    gasUsed: quantity(gasUsed),
    baseFeePerGas: quantity(header.baseFee),
    mixHash: encodeHex(header.prevRandao),
    transactions: [],
    calls: results,
  };
}
