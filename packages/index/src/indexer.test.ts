import { NO_ACCOUNT } from "@dragoman/quant";
import { type Database, openTestDatabase, type TestDatabase } from "@dragoman/store";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { FollowedChain } from "./followed-chain.ts";
import { Indexer, migrateIndex } from "./indexer.ts";
import { listenToIndex, type Notice } from "./notice.ts";
import { readAccountsOf, readMarkets, readOpenAccounts, readPositions } from "./read/accounts.ts";
import { readChains } from "./read/blocks.ts";
import { readEvent, readEvents } from "./read/events.ts";
import { readTransfers, readTransfersById } from "./read/transfers.ts";
import { MemoryChain } from "./testing/memory-chain.ts";
import { OWNERS, openingActions } from "./testing/random-actions.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const [ANN, BOB, CAT] = OWNERS as readonly [string, string, string, string];

let opened: TestDatabase;
let database: Database;
const log: string[] = [];
const running: Indexer[] = [];

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  await migrateIndex(database);
});
beforeEach(async () => {
  log.length = 0;
  await database.query("TRUNCATE chain, transfer CASCADE");
});
afterEach(async () => {
  for (const indexer of running.splice(0)) await indexer.stop();
});
afterAll(() => opened.remove());

async function follow(...chains: FollowedChain[]): Promise<void> {
  const indexer = new Indexer({ database, chains, pollMs: 5, log: (line) => log.push(line) });
  running.push(indexer);
  await indexer.start();
}

/** Waits until `check` passes. */
async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const isRead = (chain: FollowedChain) => async (): Promise<boolean> => {
  const [read] = await readChains(database, [chain.id]);
  return (
    read?.head?.hash === (await chain.head()).hash &&
    read.finalized?.hash === (await chain.finalized()).hash
  );
};

const openChain = (id: string, domain: number, salt = 0): MemoryChain => {
  const chain = new MemoryChain({ id, domain, salt, finalityDepth: 3 });
  chain.produce(openingActions(chain.nextTimestamp));
  return chain;
};

const buy = (sender: string, size: bigint) => ({
  sender,
  action: { type: "tradePerp", isLong: true, size, limit: 1n << 39n } as const,
});

test("chains are read with head, finality, market and accounts", async () => {
  const chain = openChain("eip155:1", 1);
  chain.produce([buy(ANN, UNIT)]);
  for (let i = 0; i < 10; i++) chain.produce();
  await follow(chain);
  await until(isRead(chain));
  const [read] = await readChains(database);
  expect(read).toMatchObject({ id: "eip155:1", domain: 1, family: "evm", finalityDepth: 3 });
  expect(read?.head).toMatchObject({ ...(await chain.head()), isFinal: false });
  expect(read?.finalized).toMatchObject({ ...(await chain.finalized()), isFinal: true });
  const market = (await readMarkets(database, ["eip155:1"])).get("eip155:1");
  expect(market?.numbers).toEqual(chain.model.numbers);
  const accounts = await readAccountsOf(database, [
    { chain: "eip155:1", owner: ANN },
    { chain: "eip155:1", owner: `0x${"ff".repeat(32)}` },
    { chain: "eip155:9", owner: ANN },
  ]);
  expect(accounts.map(({ account }) => account)).toEqual([chain.model.account(ANN), NO_ACCOUNT]);
});

