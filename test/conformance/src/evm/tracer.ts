import { isDeepStrictEqual } from "node:util";
import { Engine, Journal, LinearMemory, MemoryState } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import { writeAccount } from "@dragoman/frontend-evm";
import { createTracer, runTraced, TRACER_NAMES } from "@dragoman/frontend-evm/trace";
import {
  BLOB_GAS,
  decodeTransaction,
  executeTransaction,
  integerOf,
  tipOf,
} from "@dragoman/ledger-evm";
import type { ConformOptions, Tally } from "../report.ts";
import { type TracerCase, tracerCase } from "./tracer-case.ts";

/** Tracer of each folder of cases. */
const TRACER_OF_KIND: Readonly<Record<string, string>> = {
  call_tracer: "callTracer",
  call_tracer_flat: "flatCallTracer",
  call_tracer_legacy: "callTracerLegacy",
  call_tracer_withLog: "callTracer",
  erc7562_tracer: "erc7562Tracer",
  prestate_tracer: "prestateTracer",
  prestate_tracer_legacy: "prestateTracerLegacy",
  prestate_tracer_with_diff_mode: "prestateTracer",
};

let memory: LinearMemory | undefined;

/** Runs a signed transaction under a tracer and compares what the tracer answers, field by field. */
export function runTracerCase(
  name: string,
  value: Readonly<Record<string, unknown>>,
  options: ConformOptions,
  tally: Tally,
): void {
  const test = tracerCase(name, value);
  const tracer = TRACER_OF_KIND[test.kind];
  if (tracer === undefined || !TRACER_NAMES.includes(tracer)) {
    return tally.skip(name, `tracer ${test.kind} is not provided`);
  }
  const outcome = traced(test, tracer, options);
  if (outcome instanceof FaultError) {
    return tally.count(name, `refused: ${outcome.fault.message}`);
  }
  const form = FORMS[test.kind] ?? ((value: unknown) => value);
  const [found, wanted] = [form(outcome), form(plain(test.result))];
  const why = isDeepStrictEqual(found, wanted) ? undefined : difference(found, wanted);
  tally.count(name, why);
}

function traced(test: TracerCase, tracer: string, options: ConformOptions): unknown {
  try {
    return plain(trace(test, tracer, options));
  } catch (error) {
    if (error instanceof FaultError) return error;
    throw error;
  }
}

function trace(test: TracerCase, name: string, options: ConformOptions): unknown {
  const tx = decodeTransaction(test.raw);
  const { fork, block } = test;
  const tip = tipOf(tx, block.baseFee);
  const environment = {
    ...block,
    origin: tx.sender,
    gasPrice: block.baseFee + tip,
    blobHashes: (tx.blobHashes ?? []).map(integerOf),
  };
  const blobFee = BigInt(environment.blobHashes.length) * BLOB_GAS * block.blobBaseFee;
  const state = new MemoryState();
  const journal = new Journal(state);
  for (const [address, account] of test.accounts) writeAccount(journal, address, account);
  state.apply(journal.changes());
  memory ??= new LinearMemory();
  const tracer = createTracer(name, test.config);
  const shared = { state, tier: options.tier, memory };
  runTraced(tracer, (watch) => {
    const engine = new Engine({ ...shared, observer: watch.observer });
    return executeTransaction(engine, { ...tx, tip, blobFee }, environment, fork, watch);
  });
  return tracer.result();
}

type Fields = Readonly<Record<string, unknown>>;

const NO_ADDRESS = `0x${"00".repeat(20)}`;
const ACTION = { author: NO_ADDRESS, address: NO_ADDRESS, balance: "0x0", from: NO_ADDRESS };
const TARGET = { refundAddress: NO_ADDRESS, to: NO_ADDRESS, value: "0x0", gas: "0x0" };
const RESULT = { address: NO_ADDRESS, gasUsed: "0x0", code: "0x", output: "0x" };

/**
 * Frames with every field that the structs of geth's test compare (flat_calltrace_test.go): absent ones are zero there, the block's and the
 * transaction's place is not compared.
 */
const flatForm = (value: unknown): unknown =>
  (value as Fields[]).map(({ action, error, result, subtraces, traceAddress, type }) => ({
    action: { ...ACTION, ...TARGET, init: "0x", input: "0x", ...(action as Fields) },
    error: error ?? "",
    result: { ...RESULT, ...(result as Fields | undefined) },
    subtraces,
    traceAddress,
    type,
  }));

/** Calls whose logs have every field: an absent position is 0 in the struct of geth's test (calltrace_test.go). */
const callForm = (value: unknown): unknown => {
  const { calls, logs, ...rest } = value as Fields;
  return {
    ...rest,
    calls: ((calls ?? []) as Fields[]).map(callForm),
    logs: ((logs ?? []) as Fields[]).map((log) => ({ index: "0x0", position: "0x0", ...log })),
  };
};

/** The legacy tracer writes outputs that are empty, the struct of geth's test leaves them out. */
const legacyForm = (value: unknown): unknown => {
  const { calls, output, ...rest } = value as Fields;
  const shown = output === undefined || output === "0x" ? {} : { output };
  return { ...rest, ...shown, calls: ((calls ?? []) as Fields[]).map(legacyForm) };
};

const FORMS: Readonly<Record<string, (value: unknown) => unknown>> = {
  call_tracer_flat: flatForm,
  call_tracer_legacy: legacyForm,
  call_tracer_withLog: callForm,
};

/** As JSON has it: without fields that are undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The first place where two JSON values differ. */
function difference(found: unknown, wanted: unknown, path = "result"): string {
  const both = [found, wanted];
  if (both.every((value) => typeof value === "object" && value !== null)) {
    const [a, b] = both as [Record<string, unknown>, Record<string, unknown>];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (!isDeepStrictEqual(a[key], b[key])) return difference(a[key], b[key], `${path}.${key}`);
    }
  }
  const show = (value: unknown) => JSON.stringify(value)?.slice(0, 200) ?? "nothing";
  return `${path} is ${show(found)}, wanted ${show(wanted)}`;
}
