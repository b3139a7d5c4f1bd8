import {
  createStructLogger,
  createTracer,
  type TracePlace,
  type Tracer,
} from "@dragoman/frontend-evm/trace";
import type { HeaderOverride } from "@dragoman/ledger-evm";
import { RpcError, refuseParams } from "@dragoman/rpc-server";
import {
  readAddress,
  readHash,
  readNumber,
  readQuantity,
  readRecord,
  SERVER_ERROR,
} from "./read-params.ts";
import { limitTime } from "./trace-timeout.ts";

/** Time that one trace has unless it says otherwise, as in geth. Milliseconds. */
const TIMEOUT_MS = 5_000;

/** Bytes of a list of instructions; V8's strings end at 512 MB. */
const ANSWER_BYTES_MAX = 256 << 20;

/** Milliseconds of the units of Go's durations. */
const UNITS_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** How to trace: the option object of geth's `debug_trace*` (eth/tracers/api.go, TraceConfig). */
export class TraceOptions {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #timeoutMs: number;

  /** `reexec` is read and without meaning: every state is at hand. */
  constructor(value: unknown) {
    this.#fields = value == null ? {} : readRecord(value, "trace options");
    const { tracer, timeout, reexec } = this.#fields;
    if (tracer != null && typeof tracer !== "string")
      refuseParams("invalid argument: tracer is no name");
    if (reexec != null) readNumber(reexec, "reexec");
    this.#timeoutMs = timeout == null ? TIMEOUT_MS : readDuration(timeout);
    this.tracer();
  }

  /** A tracer for one transaction. Faults: UNSUPPORTED_TRACER, INVALID_TRACER_CONFIG. */
  tracer(place?: TracePlace): Tracer {
    const { tracer: name, tracerConfig } = this.#fields;
    const tracer =
      name == null
        ? createStructLogger(this.#fields, ANSWER_BYTES_MAX)
        : createTracer(name as string, tracerConfig, place);
    return limitTime(tracer, this.#timeoutMs);
  }

  /** `stateOverrides` of `debug_traceCall`. */
  get stateOverrides(): unknown {
    return this.#fields.stateOverrides;
  }

  /** `blockOverrides` of `debug_traceCall`. */
  get header(): HeaderOverride {
    const { blockOverrides } = this.#fields;
    return blockOverrides == null ? {} : readHeaderOverride(blockOverrides);
  }

  /** `txIndex` of `debug_traceCall`: transactions of the block that have run before; undefined = all. */
  get transactionIndex(): number | undefined {
    const { txIndex } = this.#fields;
    return txIndex == null ? undefined : readNumber(txIndex, "txIndex");
  }
}

/** What of a header is to be otherwise, as calls and simulations name it. */
export function readHeaderOverride(value: unknown): HeaderOverride {
  const given = readRecord(value, "blockOverrides");
  const { number, time, gasLimit, feeRecipient, prevRandao, baseFeePerGas } = given;
  return {
    ...(number == null ? {} : { number: readNumber(number, "number") }),
    ...(time == null ? {} : { timestamp: readNumber(time, "time") }),
    ...(gasLimit == null ? {} : { gasLimit: readQuantity(gasLimit, "gasLimit") }),
    ...(feeRecipient == null ? {} : { coinbase: readAddress(feeRecipient) }),
    ...(prevRandao == null ? {} : { prevRandao: readHash(prevRandao) }),
    ...(baseFeePerGas == null ? {} : { baseFee: readQuantity(baseFeePerGas, "baseFeePerGas") }),
  };
}

/** A duration as Go writes it: `300ms`, `1m30s`. Gives milliseconds. */
function readDuration(value: unknown): number {
  const text = typeof value === "string" ? value : "";
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) {
    throw new RpcError(SERVER_ERROR, `time: invalid duration ${JSON.stringify(value)}`);
  }
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g);
  return [...parts].reduce(
    (sum, part) => sum + Number(part[1]) * (UNITS_MS[part[2] ?? ""] ?? 0),
    0,
  );
}
