import { afterAll, beforeAll, expect, test } from "vitest";
import { type GatewayClient, openGateway } from "../testing/gateway-client.ts";
import { DEMO_QUERY } from "./demo-query.ts";

interface Demo {
  readonly simulate: {
    readonly ok: boolean;
    readonly steps: readonly {
      readonly vm: string;
      readonly outcome: string;
      readonly returns: readonly string[] | null;
      readonly gasUsed: string;
      readonly logs: readonly string[];
      readonly fault: unknown;
    }[];
    readonly stateDiff: readonly {
      readonly domain: string;
      readonly account: string;
      readonly key: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
  };
}

let gateway: GatewayClient;
let demo: Demo["simulate"];
/** Whether the packages of the examples are there; on a platform without `litesvm` they are not. */
let isComplete = false;

beforeAll(async () => {
  gateway = await openGateway();
  isComplete = gateway.log.length === 0;
  for (const line of gateway.log) console.log(line);
  if (!isComplete) return;
  const { data, errors } = await gateway.query<Demo>(DEMO_QUERY);
  expect(errors).toBeUndefined();
  demo = data!.simulate;
});
afterAll(() => gateway.close());

test("one query runs Ethereum, Solana and Move, and all steps succeed", () => {
  if (!isComplete) return;
  expect(demo.ok).toBe(true);
  expect(demo.steps.map(({ vm }) => vm)).toEqual([
    "EVM",
    ..."SVM ".repeat(5).trim().split(" "),
    "MOVE",
  ]);
  expect(demo.steps.map(({ outcome }) => outcome)).toEqual(Array(7).fill("OK"));
  expect(demo.steps.every(({ gasUsed, fault }) => BigInt(gasUsed) > 0n && fault === null)).toBe(
    true,
  );
});

test("Lyra's contract prices the options as the formula of Black and Scholes does", () => {
  if (!isComplete) return;
  const [call, put] = demo.steps[0]!.returns!.map((text) => Number(text) / 1e18);
  const expected = blackScholes(30 / 365, 0.8, 3000, 3200, 0.05);
  expect(call).toBeCloseTo(expected.call, 5);
  expect(put).toBeCloseTo(expected.put, 5);
});

test("SPL Token leaves 750 tokens with Alice and 250 with Bob", () => {
  if (!isComplete) return;
  const supplyAt = 36;
  const amountAt = 64;
  expect(u64At(dataOf("11"), supplyAt)).toBe(1_000_000_000n);
  expect(u64At(dataOf("a1"), amountAt)).toBe(750_000_000n);
  expect(u64At(dataOf("b0"), amountAt)).toBe(250_000_000n);
  expect(demo.steps[1]!.logs.at(-1)).toBe(
    "Program TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA success",
  );
});

test("the Move module stores the margin account and returns the margin needed", () => {
  if (!isComplete) return;
  expect(demo.steps.at(-1)!.returns).toEqual(["150000000"]);
  const cell = demo.stateDiff.find(({ domain }) => domain === "move.resource")!;
  const stored = Buffer.from(cell.after!.slice(2), "hex");
  expect([0, 8, 16].map((at) => stored.readBigUInt64LE(at))).toEqual([
    250_000_000n,
    1n,
    3_000_000_000n,
  ]);
});

test("all cells of the demo are new", () => {
  if (!isComplete) return;
  expect(demo.stateDiff.every(({ before, after }) => before === null && after !== null)).toBe(true);
});

test("a last step that fails undoes what three machines did", async () => {
  if (!isComplete) return;
  const failing =
    '{ vm: MOVE, program: "move:0xd7a60::margin", fn: "open", args: [1, 1, 3000, 1] }';
  const at = DEMO_QUERY.lastIndexOf("  ]) {");
  const text = `${DEMO_QUERY.slice(0, at)}      ${failing}\n${DEMO_QUERY.slice(at)}`;
  const { data } = await gateway.query<Demo>(text);
  expect(data!.simulate).toMatchObject({ ok: false, stateDiff: [] });
  expect(data!.simulate.steps.map(({ outcome }) => outcome)).toEqual([
    ...Array(7).fill("OK"),
    "ABORTED",
  ]);
});

function dataOf(key: string): Buffer {
  const cell = demo.stateDiff.find(
    ({ account, key: part }) => account === `0x${key.repeat(32)}` && part === "0x01",
  );
  return Buffer.from(cell!.after!.slice(2), "hex");
}

const u64At = (bytes: Buffer, at: number): bigint => bytes.readBigUInt64LE(at);

function blackScholes(
  years: number,
  volatility: number,
  spot: number,
  strike: number,
  rate: number,
) {
  const deviation = volatility * Math.sqrt(years);
  const d1 = (Math.log(spot / strike) + (rate + volatility ** 2 / 2) * years) / deviation;
  const present = strike * Math.exp(-rate * years);
  const call = spot * normal(d1) - present * normal(d1 - deviation);
  return { call, put: call - spot + present };
}

/** Distribution of the normal law by Simpson's rule from 0. */
function normal(x: number): number {
  const parts = 2000;
  const width = x / parts;
  let sum = 0;
  for (let i = 0; i <= parts; i++) {
    const weight = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((i * width) ** 2) / 2);
  }
  return 0.5 + (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}
