import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { STARTERS, type Stack, startStack } from "@dragoman/devnet";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let stack: Stack;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dragoman-devnet-"));
  const options = { folder, gatewayPort: 0, priceMs: 600_000, relayer: false } as const;
  stack = await startStack(STARTERS, { ...options, log: () => undefined });
}, 120_000);

afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

async function control(method: string, ...params: unknown[]): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  return (await (await fetch(stack.controlUrl, { method: "POST", body })).json()) as Answer;
}

/** The query that the page of GraphiQL opens with. */
async function openingQuery(): Promise<string> {
  const page = await (await fetch(stack.gatewayUrl, { headers: { accept: "text/html" } })).text();
  const options = /"defaultQuery":("(?:[^"\\]|\\.)*")/.exec(page);
  return JSON.parse(options![1]!) as string;
}

test("GraphiQL opens with a query that shows alice on all four chains", async () => {
  const query = await openingQuery();
  let data: { [field: string]: { [field: string]: unknown }[] } | undefined;
  await expect
    .poll(
      async () => {
        const response = await fetch(stack.gatewayUrl, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ query }),
        });
        const answer = (await response.json()) as { data: typeof data; errors?: unknown };
        expect(answer.errors).toBeUndefined();
        data = answer.data;
        return data!.markets!.length;
      },
      { timeout: 30_000 },
    )
    .toBe(4);
  const names = stack.devnet.chains.map(({ node }) => node.name).sort();
  expect(data!.markets!.map(({ chain }) => (chain as { name: string }).name).sort()).toEqual(names);
  const greeks = { delta: expect.any(String), gamma: expect.any(String) };
  for (const market of data!.markets!) {
    expect(market).toMatchObject({ price: { usable: true } });
    const [first] = market.optionChain as unknown[];
    expect(first).toMatchObject({ rows: [{ strike: "3000", call: { greeks }, put: { greeks } }] });
  }
  expect(data!.portfolio).toMatchObject({ accounts: names.map(() => ({ positions: [] })) });
}, 60_000);

test("the control refuses what makes no sense, says what does, and keeps the chain as it is", async () => {
  const { adapter, node } = stack.devnet.chains[0]!;
  const head = node.ledger.blocks.head;
  const bad: [string, ...unknown[]][] = [
    ["devnet_mine", "eip155:99"],
    ["devnet_mine", adapter.id, 0],
    ["devnet_mine", adapter.id, 1.5],
    ["devnet_mine", adapter.id, 1e6],
    ["devnet_increaseTime", "60"],
    ["devnet_increaseTime", -1],
    ["devnet_increaseTime", 0.5],
    ["devnet_increaseTime", 1e300],
    ["devnet_reorganise", adapter.id],
    ["devnet_reorganise", adapter.id, -1],
    ["devnet_reorganise", adapter.id, 0.5],
    ["devnet_reorganise", adapter.id, 1, "yes"],
    ["devnet_reorganise", adapter.id, 1000],
    ["devnet_setPrice", "many"],
    ["devnet_setPrice", 0],
    ["devnet_setPrice", -5],
    ["devnet_fund", 7],
    ["devnet_fund", `${adapter.id}:0x12`],
    ["devnet_fund", `${adapter.id}:${node.addressOf("bob")}`, "1.2345678"],
  ];
  for (const [method, ...params] of bad) {
    const { error } = await control(method, ...params);
    expect({ method, params, code: error?.code }).toEqual({ method, params, code: -32602 });
    expect(error!.message.length).toBeGreaterThan(5);
  }
  expect(node.ledger.blocks.at(head.height)).toBe(head);
  expect((await control("devnet_mine", adapter.id, 2)).result).toBeGreaterThanOrEqual(
    head.height + 2,
  );
}, 60_000);
