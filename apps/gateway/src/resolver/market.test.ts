import { premium } from "@dragoman/quant";
import {
  ChainsDocument,
  GatewayError,
  LiquidatableDocument,
  LiquidationsDocument,
  LiquidityDocument,
  MarketsDocument,
  OptionChainDocument,
  PortfolioDocument,
  QuoteDocument,
  TransferDocument,
  TransfersDocument,
} from "@dragoman/sdk";
import { openTestDatabase, type TestDatabase } from "@dragoman/store";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  ALICE,
  BOB,
  CAROL,
  type MarketGateway,
  openMarketGateway,
  priceOf,
} from "../testing/market-gateway.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const ANY = (1n << 40n) - 1n;

let opened: TestDatabase;
let gateway: MarketGateway;
beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(async () => {
  gateway = await openMarketGateway(opened.database);
});
afterEach(() => gateway.close());
afterAll(() => opened.remove());

const on = (chain: string, owner: string): string => `${chain}:${owner}`;

const buyPerp = (sender: string, size: bigint) => ({
  sender,
  action: { type: "tradePerp", isLong: true, size, limit: ANY } as const,
});

/** Runs a query as text; rejects with what the gateway refused. */
async function ask(query: string): Promise<Record<string, unknown>> {
  const response = await fetch(gateway.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, unknown>;
    errors?: { message: string; extensions: { code: string } }[];
  };
  if (errors !== undefined) throw new Error(`${errors[0]!.extensions.code}: ${errors[0]!.message}`);
  return data;
}

test("chains show head, finality and lag", async () => {
  for (let i = 0; i < 6; i++) gateway.ethereum.produce();
  await gateway.settled();
  const { chains } = await gateway.client.request(ChainsDocument, {});
  expect(chains).toMatchObject([
    {
      id: "eip155:1337",
      family: "EVM",
      name: "Ethereum",
      domain: 1,
      finalityDepth: 4,
      lag: 0,
      head: { height: 7, finality: "LATEST" },
      finalized: { height: 3, finality: "FINAL" },
    },
    { id: "aptos:4", family: "MOVE", domain: 3, head: { height: 1 } },
  ]);
});

test("markets show the oracle's price, the pool and open interest, all of it exact", async () => {
  gateway.ethereum.produce([buyPerp(ALICE, UNIT / 2n)]);
  await gateway.settled();
  const { markets } = await gateway.client.request(MarketsDocument, { chains: null });
  expect(markets).toMatchObject([
    {
      id: "Market/eip155:1337",
      underlying: "ETH",
      // floor(0.8 * 2^32) / 2^32
      volatility: "0.79999999981373548507690429687500".replace(/0+$/, ""),
      price: { price: "3000", confidence: "1", age: 60, usable: true },
      pool: { raw: `${gateway.ethereum.model.numbers.pool}`, decimals: 6 },
      openLong: { raw: "500000", value: "0.5" },
      perpetual: { symbol: "ETH-PERP", mark: "3000" },
    },
    { price: { price: "2990", age: 0 } },
  ]);
  const { liquidity } = await gateway.client.request(LiquidityDocument, { underlying: "ETH" });
  const pool = gateway.ethereum.model.numbers.pool + gateway.aptos.model.numbers.pool;
  expect(liquidity.pool.raw).toBe(`${pool}`);
  expect(liquidity.openLong.value).toBe("0.5");
});

test("an option chain has the premiums of the market's formula, calls and puts by strike", async () => {
  const { markets } = await gateway.client.request(OptionChainDocument, {
    chains: ["eip155:1337"],
    expiries: null,
    strikes: null,
  });
  const chain = markets[0]!.optionChain;
  expect(chain).toHaveLength(4);
  expect(new Date(chain[0]!.expiry).getUTCDay()).toBe(5);
  expect(chain[0]!.rows.map(({ strike }) => strike)).toEqual([
    "2400",
    "2550",
    "2700",
    "2850",
    "3000",
    "3150",
    "3300",
    "3450",
    "3600",
  ]);
  const { numbers } = gateway.ethereum.model;
  const { timestamp } = await gateway.ethereum.head();
  const seconds = BigInt(Date.parse(chain[1]!.expiry) / 1000 - timestamp);
  for (const { strike, call, put } of chain[1]!.rows) {
    const terms = { strike: BigInt(strike) * USD };
    const raw = (isCall: boolean): bigint =>
      premium(3000n * USD, { ...terms, isCall }, numbers.volatility, seconds);
    expect(Number(call.mark)).toBe(Number(raw(true)) / 1e6);
    expect(Number(put.mark)).toBe(Number(raw(false)) / 1e6);
    expect(Number(call.greeks.delta) - Number(put.greeks.delta)).toBeCloseTo(1, 8);
  }
  expect(chain[0]!.rows[0]!.put.symbol).toMatch(/^ETH-1970\d{4}-2400-P$/);
});

