import type { BlockRef } from "@dragoman/chain";
import { type Account, NO_ACCOUNT } from "@dragoman/quant";
import { type Database, openTestDatabase, type TestDatabase } from "@dragoman/store";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ChainFollower } from "./chain-follower.ts";
import type { FollowedChain } from "./followed-chain.ts";
import { migrateIndex } from "./indexer.ts";
import { readAccounts } from "./rows/account-rows.ts";
import { readNumbers } from "./rows/market-rows.ts";
import { MemoryChain } from "./testing/memory-chain.ts";
import { actionOf, actionPlans, OWNERS, openingActions } from "./testing/random-actions.ts";

let opened: TestDatabase;
let database: Database;
const log: string[] = [];

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
  await migrateIndex(database);
});
beforeEach(async () => {
  log.length = 0;
  await database.query("TRUNCATE chain, transfer CASCADE");
});
afterAll(() => opened.remove());

const newChains = (): MemoryChain[] => [
  new MemoryChain({ id: "eip155:1", domain: 1, finalityDepth: 5 }),
  new MemoryChain({ id: "aptos:4", domain: 2, family: "move", finalityDepth: 9 }),
];

const follower = (chain: MemoryChain): ChainFollower =>
  new ChainFollower(chain, database, (line) => log.push(line));

async function catchUp(...chains: MemoryChain[]): Promise<void> {
  for (const chain of chains) {
    const following = follower(chain);
    while ((await following.step()) !== "idle");
  }
}

const TABLES = [
  "chain",
  "market",
  "block",
  "event",
  "account",
  "position",
  "undo",
  "transfer",
  "transfer_step",
];

/** All rows of all tables. */
async function everything(): Promise<Record<string, unknown>> {
  const rows = TABLES.map(async (table) => [
    table,
    await database.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`),
  ]);
  return Object.fromEntries(await Promise.all(rows));
}

async function expectModel(chain: MemoryChain): Promise<void> {
  expect(await readNumbers(database, chain.id)).toEqual(chain.model.numbers);
  const accounts = await readAccounts(database, chain.id, OWNERS);
  for (const owner of OWNERS) {
    const account: Account = accounts.get(owner) ?? NO_ACCOUNT;
    expect(account).toEqual(chain.model.account(owner));
  }
}

const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ on: fc.nat(1), plans: actionPlans }) },
  { weight: 2, arbitrary: fc.record({ on: fc.nat(1), depth: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ on: fc.nat(1), steps: fc.integer({ min: 1, max: 3 }) }) },
);

test("after any blocks and reorganisations the rows are the model's state, and those of an index made anew", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 20, maxLength: 60 }), async (operations) => {
      await database.query("TRUNCATE chain, transfer CASCADE");
      const chains = newChains();
      for (const chain of chains) chain.produce(openingActions(chain.nextTimestamp));
      const sent: string[] = [];
      for (const each of operations) {
        const chain = chains[each.on]!;
        if ("plans" in each) {
          const now = chain.nextTimestamp;
          const { events } = chain.produce(
            each.plans.flatMap((plan) => actionOf(plan, chain.domain, sent, now) ?? []),
          );
          for (const { event } of events) {
            seen.add(event.type);
            if (event.type === "PacketSent") sent.push(event.packet);
          }
        } else if ("depth" in each) {
          const above = (await chain.head()).height - (await chain.finalized()).height;
          chain.reorganise(Math.min(each.depth, above));
          if (each.depth % 2 === 0) chain.produce();
        } else {
          for (let i = 0; i < each.steps; i++) seen.add(await follower(chain).step());
        }
      }
      await catchUp(...chains);
      for (const chain of chains) await expectModel(chain);
      const followed = await everything();
      await database.query("TRUNCATE chain, transfer CASCADE");
      await catchUp(...chains);
      expect(followed).toEqual(await everything());
    }),
    // A seed under which everything that is asked for below happens.
    { numRuns: 25, seed: 7 },
  );
  expect([...seen]).toEqual(
    expect.arrayContaining(["undone", "PacketSent", "PacketReceived", "PacketRefunded"]),
  );
}, 300_000);

/** A chain whose blocks stand a million heights apart, and how often it was asked for one. */
function sparse(chain: MemoryChain): { readonly far: FollowedChain; readonly asked: () => number } {
  const GAP = 1_000_000;
  let asked = 0;
  const moved = (ref: BlockRef): BlockRef => ({ ...ref, height: ref.height * GAP });
  const far: FollowedChain = {
    ...{ id: chain.id, family: chain.family, domain: chain.domain },
    finalityDepth: chain.finalityDepth,
    head: async () => moved(await chain.head()),
    finalized: async () => moved(await chain.finalized()),
    market: () => chain.market(),
    nextHeight: async (height) => {
      const next = Math.ceil(height / GAP);
      return next <= (await chain.head()).height ? next * GAP : undefined;
    },
    block: async (height) => {
      asked++;
      const block = height % GAP === 0 ? await chain.block(height / GAP) : undefined;
      return block && { ...block, ref: moved(block.ref) };
    },
  };
  return { far, asked: () => asked };
}

test("long gaps between heights are leapt over, not walked through", async () => {
  const chain = new MemoryChain({ id: "solana:2", domain: 77, finalityDepth: 2 });
  for (let block = 0; block < 4; block++) chain.produce();
  const { far, asked } = sparse(chain);
  const following = new ChainFollower(far, database, (line) => log.push(line));
  while ((await following.step()) !== "idle");
  const heights = await database.query("SELECT height FROM block WHERE chain = $1 ORDER BY 1", [
    chain.id,
  ]);
  expect(heights.map(({ height }) => Number(height))).toEqual(
    Array.from({ length: (await chain.head()).height + 1 }, (_, number) => number * 1_000_000),
  );
  expect(asked()).toBeLessThan(500);
  expect(log).toEqual([]);
});
