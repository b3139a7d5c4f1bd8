import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChainSigner, performAction } from "@dragoman/chain";
import { type DevChain, STARTERS, type Stack, startStack } from "@dragoman/devnet";
import { Indexer, readChains } from "@dragoman/index";
import { type Database, openDatabase, openTestDatabase } from "@dragoman/store";
import { afterAll, beforeAll, expect, test } from "vitest";

const USD = 1_000_000n;
const WAIT_MS = 60_000;
const FAST = { pollMs: 20 };
/** Everything that an index says, but not the blocks without events, of which it keeps only the newest. */
const TABLES = {
  chain: "SELECT id, family, domain, finality_depth, tip_height, tip_hash, final_height FROM chain",
  market: "SELECT * FROM market",
  block: "SELECT * FROM block WHERE has_events",
  event: "SELECT * FROM event",
  account: "SELECT * FROM account",
  position: "SELECT * FROM position",
  transfer: "SELECT * FROM transfer",
  transfer_step: "SELECT * FROM transfer_step",
} as const;

let folder: string;
let stack: Stack;
let database: Database;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dragoman-reorganisation-"));
  const blocks = { kind: "interval", ms: 200 } as const;
  const options = { folder, gatewayPort: 0, blocks, priceMs: 600_000, relayer: false } as const;
  stack = await startStack(STARTERS, { ...options, log: () => undefined });
  database = await openDatabase({ dataFolder: join(folder, "database") });
}, 120_000);

afterAll(async () => {
  await database?.close();
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Rows of a database in an order of their own. */
async function rowsOf(db: Database): Promise<Record<string, readonly string[]>> {
  const entries = Object.entries(TABLES).map(async ([table, query]) => {
    const rows = await db.query(query);
    const text = (_: string, value: unknown): unknown =>
      typeof value === "bigint" ? `${value}` : value;
    return [table, rows.map((row) => JSON.stringify(row, text)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Waits until an index has read all chains to their heads, which must not move. */
async function untilRead(db: Database): Promise<void> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const read = await readChains(db);
    const isDone = stack.devnet.chains.every(({ adapter, node }) => {
      const head = read.find(({ id }) => id === adapter.id)?.head;
      return head?.height === node.ledger.blocks.head.height;
    });
    if (isDone) return;
    if (Date.now() > end) throw new Error("the index does not reach the heads");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Deposits, sells a perpetual and sends collateral away. */
async function act({ adapter, node }: DevChain, signer: ChainSigner): Promise<void> {
  const { id } = stack.devnet.chains.find(({ adapter: other }) => other !== adapter)!.adapter;
  const destination = stack.devnet.chains.find(({ adapter: other }) => other.id === id)!;
  await performAction(adapter, signer, { type: "deposit", amount: 5000n * USD }, FAST);
  const trade = { type: "tradePerp", isLong: false, size: USD, limit: 0n } as const;
  await performAction(adapter, signer, trade, FAST);
  const timeout = BigInt(node.ledger.blocks.head.timestamp) + 100_000n;
  const sent = { destination: destination.adapter.domain, what: 0, collateral: 7n * USD } as const;
  const recipient = destination.adapter.ownerOf(destination.node.addressOf("bob"));
  await performAction(
    adapter,
    signer,
    { type: "exportPosition", ...sent, recipient, timeout },
    FAST,
  );
}

test("after reorganisations on every chain the index equals a rebuild", async () => {
  const { chains } = stack.devnet;
  await Promise.all(chains.map((chain) => act(chain, chain.node.signerOf("alice"))));
  // Undone blocks whose transactions come back, and undone blocks whose transactions are gone.
  for (const drop of [false, true]) {
    await Promise.all(chains.map((chain) => act(chain, chain.node.signerOf("bob"))));
    for (const { node, adapter } of chains) {
      const before = await adapter.head();
      const depth = adapter.finalityDepth - 1;
      node.ledger.reorganise(depth, drop);
      for (let i = 0; i <= depth; i++) node.ledger.produce();
      const replaced = await adapter.block(before.height);
      expect(replaced?.ref.hash, adapter.id).not.toBe(before.hash);
    }
  }
  await Promise.all(chains.map((chain) => act(chain, chain.node.signerOf("alice"))));
  for (const { node } of chains) node.producer.setMode({ kind: "demand" });
  await untilRead(database);
  const rebuilt = await openTestDatabase();
  const indexer = new Indexer({
    database: rebuilt.database,
    chains: chains.map(({ adapter }) => adapter),
  });
  await indexer.start();
  try {
    await untilRead(rebuilt.database);
    const rows = await rowsOf(database);
    expect(rows).toEqual(await rowsOf(rebuilt.database));
    expect(rows.chain).toHaveLength(4);
    expect(rows.transfer!.length).toBeGreaterThanOrEqual(8);
    expect(rows.position!.length).toBeGreaterThanOrEqual(4);
  } finally {
    await indexer.stop();
    await rebuilt.remove();
  }
}, 240_000);