test("a portfolio adds up its accounts, and an account its positions, as the model has them", async () => {
  const { ethereum, aptos } = gateway;
  const expiry = 1_000_000n + 86_400n;
  ethereum.produce([
    buyPerp(ALICE, UNIT),
    {
      sender: ALICE,
      action: {
        type: "tradeOption",
        expiry,
        strike: 3000n * USD,
        isCall: true,
        isBuy: false,
        size: 2n * UNIT,
        limit: 0n,
      },
    },
  ]);
  aptos.produce([buyPerp(ALICE, UNIT)]);
  await gateway.settled();
  const owners = [on("eip155:1337", ALICE), on("aptos:4", ALICE)];
  const { portfolio } = await gateway.client.request(PortfolioDocument, { owners });
  const now = BigInt((await ethereum.head()).timestamp);
  const [one, two] = portfolio.accounts;
  expect(one?.equity.raw).toBe(`${ethereum.model.equity(ALICE, now)}`);
  const sum = (pick: (account: NonNullable<typeof one>) => { raw: string }): bigint =>
    portfolio.accounts.reduce((total, account) => total + BigInt(pick(account).raw), 0n);
  expect(BigInt(portfolio.equity.raw)).toBe(sum(({ equity }) => equity));
  expect(BigInt(portfolio.wallet.raw)).toBe(2n * 1_000_000_000n);
  expect(BigInt(portfolio.initialMargin.raw)).toBe(sum(({ initialMargin }) => initialMargin));
  // Perpetual: 10 % of 3,000. Two short options: 15 % of 6,000. Maintenance: 5 % and 10 %.
  expect([one?.initialMargin.value, one?.maintenanceMargin.value]).toEqual(["1200", "750"]);
  expect(one?.positions.map(({ id, side }) => [id, side])).toEqual([
    [`Position/${owners[0]}/perpetual`, "LONG"],
    [`Position/${owners[0]}/0`, "SHORT"],
  ]);
  const parts = one!.positions.reduce((total, { value }) => total + BigInt(value.raw), 0n);
  expect(BigInt(one!.equity.raw)).toBe(BigInt(one!.collateral.raw) + parts);
  expect(two?.positions[0]).toMatchObject({
    entryPrice: "2990",
    notional: { value: "2990" },
    greeks: { delta: "1", gamma: "0", vega: "0", theta: "0" },
  });
  // Two perpetuals are long 1 each; two short calls at the money take a bit more than half each.
  expect(Number(portfolio.greeks.delta)).toBeGreaterThan(0.8);
  expect(Number(portfolio.greeks.delta)).toBeLessThan(1);
  expect(Number(portfolio.greeks.theta)).toBeGreaterThan(0);
});

test("an account below its maintenance margin is liquidatable, then in the list of liquidations", async () => {
  const { ethereum } = gateway;
  ethereum.produce([buyPerp(ALICE, 30n * UNIT)]);
  await gateway.settled();
  const none = await gateway.client.request(LiquidatableDocument, { chains: null });
  expect(none.liquidatable).toEqual([]);
  ethereum.produce([priceOf(ethereum, 2750n)]);
  await gateway.settled();
  const { liquidatable } = await gateway.client.request(LiquidatableDocument, { chains: null });
  expect(liquidatable).toMatchObject([
    { owner: on("eip155:1337", ALICE), liquidatable: true, freeCollateral: { raw: "0" } },
  ]);
  expect(Number(liquidatable[0]!.health)).toBeLessThan(0);
  const { events } = ethereum.produce([
    { sender: BOB, action: { type: "liquidate", owner: ALICE } },
  ]);
  await gateway.settled();
  const variables = { owner: on("eip155:1337", ALICE), chains: null, first: 5, after: null };
  const { liquidations } = await gateway.client.request(LiquidationsDocument, variables);
  const event = events[0]!.event;
  if (event.type !== "Liquidated") throw new Error("the market did not liquidate");
  expect(liquidations.edges.map(({ node }) => node)).toMatchObject([
    {
      owner: on("eip155:1337", ALICE),
      liquidator: on("eip155:1337", BOB),
      equity: { raw: `${event.equity}` },
      reward: { raw: `${event.reward}` },
      transaction: events[0]!.transaction,
    },
  ]);
  const id = liquidations.edges[0]!.node.id;
  expect(await ask(`{ node(id: "${id}") { id __typename } }`)).toEqual({
    node: { id, __typename: "Liquidation" },
  });
});

