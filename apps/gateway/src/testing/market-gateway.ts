import {
  Indexer,
  type MemoryAction,
  MemoryChain,
  memoryAdapter,
  migrateIndex,
} from "@dragoman/index";
import { GatewayClient } from "@dragoman/sdk";
import type { Database } from "@dragoman/store";
import { startGateway } from "../start-gateway.ts";

const USD = 1_000_000n;

/** Owners of the tests, as markets know them. */
export const [ALICE, BOB, CAROL] = ["a1", "b0", "ca"].map((byte) => `0x${byte.repeat(32)}`) as [
  string,
  string,
  string,
];

/** A gateway over two chains in memory with an index of its own. */
export interface MarketGateway {
  readonly client: GatewayClient;
  readonly url: string;
  readonly ethereum: MemoryChain;
  readonly aptos: MemoryChain;
  /** Everything that the gateway and the index wrote to their logs. */
  readonly log: readonly string[];
  /** Waits until the gateway sees the newest blocks and their finality. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** On an empty database, or one of a gateway that was closed: its rows are removed. It stays open. */
export async function openMarketGateway(database: Database): Promise<MarketGateway> {
  await migrateIndex(database);
  await database.query("TRUNCATE chain, transfer CASCADE");
  const ethereum = openChain("eip155:1337", 1, 3000n);
  const aptos = new MemoryChain({ id: "aptos:4", domain: 3, family: "move", finalityDepth: 4 });
  aptos.produce(opening(aptos, 2990n));
  const chains = [ethereum, aptos];
  const log: string[] = [];
  const write = (line: string): unknown => log.push(line);
  const indexer = new Indexer({ database, chains, pollMs: 5, log: write });
  await indexer.start();
  const gateway = await startGateway({
    host: "127.0.0.1",
    port: 0,
    adapters: chains.map(memoryAdapter),
    index: database,
    log: write,
  });
  const client = new GatewayClient({ url: gateway.url });
  const settled = async (): Promise<void> => {
    for (const chain of chains) await untilRead(gateway.url, chain);
  };
  await settled();
  return {
    client,
    url: gateway.url,
    ethereum,
    aptos,
    log,
    settled,
    close: async () => {
      await gateway.close();
      await indexer.stop();
    },
  };
}

function openChain(id: string, domain: number, dollars: bigint): MemoryChain {
  const chain = new MemoryChain({ id, domain, finalityDepth: 4 });
  chain.produce(opening(chain, dollars));
  return chain;
}

/** Pool, price and collateral. */
const opening = (chain: MemoryChain, dollars: bigint): MemoryAction[] => [
  { sender: CAROL, action: { type: "fundPool", amount: 1_000_000n * USD } },
  priceOf(chain, dollars),
  ...[ALICE, BOB].map((sender) => ({
    sender,
    action: { type: "deposit", amount: 10_000n * USD } as const,
  })),
];

/** A price at the time of the chain's next block. */
export const priceOf = (chain: MemoryChain, dollars: bigint): MemoryAction => ({
  sender: CAROL,
  action: {
    type: "publishPrice",
    price: dollars * USD,
    confidence: USD,
    time: BigInt(chain.nextTimestamp),
  },
});

async function untilRead(url: string, chain: MemoryChain): Promise<void> {
  const query = `{ chain(id: "${chain.id}") { head { hash } finalized { hash } } }`;
  const expected = [(await chain.head()).hash, (await chain.finalized()).hash];
  for (;;) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { data } = (await response.json()) as {
      data?: { chain: { head: { hash: string }; finalized: { hash: string } } | null };
    };
    const read = data?.chain;
    if (read?.head.hash === expected[0] && read?.finalized.hash === expected[1]) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
