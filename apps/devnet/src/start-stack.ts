import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startGateway } from "@dragoman/gateway";
import { Indexer } from "@dragoman/index";
import { findTasks, Liquidator, PricePath, PricePublisher } from "@dragoman/keeper";
import { type Database, openDatabase } from "@dragoman/store";
import { startControl } from "./control.ts";
import type { DevNode, DevNodeOptions, Endpoint } from "./dev-chain.ts";
import { PRICE_AT_START } from "./open-market.ts";
import { Opened } from "./opened.ts";
import { startRelayer } from "./relayer-process.ts";
import { type Devnet, type DevnetOptions, startDevnet } from "./start-devnet.ts";
import { tellEvents } from "./tell-events.ts";
import { welcomeQuery } from "./welcome-query.ts";

export interface StackOptions extends Pick<DevnetOptions, "host" | "ports" | "blocks"> {
  /** Folder of chains, database and relayer; made if it does not exist. */
  readonly folder: string;
  /** Any PostgreSQL from 15 on instead of the embedded one. */
  readonly databaseUrl?: string;
  /** Port of the gateway; 0 = any. */
  readonly gatewayPort: number;
  /** Port of the devnet's control; 0 = any. Default: 0. */
  readonly controlPort?: number;
  /** Pause between two prices, ms. Default: 5,000. */
  readonly priceMs?: number;
  /** Whether a relayer runs, as a child process. Default: true. */
  readonly relayer?: boolean;
  /** Takes one line for each event of the markets. */
  readonly tell?: (line: string) => void;
  /** Takes one line for whatever else happens. */
  readonly log: (line: string) => void;
}

/** Everything, running. */
export interface Stack {
  readonly devnet: Devnet;
  readonly endpoints: readonly Endpoint[];
  /** Address of the GraphQL endpoint. */
  readonly gatewayUrl: string;
  readonly controlUrl: string;
  /** Process of the relayer; undefined without one. */
  readonly relayerPid: () => number | undefined;
  close(): Promise<void>;
}

const PRICE_MS = 5_000;
const PRICE_SEED = 20_261_128;
const LIQUIDATOR_MS = 500;

/** Starts chains, index, gateway, relayer and engines on one folder, and joins them. A start that fails leaves nothing running. */
export async function startStack(
  starters: readonly ((options: DevNodeOptions) => Promise<DevNode>)[],
  options: StackOptions,
): Promise<Stack> {
  const opened = new Opened();
  return await opened.orClose(() => start(starters, options, opened));
}

async function start(
  starters: readonly ((options: DevNodeOptions) => Promise<DevNode>)[],
  options: StackOptions,
  opened: Opened,
): Promise<Stack> {
  const { host = "127.0.0.1", folder, log, databaseUrl } = options;
  mkdirSync(folder, { recursive: true });
  const place =
    databaseUrl === undefined ? { dataFolder: join(folder, "database") } : { url: databaseUrl };
  const close = (part: { close(): Promise<void> }): Promise<void> => part.close();
  const [database, devnet] = await bothOpen(
    opened,
    openDatabase(place, log),
    startDevnet(starters, { ...options, host, folder: join(folder, "chains") }),
  );
  const url = databaseUrl === undefined ? {} : { databaseUrl };
  const relayer =
    options.relayer === false ? undefined : startRelayer({ devnet, folder, ...url, log });
  if (relayer !== undefined) opened.keep(relayer, () => relayer.stop());
  const adapters = devnet.chains.map(({ adapter }) => adapter);
  if (options.tell !== undefined) {
    opened.keep(await tellEvents(database, adapters, options.tell), (end) => end());
  }
  const indexer = new Indexer({ database, chains: adapters, log });
  opened.keep(indexer, () => indexer.stop());
  await indexer.start();
  const server = { host, port: options.gatewayPort };
  const gateway = opened.keep(
    await startGateway({
      ...server,
      adapters,
      index: database,
      welcomeQuery: welcomeQuery(devnet),
      log,
    }),
    close,
  );
  const publisher = startEngines(devnet, database, options, opened);
  const controlPort = options.controlPort ?? 0;
  const control = opened.keep(
    await startControl({ devnet, publisher, host, port: controlPort, log }),
    close,
  );
  return {
    devnet,
    gatewayUrl: gateway.url,
    controlUrl: control.url,
    endpoints: [
      ...gateway.endpoints,
      ...devnet.chains.flatMap(({ node }) => node.endpoints),
      { name: "devnet", url: control.url },
    ],
    relayerPid: () => relayer?.pid(),
    close: () => opened.close(),
  };
}

/** Waits for both; keeps the one that opens if the other does not. */
async function bothOpen(
  opened: Opened,
  database: Promise<Database>,
  devnet: Promise<Devnet>,
): Promise<readonly [Database, Devnet]> {
  await opened.keepAll<Database | Devnet>([database, devnet], (part) => part.close());
  return [await database, await devnet];
}

/** Publisher, liquidator and settler. */
function startEngines(
  devnet: Devnet,
  database: Database,
  { log, priceMs = PRICE_MS }: StackOptions,
  opened: Opened,
): PricePublisher {
  const signed = (role: "publisher" | "liquidator") =>
    devnet.chains.map(({ adapter, node }) => ({ adapter, signer: node.signerOf(role) }));
  const path = new PricePath(PRICE_SEED, PRICE_AT_START);
  const publisher = new PricePublisher({
    chains: signed("publisher"),
    path,
    pauseMs: priceMs,
    log,
  });
  const ids = devnet.chains.map(({ adapter }) => adapter.id);
  const liquidator = new Liquidator({
    chains: signed("liquidator"),
    find: () => findTasks(database, ids),
    pauseMs: LIQUIDATOR_MS,
    log,
  });
  for (const engine of [publisher, liquidator]) {
    engine.start();
    opened.keep(engine, () => engine.stop());
  }
  return publisher;
}
