import { decodeHex } from "@dragoman/bytes";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anvilProgram } from "../evm-transactions/anvil-node.ts";
import { callForm, diffForm, parityForm, prestateForm, structForm } from "./anvil-form.ts";
import { TwinNodes } from "./twin-nodes.ts";

const program = anvilProgram();
let twins: TwinNodes;
const sent = new Map<string, Hex>();

/** What the caller is told, by the name of the transaction. */
const ORDERS = {
  "calls of every kind": "0x00",
  "calls without code": "0x01",
  creations: "0x02",
  "calls of every kind, then a revert": "0x04",
  "thirty frames": "0x051e",
  "out of gas behind a call": "0x07",
  "a selfdestruct": "0x03",
} as const;
const names = Object.keys(ORDERS) as (keyof typeof ORDERS)[];

beforeAll(async () => {
  if (program === undefined) return;
  twins = await TwinNodes.start(program);
  for (const name of names) {
    sent.set(name, await twins.send(twins.caller, decodeHex(ORDERS[name]), 100n));
  }
}, 120_000);

afterAll(async () => {
  await twins?.stop();
});

/** Both nodes answer the same, but for what `form` takes away. */
async function expectSame(
  method: string,
  params: readonly unknown[],
  form: (value: unknown) => unknown,
): Promise<void> {
  const [ours, theirs] = [
    await twins.ours(method, ...params),
    await twins.anvil(method, ...params),
  ];
  expect(form(ours)).toEqual(form(theirs));
}

const TRACERS = [
  ["callTracer", { tracer: "callTracer", tracerConfig: { withLog: true } }, callForm],
  [
    "callTracer of the top call",
    { tracer: "callTracer", tracerConfig: { onlyTopCall: true } },
    callForm,
  ],
  ["prestateTracer", { tracer: "prestateTracer" }, prestateForm],
  [
    "prestateTracer with diffMode",
    { tracer: "prestateTracer", tracerConfig: { diffMode: true } },
    diffForm,
  ],
  ["structLogs", { enableMemory: true, enableReturnData: true }, structForm],
] as const;

describe.each(TRACERS)("%s of our node is that of anvil", (_, options, form) => {
  test.each(names)("for %s", async (name) => {
    if (program === undefined) return console.log("anvil is not installed here");
    await expectSame("debug_traceTransaction", [sent.get(name), options], (value) => form(value));
  });
});

test.each(names)("trace_transaction of our node is that of anvil for %s", async (name) => {
  if (program === undefined) return console.log("anvil is not installed here");
  // Precompiles are frames for anvil alone.
  if (name === "calls without code") return;
  await expectSame("trace_transaction", [sent.get(name)], parityForm);
});

test("a block is traced transaction by transaction", async () => {
  if (program === undefined) return console.log("anvil is not installed here");
  const options = { tracer: "callTracer" };
  const form = (value: unknown) =>
    (value as { result: unknown }[]).map(({ result, ...rest }) => ({
      ...rest,
      result: callForm(result),
    }));
  await expectSame("debug_traceBlockByNumber", ["0x4", options], form);
});

test("a call is traced with the state and the block that it asks for", async () => {
  if (program === undefined) return console.log("anvil is not installed here");
  const word = (value: bigint) => `0x${value.toString(16).padStart(64, "0")}`;
  // TIMESTAMP, then SLOAD 1, both stored in memory and returned.
  const code = "0x425f5260015460205260405ff3";
  const to = `0x${"cc".repeat(20)}`;
  const call = { from: twins.owner, to, data: "0x", gas: "0x100000" };
  const stateOverrides = { [to]: { code, stateDiff: { [word(1n)]: word(77n) } } };
  const options = { tracer: "callTracer", stateOverrides, blockOverrides: { time: "0x7fffffff" } };
  await expectSame("debug_traceCall", [call, "latest", options], callForm);
});
