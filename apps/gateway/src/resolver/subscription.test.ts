import {
  AccountChangesDocument,
  LiquidationFeedDocument,
  MarketAccount,
  PriceFeedDocument,
  TransferChangesDocument,
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
const CHAIN = "eip155:1337";

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

/** Results of a subscription one by one. `begin` resolves when the server has it. */
function results<T>(stream: AsyncGenerator<T>): { next(): Promise<T>; end(): Promise<void> } {
  return {
    next: async () => {
      const { value, done } = await stream.next();
      if (done === true) throw new Error("the subscription ended");
      return value;
    },
    end: async () => {
      await stream.return(undefined);
    },
  };
}

/** Until the gateway serves so many subscriptions: notices before that are for nobody. */
async function whenListening(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200));
}

test("an account is told as it is, then at every change, also when a reorganisation takes one back", async () => {
  const { client, ethereum } = gateway;
  const owner = `${CHAIN}:${ALICE}`;
  const changes = results(client.subscribe(AccountChangesDocument, { owner }));
  expect((await changes.next()).account.collateral.value).toBe("10000");
  ethereum.produce([{ sender: ALICE, action: { type: "deposit", amount: 5n * USD } }]);
  expect((await changes.next()).account).toMatchObject({
    collateral: { value: "10005" },
    anchor: { height: 2 },
  });
  ethereum.produce([{ sender: BOB, action: { type: "deposit", amount: 5n * USD } }]);
  ethereum.reorganise(2);
  ethereum.produce();
  expect((await changes.next()).account.collateral.value).toBe("10000");
  ethereum.produce([priceOf(ethereum, 3100n)]);
  expect((await changes.next()).account.anchor.height).toBe(3);
  await changes.end();
});

test("prices and liquidations are told once each, in their order, of the chosen chains", async () => {
  const { client, ethereum, aptos } = gateway;
  const prices = results(client.subscribe(PriceFeedDocument, { chains: [CHAIN] }));
  const liquidations = results(client.subscribe(LiquidationFeedDocument, { chains: null }));
  const first = [prices.next(), liquidations.next()] as const;
  await whenListening();
  aptos.produce([priceOf(aptos, 2500n)]);
  ethereum.produce([
    {
      sender: ALICE,
      action: { type: "tradePerp", isLong: true, size: 30n * UNIT, limit: 1n << 39n },
    },
  ]);
  ethereum.produce([priceOf(ethereum, 2750n)]);
  ethereum.produce([{ sender: BOB, action: { type: "liquidate", owner: ALICE } }]);
  ethereum.produce([priceOf(ethereum, 2760n)]);
  expect((await first[0]).prices).toMatchObject({
    price: "2750",
    market: { chain: { id: CHAIN } },
  });
  expect((await prices.next()).prices.price).toBe("2760");
  expect((await first[1]).liquidations).toMatchObject({ owner: `${CHAIN}:${ALICE}` });
  await prices.end();
  await liquidations.end();
});

test("a transfer is told at every change of its status, to those whom it concerns", async () => {
  const { client, ethereum, aptos } = gateway;
  const bobs = results(client.subscribe(TransferChangesDocument, { owner: `aptos:4:${BOB}` }));
  const carols = client.subscribe(TransferChangesDocument, { owner: `aptos:4:${CAROL}` });
  const nothing = carols.next();
  const first = bobs.next();
  await whenListening();
  const sent = ethereum.produce([
    {
      sender: ALICE,
      action: {
        type: "exportPosition",
        destination: 3,
        recipient: BOB,
        what: 0,
        collateral: 100n * USD,
        timeout: 2_000_000n,
      },
    },
  ]);
  expect((await first).transfers).toMatchObject({ status: "INITIATED", kind: "COLLATERAL" });
  for (let i = 0; i < 4; i++) ethereum.produce();
  expect((await bobs.next()).transfers.status).toBe("SOURCE_FINAL");
  const event = sent.events[0]!.event;
  if (event.type !== "PacketSent") throw new Error("no packet was sent");
  aptos.produce([
    { sender: CAROL, action: { type: "importPacket", packet: event.packet, signatures: [] } },
  ]);
  expect((await bobs.next()).transfers.status).toBe("EXECUTED");
  await bobs.end();
  const waiting = new Promise((resolve) => setTimeout(() => resolve("nothing"), 50));
  expect(await Promise.race([nothing, waiting])).toBe("nothing");
});

test("closing the gateway ends the subscriptions", async () => {
  const owner = `${CHAIN}:${ALICE}`;
  const stream = gateway.client.subscribe(AccountChangesDocument, { owner });
  await stream.next();
  const end = stream.next();
  await gateway.close();
  expect((await end).done).toBe(true);
});

test("an owner acts through the gateway, and finds what it did in the index", async () => {
  const { client, ethereum } = gateway;
  let signed = 0;
  const account = new MarketAccount({
    gateway: client,
    chain: CHAIN,
    pollMs: 5,
    signer: {
      address: ALICE,
      sign: async ({ payload }) => new TextEncoder().encode(`${signed++} ${payload}`).slice(0, 32),
    },
  });
  await account.deposit("250.5");
  expect((await account.state()).collateral.value).toBe("10250.5");
  await account.tradePerpetual("SHORT", "1.5");
  expect((await account.state()).positions).toMatchObject([
    { side: "SHORT", size: { value: "1.5" }, entryPrice: "3000" },
  ]);
  await account.closePerpetual();
  expect((await account.state()).positions).toEqual([]);
  const refused = account.withdraw("1000000");
  await expect(refused).rejects.toMatchObject({ marketError: 4 });
  const transfer = await account.bridge({
    destination: "aptos:4",
    recipient: `aptos:4:${BOB}`,
    collateral: "10",
  });
  expect(transfer).toMatchObject({ status: "INITIATED", collateral: { value: "10" } });
  expect(ethereum.model.numbers.nextSequence).toBe(2n);
});