test("a reorganisation is followed, and told to listeners with the owners that it concerns", async () => {
  const chain = openChain("eip155:1", 1);
  await follow(chain);
  await until(isRead(chain));
  const notices: (Notice | undefined)[] = [];
  const stop = await listenToIndex(database, (notice) => notices.push(notice));
  chain.produce([buy(ANN, UNIT)]);
  await until(isRead(chain));
  expect((await readOpenAccounts(database, [chain.id])).map(({ owner }) => owner)).toEqual([ANN]);
  chain.reorganise(1);
  chain.produce([buy(BOB, UNIT)]);
  await until(isRead(chain));
  expect((await readOpenAccounts(database, [chain.id])).map(({ owner }) => owner)).toEqual([BOB]);
  await until(async () => notices.length >= 3);
  await stop();
  const told = notices.filter((notice) => (notice?.owners?.length ?? 0) > 0);
  expect(told).toMatchObject([
    { chain: chain.id, owners: [ANN], written: [2, 2] },
    { chain: chain.id, owners: [ANN] },
    { chain: chain.id, owners: [BOB], written: [2, 2] },
  ]);
  expect(log).toEqual(["index: eip155:1 was reorganised 1 deep, above 1"]);
});

test("another chain of the same name is indexed anew, with a loud line", async () => {
  const first = openChain("eip155:1", 1);
  for (let i = 0; i < 8; i++) first.produce([buy(ANN, UNIT)]);
  await follow(first);
  await until(isRead(first));
  await running.pop()!.stop();
  const second = openChain("eip155:1", 1, 77);
  second.produce([buy(CAT, UNIT)]);
  await follow(second);
  await until(isRead(second));
  expect((await readOpenAccounts(database, ["eip155:1"])).map(({ owner }) => owner)).toEqual([CAT]);
  expect(log.join("\n")).toContain("REMOVING ALL ROWS OF eip155:1");
});

test("a chain of another name takes the place of the one with its domain", async () => {
  const first = openChain("solana:first", 2);
  await follow(first);
  await until(isRead(first));
  await running.pop()!.stop();
  const second = openChain("solana:second", 2, 5);
  await follow(second);
  await until(isRead(second));
  expect((await readChains(database)).map(({ id }) => id)).toEqual(["solana:second"]);
});

test("a node that is behind what was final is waited for", async () => {
  const chain = openChain("eip155:1", 1);
  for (let i = 0; i < 9; i++) chain.produce();
  await follow(chain);
  await until(isRead(chain));
  await running.pop()!.stop();
  const before = await readChains(database);
  const behind: FollowedChain = {
    ...chain,
    id: chain.id,
    domain: chain.domain,
    market: () => chain.market(),
    finalized: () => chain.finalized(),
    head: async () => (await chain.block(2))!.ref,
    block: async (height) => (height <= 2 ? chain.block(height) : undefined),
  };
  await follow(behind);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await readChains(database)).toEqual(before);
  expect(log).toEqual([]);
});

