import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEVNET_ROLES, devnetSecret, STARTERS, type Stack, startStack } from "@dragoman/devnet";
import {
  GatewayClient,
  type MarketAccount,
  MarketsDocument,
  PortfolioDocument,
  TransferDocument,
} from "@dragoman/sdk";
import { createMarketAccount as onEthereum } from "@dragoman/sdk-evm";
import { createMarketAccount as onSolana } from "@dragoman/sdk-solana";
import { SeededRandom } from "@dragoman/simulation";
import { Keypair } from "@solana/web3.js";
import { toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

export interface KillOptions {
  readonly transfers: number;
  readonly kills: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface KillReport {
  readonly transfers: number;
  /** How often the relayer was really killed. */
  readonly kills: number;
  readonly executed: number;
  readonly refunded: number;
  readonly violations: readonly string[];
}

const BLOCKS = { kind: "interval", ms: 200 } as const;
/** What each chain begins with, 1e-6. */
const SUPPLY = 10n ** 15n;
const AMOUNT = "10";
const AMOUNT_RAW = 10_000_000n;
/** Between two kills: from this many ms, and as many again at most. */
const KILL_MS = 300;
const SPREAD_MS = 6000;
/** How long the last transfers may take once nobody kills any more. */
const SETTLE_MS_MAX = 180_000;
/** How far the index may be behind the chains. */
const INDEX_MS_MAX = 30_000;

/**
 * Sends collateral to and fro between Solana and Ethereum while the relayer's process is killed with SIGKILL at random moments, and then counts:
 * each transfer must end exactly once, what the owners have must be what they sent, and no collateral may be lost or made.
 */
export async function killRelayer(options: KillOptions): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), "dragoman-kill-"));
  const stack = await startStack(STARTERS, {
    folder,
    gatewayPort: 0,
    blocks: BLOCKS,
    priceMs: 60_000,
    log: options.log,
  });
  try {
    return await run(stack, options);
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(stack: Stack, options: KillOptions): Promise<KillReport> {
  const { transfers, log } = options;
  const gateway = new GatewayClient({ url: stack.gatewayUrl });
  const chain = (family: string): string =>
    stack.devnet.chains.find(({ node }) => node.family === family)!.adapter.id;
  const secret = devnetSecret("alice");
  const solana = onSolana({ gateway, chain: chain("svm"), keypair: Keypair.fromSeed(secret) });
  const account = privateKeyToAccount(toHex(secret));
  const ethereum = onEthereum({ gateway, chain: chain("evm"), account });
  const whole = BigInt(stack.devnet.chains.length) * SUPPLY;
  const deposit = `${BigInt(transfers) * BigInt(AMOUNT)}`;
  await Promise.all([solana.deposit(deposit), ethereum.deposit(deposit)]);
  const killer = startKiller(stack, options);
  const send = async (from: MarketAccount, to: MarketAccount, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      const input = { destination: to.chain, recipient: to.id, position: null, collateral: AMOUNT };
      ids.push((await from.bridge({ ...input, timeout: null })).id);
    }
    return ids;
  };
  const there = Math.ceil(transfers / 2);
  const sent = await Promise.all([
    send(solana, ethereum, there),
    send(ethereum, solana, transfers - there),
  ]);
  log(`${transfers} transfers are on their way`);
  const kills = await killer;
  log(`the relayer was killed ${kills} times`);
  const statuses = await settle(gateway, sent.flat());
  const count = (status: string): number => statuses.filter((s) => s === status).length;
  const [executed, refunded] = [count("EXECUTED"), count("REFUNDED")];
  const violations: string[] = [];
  const check = (what: string, actual: bigint, expected: bigint): void => {
    if (actual !== expected) violations.push(`${what}: ${actual} instead of ${expected}`);
  };
  check("ended transfers", BigInt(executed + refunded), BigInt(transfers));
  if (refunded === 0) {
    const start = BigInt(transfers) * AMOUNT_RAW;
    const net = BigInt(transfers - 2 * there) * AMOUNT_RAW;
    check("collateral on Solana", BigInt((await solana.state()).collateral.raw), start + net);
    check("collateral on Ethereum", BigInt((await ethereum.state()).collateral.raw), start - net);
  }
  check("collateral of all chains", await settledCollateral(stack, gateway, whole), whole);
  return { transfers, kills, executed, refunded, violations };
}

/** Kills the relayer at random moments; resolves with how often it did. */
async function startKiller(stack: Stack, { kills, seed, log }: KillOptions): Promise<number> {
  const random = new SeededRandom(seed);
  let done = 0;
  while (done < kills) {
    await new Promise((resolve) => setTimeout(resolve, KILL_MS + random.next() * SPREAD_MS));
    const pid = stack.relayerPid();
    if (pid === undefined) continue;
    process.kill(pid, "SIGKILL");
    done++;
    if (done % 10 === 0) log(`killed ${done} times`);
  }
  return done;
}

/** Waits until every transfer has ended; gives their statuses. */
async function settle(gateway: GatewayClient, ids: readonly string[]): Promise<string[]> {
  const end = Date.now() + SETTLE_MS_MAX;
  for (;;) {
    const found = await Promise.all(ids.map((id) => gateway.request(TransferDocument, { id })));
    const statuses = found.map(({ transfer }) => transfer?.status ?? "UNKNOWN");
    const isDone = statuses.every((status) => status === "EXECUTED" || status === "REFUNDED");
    if (isDone || Date.now() > end) return statuses;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** {@link collateral}, as soon as it is `expected`: the index reads the last blocks of four chains one after the other. */
export async function settledCollateral(
  stack: Stack,
  gateway: GatewayClient,
  expected: bigint,
): Promise<bigint> {
  const end = Date.now() + INDEX_MS_MAX;
  for (;;) {
    const sum = await collateral(stack, gateway);
    if (sum === expected || Date.now() > end) return sum;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** All collateral that exists, by GraphQL, 1e-6: wallets and accounts of everybody, pools, transfers on their way. */
export async function collateral(stack: Stack, gateway: GatewayClient): Promise<bigint> {
  const owners = stack.devnet.chains.flatMap(({ node, adapter }) =>
    DEVNET_ROLES.map((role) => `${adapter.id}:${node.addressOf(role)}`),
  );
  const { portfolio } = await gateway.request(PortfolioDocument, { owners });
  const { markets } = await gateway.request(MarketsDocument, { chains: null });
  const amounts = [
    portfolio.collateral,
    portfolio.wallet,
    ...markets.map(({ pool }) => pool),
    ...portfolio.inFlight.flatMap((transfer) => [transfer.collateral, transfer.poolValue]),
  ];
  return amounts.reduce((sum, { raw }) => sum + BigInt(raw), 0n);
}
