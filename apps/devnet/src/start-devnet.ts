import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attesterKey } from "@dragoman/bridge";
import { decodeHex } from "@dragoman/bytes";
import { type BlockMode, LedgerClock } from "@dragoman/ledger";
import type { DevChain, DevNode, DevNodeOptions, MarketTerms } from "./dev-chain.ts";
import { keepLedger, type LedgerFile } from "./ledger-file.ts";
import { openMarket } from "./open-market.ts";
import { Opened } from "./opened.ts";
import { ATTESTERS_NEEDED, attesterSecrets } from "./secrets.ts";

export interface DevnetOptions {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Ports of the native RPCs; 0 or absent = any. */
  readonly ports?: Partial<Record<DevNode["family"], number>>;
  /** Folder that the chains are kept in; absent = in memory only. */
  readonly folder?: string;
  /** How blocks are made once the markets stand. Default: the chains' own intervals. */
  readonly blocks?: BlockMode;
  readonly log: (line: string) => void;
}

export interface Devnet {
  readonly chains: readonly DevChain[];
  readonly clock: LedgerClock;
  close(): Promise<void>;
}

/** Annual volatility of the underlying: 0.8 in Q32. */
const VOLATILITY = ((1n << 32n) * 8n) / 10n;
/** Collateral that exists on each chain at the start, 1e-6 USD. */
const SUPPLY = 1_000_000_000_000_000n;
const DEPLOYMENTS_FILE = "deployments.json";

/**
 * Starts the nodes and puts the market on each chain, or finds both in the folder. A chain in the folder whose market is not known, because the
 * process was killed before it stood, begins anew. A start that fails leaves nothing running.
 */
export async function startDevnet(
  starters: readonly ((options: DevNodeOptions) => Promise<DevNode>)[],
  options: DevnetOptions,
): Promise<Devnet> {
  const opened = new Opened();
  return await opened.orClose(() => start(starters, options, opened));
}

async function start(
  starters: readonly ((options: DevNodeOptions) => Promise<DevNode>)[],
  options: DevnetOptions,
  opened: Opened,
): Promise<Devnet> {
  const { host = "127.0.0.1", folder, log, ports = {} } = options;
  const clock = new LedgerClock(Date.now);
  const nodes = await opened.keepAll(
    starters.map((startNode) => startNode({ clock, host, ports, log })),
    (node) => node.close(),
  );
  for (const { producer } of nodes) opened.keep(producer, () => producer.stop());
  const known = folder === undefined ? {} : readDeployments(folder);
  if (folder !== undefined) {
    for (const node of nodes) {
      opened.keep(restore(node, folder, known, log), (file) => file.close());
    }
  }
  resume(clock, nodes);
  for (const { producer } of nodes) producer.setMode({ kind: "instant" });
  const chains = await opened.keepAll(
    nodes.map(async (node) => {
      if (node.ledger.blocks.head.height === 0) {
        return { node, ...(await openMarket(node, terms())) };
      }
      const deployment = known[node.family];
      return { node, deployment, adapter: await node.connect(deployment) };
    }),
    ({ adapter }) => adapter.close(),
  );
  if (folder !== undefined) writeDeployments(folder, chains);
  for (const { node } of chains) node.producer.setMode(options.blocks ?? node.blocks);
  return { chains, clock, close: () => opened.close() };
}

/** Moves the clock to where the chains are: they may have travelled in time before. */
function resume(clock: LedgerClock, nodes: readonly DevNode[]): void {
  const newest = Math.max(...nodes.map(({ ledger }) => ledger.blocks.head.timestamp));
  clock.advance(Math.max(0, newest - clock.seconds()));
}

function terms(): MarketTerms {
  const attesters = attesterSecrets()
    .map((secret) => attesterKey(secret).address)
    .sort()
    .map((address) => decodeHex(address));
  return { attesters, threshold: ATTESTERS_NEEDED, volatility: VOLATILITY, supply: SUPPLY };
}

function restore(
  node: DevNode,
  folder: string,
  known: Deployments,
  log: (line: string) => void,
): LedgerFile {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${node.family}.ledger`);
  if (known[node.family] === undefined && existsSync(file)) {
    log(`${file} ends before the market stood and is kept as ${file}.old`);
    renameSync(file, `${file}.old`);
  }
  return keepLedger(node.ledger, file, log);
}

type Deployments = Partial<Record<DevNode["family"], unknown>>;

function readDeployments(folder: string): Deployments {
  const file = join(folder, DEPLOYMENTS_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Deployments) : {};
}

function writeDeployments(folder: string, chains: readonly DevChain[]): void {
  const deployments = Object.fromEntries(
    chains.map(({ node, deployment }) => [node.family, deployment]),
  );
  writeFileSync(join(folder, DEPLOYMENTS_FILE), `${JSON.stringify(deployments, null, 2)}\n`);
}
