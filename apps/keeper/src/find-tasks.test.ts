import { Indexer, MemoryChain, readChains } from "@dragoman/index";
import { openTestDatabase } from "@dragoman/store";
import { expect, test } from "vitest";
import { findTasks } from "./find-tasks.ts";

const USD = 1_000_000n;
const owner = (digit: string): string => `0x${digit.repeat(64)}`;
const [POOL, SAFE, RISKY, OPTION] = ["1", "2", "3", "4"].map(owner) as [
  string,
  string,
  string,
  string,
];

test("accounts below their maintenance margin are to be liquidated, expired options to be settled, others left alone", async () => {
  const chain = new MemoryChain({ id: "eip155:1", domain: 1 });
  const priceAt = (price: bigint) => ({
    sender: POOL,
    action: {
      type: "publishPrice",
      price,
      confidence: 1n,
      time: BigInt(chain.nextTimestamp),
    } as const,
  });
  const deposit = (sender: string, amount: bigint) =>
    ({ sender, action: { type: "deposit", amount } }) as const;
  const long = (sender: string) => ({
    sender,
    action: { type: "tradePerp", isLong: true, size: 3n * USD, limit: 1n << 50n } as const,
  });
  const expiry = BigInt(chain.nextTimestamp) + 100n;
  chain.produce([
    { sender: POOL, action: { type: "fundPool", amount: 1_000_000n * USD } },
    priceAt(3000n * USD),
    deposit(SAFE, 9000n * USD),
    deposit(RISKY, 1000n * USD),
    deposit(OPTION, 1000n * USD),
    long(SAFE),
    long(RISKY),
    {
      sender: OPTION,
      action: {
        type: "tradeOption",
        expiry,
        strike: 3000n * USD,
        isCall: true,
        isBuy: true,
        size: USD,
        limit: 1n << 50n,
      },
    },
  ]);
  const { database, remove } = await openTestDatabase();
  const indexer = new Indexer({ database, chains: [chain], pollMs: 5 });
  await indexer.start();
  const read = async () => {
    const head = await chain.head();
    for (;;) {
      const [known] = await readChains(database);
      if (known?.head?.height === head.height) return await findTasks(database, [chain.id]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  try {
    expect(await read()).toEqual([]);
    chain.produce([priceAt(2750n * USD)]);
    const liquidation = { chain: chain.id, action: { type: "liquidate", owner: RISKY } };
    expect(await read()).toEqual([liquidation]);
    chain.produce([priceAt(3000n * USD)]);
    const settlement = {
      chain: chain.id,
      action: { type: "settleOption", owner: OPTION, slot: 0 },
    };
    expect(await read()).toEqual([settlement]);
  } finally {
    await indexer.stop();
    await remove();
  }
}, 60_000);
