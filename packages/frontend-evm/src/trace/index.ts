/** Tracers: what a transaction did, frame by frame or instruction by instruction. */
export { CallTracer, type CallTracerConfig, type CallView } from "./call-tracer.ts";
export { createStructLogger, createTracer, TRACER_NAMES } from "./create-tracer.ts";
export {
  ADDRESS_COLLISION,
  failureOf,
  OUT_OF_GAS,
  opText,
  precompileFailure,
} from "./failure-text.ts";
export { FlatCallTracer, type FlatCallTracerConfig, type TracePlace } from "./flat-call-tracer.ts";
export { FrameTrace } from "./frame-trace.ts";
export { depositFailure } from "./host-events.ts";
export { revertReason } from "./revert-reason.ts";
export { runTraced } from "./run-traced.ts";
export { Step } from "./step.ts";
export {
  type StructLog,
  StructLogger,
  type StructLoggerConfig,
  type StructLogs,
} from "./struct-logger.ts";
export type {
  FrameEnd,
  FrameEntry,
  FrameFailure,
  FrameType,
  TracedLog,
  TracedTransaction,
  Tracer,
} from "./tracer.ts";
