import { refuse } from "@dragoman/fault";
import type { CellResolvers, EventResolvers, StepResolvers } from "@dragoman/schema";
import type { GatewayContext } from "../context.ts";
import { TRACE_STEP_MAX } from "../world/limits.ts";
import { logLine } from "./log-line.ts";
import { printableText } from "./printable.ts";

export const stepResolvers: Required<StepResolvers<GatewayContext>> = {
  vm: ({ vm }) => vm,
  outcome: ({ outcome }) => outcome,
  output: ({ output }) => output,
  returns: ({ returns }) => returns ?? null,
  gasUsed: ({ gasUsed }) => gasUsed,
  logs: ({ logs }) => logs.map(logLine),
  events: ({ logs }) => logs,
  fault: ({ fault }) => (fault === undefined ? null : { ...fault, at: fault.at ?? null }),
  trace({ trace }, { limit }) {
    if (limit < 1 || limit > TRACE_STEP_MAX) {
      const why = `\`limit\` is 1 to ${TRACE_STEP_MAX}, not ${limit}`;
      refuse("INVALID_ARGUMENT", undefined, why, { max: TRACE_STEP_MAX, limit });
    }
    return trace.slice(0, limit);
  },
};

export const eventResolvers: Required<EventResolvers<GatewayContext>> = {
  vm: ({ vm }) => (vm === "sbpf" ? "svm" : vm) as "evm" | "svm" | "move",
  account: ({ account }) => account,
  topics: ({ topics }) => topics,
  data: ({ data }) => data,
  text: ({ data }) => printableText(data),
};

export const cellResolvers: Required<CellResolvers<GatewayContext>> = {
  domain: ({ domain }) => domain,
  account: ({ account }) => account,
  key: ({ key }) => key,
  keyText: ({ key }) => printableText(key),
  before: ({ before }) => before ?? null,
  after: ({ after }) => after ?? null,
};