test("two indexers on one database write every block once", async () => {
  const chain = openChain("eip155:1", 1);
  await follow(chain);
  await follow(chain);
  for (let i = 0; i < 30; i++) {
    chain.produce([buy(ANN, UNIT / 100n)]);
    if (i % 7 === 3) chain.reorganise(2);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  chain.produce();
  await until(isRead(chain));
  const [read] = await readAccountsOf(database, [{ chain: chain.id, owner: ANN }]);
  expect(read?.account).toEqual(chain.model.account(ANN));
});

test("a transfer goes from initiated by source-final to executed, with block and transaction of each step", async () => {
  const [source, destination] = [openChain("eip155:1", 1), openChain("aptos:4", 2)];
  await follow(source, destination);
  source.produce([buy(ANN, UNIT)]);
  const order = {
    destination: 2,
    recipient: BOB,
    what: 1,
    collateral: 500n * USD,
    timeout: 1n << 40n,
  };
  const sent = source.produce([{ sender: ANN, action: { type: "exportPosition", ...order } }]);
  await until(isRead(source));
  const [first] = (await readTransfers(database, {}, { first: 10 })).items;
  expect(first?.row).toMatchObject({
    status: "INITIATED",
    packet: { kind: "perp", source: 1, destination: 2, sequence: 1n, size: UNIT },
    steps: [{ status: "INITIATED", block: sent.ref, transaction: sent.events[0]!.transaction }],
  });
  for (let i = 0; i < 3; i++) source.produce();
  await until(isRead(source));
  const { id, bytes } = first!.row;
  expect((await readTransfersById(database, [id]))[0]).toMatchObject({
    status: "SOURCE_FINAL",
    steps: [{ status: "INITIATED" }, { status: "SOURCE_FINAL", block: await source.head() }],
  });
  const packet = `0x${Buffer.from(bytes).toString("hex")}`;
  destination.produce([{ sender: CAT, action: { type: "importPacket", packet, signatures: [] } }]);
  await until(isRead(destination));
  const filters = [
    { owners: [{ domain: 1, owner: ANN }] },
    { owners: [{ domain: 2, owner: BOB }], statuses: ["EXECUTED" as const] },
  ];
  for (const filter of filters) {
    const { items } = await readTransfers(database, filter, { first: 10 });
    expect(items[0]?.row.steps.map(({ status }) => status)).toEqual([
      "INITIATED",
      "SOURCE_FINAL",
      "EXECUTED",
    ]);
  }
  for (const owners of [[{ domain: 2, owner: ANN }], [{ domain: 1, owner: CAT }]]) {
    expect((await readTransfers(database, { owners }, { first: 10 })).items).toEqual([]);
  }
  destination.reorganise(1);
  destination.produce();
  await until(isRead(destination));
  expect((await readTransfersById(database, [id]))[0]?.status).toBe("SOURCE_FINAL");
});

test("pages of events and positions join without gap or repetition while new blocks come", async () => {
  const chain = openChain("eip155:1", 1);
  for (let i = 1n; i <= 6n; i++)
    chain.produce([buy(ANN, (UNIT * i) / 100n), buy(BOB, UNIT / 100n)]);
  chain.produce([buy(CAT, UNIT / 2n)]);
  await follow(chain);
  await until(isRead(chain));
  const filter = { types: ["PerpTraded"] as const, chains: [chain.id] };
  const page = await readEvents(database, filter, { first: 5 });
  expect(page.hasNext).toBe(true);
  chain.produce([buy(ANN, UNIT / 100n)]);
  await until(isRead(chain));
  const rest = await readEvents(database, filter, { first: 50, after: page.items.at(-1)!.key });
  expect(page.items.length + rest.items.length).toBe(13);
  expect(rest.hasNext).toBe(false);
  const keys = [...page.items, ...rest.items].map(({ key }) => `${key.height}/${key.place}`);
  expect(new Set(keys).size).toBe(13);
  const { block, place, event } = page.items[0]!.row;
  expect((await readEvent(database, chain.id, block.height, place))?.event).toEqual(event);
  const all = await readPositions(database, { chains: [chain.id] }, { first: 10 });
  expect(all.items.map(({ row }) => row.owner)).toEqual([CAT, ANN, BOB]);
  const second = await readPositions(
    database,
    { chains: [chain.id] },
    { first: 1, after: all.items[0]!.key },
  );
  expect(second.items.map(({ row }) => row.owner)).toEqual([ANN]);
  const own = await readPositions(
    database,
    { chains: [chain.id], owners: [{ chain: chain.id, owner: BOB }] },
    { first: 10 },
  );
  expect(own.items.map(({ row }) => row.account)).toEqual([chain.model.account(BOB)]);
});

test("a packet for a domain of the largest number is a transfer like any other", async () => {
  const chain = openChain("eip155:1", 1);
  const order = { destination: 2 ** 32 - 1, recipient: BOB, what: 0, collateral: USD };
  const timeout = 2n ** 64n - 1n;
  chain.produce([{ sender: ANN, action: { type: "exportPosition", ...order, timeout } }]);
  await follow(chain);
  await until(isRead(chain));
  const { items } = await readTransfers(database, {}, { first: 1 });
  expect(items[0]?.row.packet).toMatchObject({ destination: 2 ** 32 - 1, timeout });
  const between = await readTransfers(database, { domains: [1, 2] }, { first: 1 });
  expect(between.items).toEqual([]);
});