test("quotes rank the markets, and say why one cannot trade", async () => {
  const perpetual = { side: "LONG" as const, size: "2" };
  const buy = await gateway.client.request(QuoteDocument, {
    trade: { perpetual },
    chains: null,
  });
  expect(buy.quote.venues.map(({ price }) => price)).toEqual(["2990", "3000"]);
  expect(buy.quote.best?.market.chain.id).toBe("aptos:4");
  const option = { side: "LONG" as const, strike: "3000", optionType: "CALL" as const, size: "1" };
  const gone = await gateway.client.request(QuoteDocument, {
    trade: { option: { ...option, expiry: "1970-01-05T08:00:00Z" } },
    chains: ["eip155:1337"],
  });
  expect(gone.quote.best).toBeNull();
  expect(gone.quote.unavailable).toMatchObject([{ marketError: 7 }]);
});

test("a transfer is in flight until it is executed, and is found by its identifier", async () => {
  const { ethereum, aptos, client } = gateway;
  ethereum.produce([buyPerp(ALICE, UNIT)]);
  const sent = ethereum.produce([
    {
      sender: ALICE,
      action: {
        type: "exportPosition",
        destination: 3,
        recipient: BOB,
        what: 1,
        collateral: 1000n * USD,
        timeout: 2_000_000n,
      },
    },
  ]);
  await gateway.settled();
  const owners = [on("aptos:4", BOB)];
  const { portfolio } = await client.request(PortfolioDocument, { owners });
  expect(portfolio.inFlight).toMatchObject([
    {
      kind: "PERPETUAL",
      status: "INITIATED",
      source: { id: "eip155:1337" },
      destination: { id: "aptos:4" },
      sender: on("eip155:1337", ALICE),
      recipient: on("aptos:4", BOB),
      collateral: { value: "1000" },
      position: { side: "LONG", size: { value: "1" }, entryPrice: "3000" },
      timeout: "1970-01-24T03:33:20Z",
      timeline: [{ status: "INITIATED", transaction: sent.events[0]!.transaction }],
    },
  ]);
  const event = sent.events[0]!.event;
  if (event.type !== "PacketSent") throw new Error("no packet was sent");
  aptos.produce([
    { sender: CAROL, action: { type: "importPacket", packet: event.packet, signatures: [] } },
  ]);
  for (let i = 0; i < 4; i++) ethereum.produce();
  await gateway.settled();
  const { id } = portfolio.inFlight[0]!;
  const { transfer } = await client.request(TransferDocument, { id });
  expect(transfer?.status).toBe("EXECUTED");
  expect(transfer?.timeline.map(({ status, block }) => [status, block.chain.id])).toEqual([
    ["INITIATED", "eip155:1337"],
    ["SOURCE_FINAL", "eip155:1337"],
    ["EXECUTED", "aptos:4"],
  ]);
  const filter = { owner: on("eip155:1337", ALICE), statuses: ["EXECUTED" as const] };
  const found = await client.request(TransfersDocument, { ...filter, first: 10, after: null });
  expect(found.transfers.edges.map(({ node }) => node.id)).toEqual([id]);
  expect((await client.request(TransferDocument, { id: "Transfer/1/99" })).transfer).toBeNull();
});

