import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startGateway } from "@dragoman/gateway";
import { Indexer } from "@dragoman/index";
import { findTasks, Liquidator, PricePath, PricePublisher } from "@dragoman/keeper";
import { openDatabase } from "@dragoman/store";
import { startControl } from "./control.ts";
import type { DevNode, DevNodeOptions, Endpoint } from "./dev-chain.ts";
import { PRICE_AT_START } from "./open-market.ts";
import { startRelayer } from "./relayer-process.ts";
import { type Devnet, type DevnetOptions, startDevnet } from "./start-devnet.ts";
import { tellEvents } from "./tell-events.ts";

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

/** Starts chains, index, gateway, relayer and engines on one folder, and joins them. */
export async function startStack(
  starters: readonly ((options: DevNodeOptions) => Promise<DevNode>)[],
  options: StackOptions,
): Promise<Stack> {
  const { host = "127.0.0.1", folder, log, databaseUrl } = options;
  mkdirSync(folder, { recursive: true });
  const [database, devnet] = await Promise.all([
    openDatabase(
      databaseUrl === undefined ? { dataFolder: join(folder, "database") } : { url: databaseUrl },
      log,
    ),
    startDevnet(starters, { ...options, host, folder: join(folder, "chains") }),
  ]);
  const relayer =
    options.relayer === false
      ? undefined
      : startRelayer({
          devnet,
          folder,
          ...(databaseUrl === undefined ? {} : { databaseUrl }),
          log,
        });
  const adapters = devnet.chains.map(({ adapter }) => adapter);
  const untell =
    options.tell === undefined ? undefined : await tellEvents(database, adapters, options.tell);
  const indexer = new Indexer({ database, chains: adapters, log });
  await indexer.start();
  const gateway = await startGateway({
    host,
    port: options.gatewayPort,
    adapters,
    index: database,
    log,
  });
  const signed = (role: "publisher" | "liquidator") =>
    devnet.chains.map(({ adapter, node }) => ({ adapter, signer: node.signerOf(role) }));
  const publisher = new PricePublisher({
    chains: signed("publisher"),
    path: new PricePath(PRICE_SEED, PRICE_AT_START),
    pauseMs: options.priceMs ?? PRICE_MS,
    log,
  });
  const ids = adapters.map(({ id }) => id);
  const liquidator = new Liquidator({
    chains: signed("liquidator"),
    find: () => findTasks(database, ids),
    pauseMs: LIQUIDATOR_MS,
    log,
  });
  publisher.start();
  liquidator.start();
  const control = await startControl({
    devnet,
    publisher,
    host,
    port: options.controlPort ?? 0,
    log,
  });
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
    async close() {
      await Promise.all([publisher.stop(), liquidator.stop(), control.close(), relayer?.stop()]);
      await gateway.close();
      await indexer.stop();
      await untell?.();
      await devnet.close();
      await database.close();
    },
  };
}
