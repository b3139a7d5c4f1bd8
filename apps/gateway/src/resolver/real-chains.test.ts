import { Indexer } from "@dragoman/index";
import {
  GatewayClient,
  MarketAccount,
  MarketsDocument,
  PortfolioDocument,
  QuoteDocument,
} from "@dragoman/sdk";
import { openTestDatabase, type TestDatabase } from "@dragoman/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gateway, startGateway } from "../start-gateway.ts";
import { type RealChain, startAptos, startEthereum } from "../testing/real-chains.ts";

let opened: TestDatabase;
let ethereum: RealChain;
let aptos: RealChain;
let indexer: Indexer;
let gateway: Gateway;
let client: GatewayClient;
const log: string[] = [];

beforeAll(async () => {
  opened = await openTestDatabase();
  [ethereum, aptos] = await Promise.all([startEthereum(3000n), startAptos(2990n)]);
  const adapters = [ethereum.adapter, aptos.adapter];
  const write = (line: string): unknown => log.push(line);
  indexer = new Indexer({ database: opened.database, chains: adapters, pollMs: 20, log: write });
  await indexer.start();
  const index = opened.database;
  gateway = await startGateway({ host: "127.0.0.1", port: 0, adapters, index, log: write });
  client = new GatewayClient({ url: gateway.url });
}, 120_000);

afterAll(async () => {
  await gateway?.close();
  await indexer?.stop();
  await Promise.all([ethereum?.close(), aptos?.close()]);
  await opened?.remove();
});

const accountOn = ({ adapter, alice }: RealChain): MarketAccount =>
  new MarketAccount({ gateway: client, chain: adapter.id, signer: alice, pollMs: 20 });

test("an owner trades on Ethereum and on Aptos, and has one portfolio", async () => {
  const [one, two] = [accountOn(ethereum), accountOn(aptos)];
  const perpetual = { side: "LONG" as const, size: "1" };
  await one.deposit("1000");
  await two.deposit("2000");
  const { quote } = await client.request(QuoteDocument, { trade: { perpetual }, chains: null });
  expect(quote.venues.map(({ price, market }) => [price, market.chain.id])).toEqual([
    ["2990", "aptos:4"],
    ["3000", "eip155:1337"],
  ]);
  await two.tradePerpetual("LONG", "1");
  await one.tradePerpetual("SHORT", "0.5");
  const { portfolio } = await client.request(PortfolioDocument, { owners: [one.id, two.id] });
  // Fees: 5 bps of 1,500 and of 2,990.
  expect(portfolio.accounts.map(({ collateral }) => collateral.value)).toEqual([
    "999.25",
    "1998.505",
  ]);
  expect(portfolio).toMatchObject({
    equity: { value: "2997.755" },
    wallet: { value: "7000" },
    initialMargin: { value: "449" },
    greeks: { delta: "0.5" },
  });
  for (const { adapter, alice } of [ethereum, aptos]) {
    const owner = adapter.ownerOf(alice.address);
    const state = await adapter.account(owner);
    const shown = portfolio.accounts.find(({ chain }) => chain.id === adapter.id);
    expect(shown?.collateral.raw).toBe(`${state.collateral}`);
  }
});

test("the index's market numbers are those that each program says itself", async () => {
  const { markets } = await client.request(MarketsDocument, { chains: null });
  for (const { adapter } of [ethereum, aptos]) {
    const state = await adapter.market();
    const shown = markets.find(({ chain }) => chain.id === adapter.id);
    expect(shown?.pool.raw).toBe(`${state.pool}`);
    expect([shown?.openLong.raw, shown?.openShort.raw]).toEqual([
      `${state.openLong}`,
      `${state.openShort}`,
    ]);
    expect(shown?.volatility).toBe("0.5");
  }
});

test("what a reorganisation drops is gone from the portfolio", async () => {
  for (const chain of [ethereum, aptos]) {
    const account = accountOn(chain);
    const before = (await account.state()).collateral.value;
    await account.withdraw("1");
    expect((await account.state()).collateral.value).not.toBe(before);
    chain.reorganise(1, true);
    const { height } = await chain.adapter.head();
    let state = await account.state();
    while (state.anchor.height < height) state = await account.state();
    expect(state.collateral.value).toBe(before);
    expect(log.join("\n")).toContain(`index: ${chain.adapter.id} was reorganised 1 deep`);
  }
});