test("lists are read page by page to their end", async () => {
  const { ethereum } = gateway;
  for (let i = 0n; i < 4n; i++) ethereum.produce([priceOf(ethereum, 3001n + i)]);
  await gateway.settled();
  const seen: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 10; pages++) {
    const cursor = after === null ? "" : `, after: "${after}"`;
    const { oraclePrices } = (await ask(
      `{ oraclePrices(chains: ["eip155:1337"], first: 2${cursor}) { edges { node { price } }
         pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
    )) as unknown as {
      oraclePrices: {
        edges: { node: { price: string } }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
      };
    };
    seen.push(...oraclePrices.edges.map(({ node }) => node.price));
    expect(oraclePrices.pageInfo.hasPreviousPage).toBe(after !== null);
    if (!oraclePrices.pageInfo.hasNextPage) break;
    after = oraclePrices.pageInfo.endCursor;
  }
  expect(seen).toEqual(["3004", "3003", "3002", "3001", "3000"]);
});

test("positions come largest first, over all chains or of some owners", async () => {
  gateway.ethereum.produce([buyPerp(ALICE, UNIT), buyPerp(BOB, 3n * UNIT)]);
  gateway.aptos.produce([buyPerp(BOB, 2n * UNIT)]);
  await gateway.settled();
  const query = (args: string): string =>
    `{ positions(first: 10${args}) { edges { node { notional { value } account { owner } } } } }`;
  const values = async (args: string): Promise<string[]> => {
    const { positions } = (await ask(query(args))) as unknown as {
      positions: { edges: { node: { notional: { value: string } } }[] };
    };
    return positions.edges.map(({ node }) => node.notional.value);
  };
  expect(await values("")).toEqual(["9000", "5980", "3000"]);
  expect(await values(`, owners: ["${on("eip155:1337", ALICE)}"]`)).toEqual(["3000"]);
  expect(await values(`, chains: ["aptos:4"]`)).toEqual(["5980"]);
});

test("every kind of node is found by its identifier", async () => {
  gateway.ethereum.produce([buyPerp(ALICE, UNIT)]);
  await gateway.settled();
  for (const [id, type] of [
    ["eip155:1337", "Chain"],
    ["Market/aptos:4", "Market"],
    ["Instrument/aptos:4/perpetual", "Instrument"],
    [`MarginAccount/${on("eip155:1337", ALICE)}`, "MarginAccount"],
    [`Position/${on("eip155:1337", ALICE)}/perpetual`, "Position"],
  ]) {
    expect(await ask(`{ node(id: "${id}") { id __typename } }`)).toEqual({
      node: { id, __typename: type },
    });
  }
  for (const id of [
    "eip155:9",
    "Market/eip155:9",
    `Position/${on("eip155:1337", ALICE)}/2`,
    "Liquidation/aptos:4/0/0",
  ]) {
    expect(await ask(`{ node(id: "${id}") { id } }`)).toEqual({ node: null });
  }
});

test.each([
  [`{ positions(first: 0) { edges { cursor } } }`, "INVALID_ARGUMENT"],
  [`{ positions(after: "x") { edges { cursor } } }`, "INVALID_ARGUMENT"],
  [`{ oraclePrices(after: "LTEgYSA5OTk5OTk5OTk5OSAw") { edges { cursor } } }`, "INVALID_ARGUMENT"],
  [`{ markets(chains: ["eip155:5"]) { id } }`, "UNSUPPORTED_CHAIN"],
  [`{ portfolio(owners: []) { owners } }`, "INVALID_ARGUMENT"],
  [`{ portfolio(owners: ["eip155:1337:0x1"]) { owners } }`, "MALFORMED_ADDRESS"],
  [`{ liquidity(underlying: "BTC") { underlying } }`, "INVALID_ARGUMENT"],
  [`{ node(id: "nothing") { id } }`, "INVALID_ARGUMENT"],
  [`{ transfer(id: "Market/aptos:4") { id } }`, "INVALID_ARGUMENT"],
  [`{ markets { optionChain(strikes: ["0"]) { expiry } } }`, "INVALID_ARGUMENT"],
])("%s is refused as %s", async (query, code) => {
  await expect(ask(query)).rejects.toThrow(code);
});

test("the errors of the gateway are errors of its client", async () => {
  const refused = gateway.client.request(MarketsDocument, { chains: ["eip155:5"] });
  await expect(refused).rejects.toThrow(GatewayError);
});
