import { createEvmAdapter, deployMarket, fundAccount } from "@dragoman/adapter-evm";
import { attesterKey } from "@dragoman/bridge";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import { type ChainAdapter, type ChainSigner, performAction } from "@dragoman/chain";
import { signerFromSecret } from "@dragoman/sdk-evm";
import { openTestDatabase, type TestDatabase } from "@dragoman/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operate } from "./operate.ts";
import { parseConfig } from "./relayer-config.ts";
import { runRelayer } from "./run-relayer.ts";
import { type Anvil, startAnvil } from "./testing/start-anvil.ts";

const USD = 1_000_000n;
const FAST = { pollMs: 10 };
const DEPTH = 2;
const ATTESTERS = [31, 32, 33].map((byte) => new Uint8Array(32).fill(byte));
const RELAYER = new Uint8Array(32).fill(77);

interface End {
  readonly anvil: Anvil;
  readonly chain: ChainAdapter;
  readonly deployment: Awaited<ReturnType<typeof deployMarket>>;
}

let ends: readonly End[];
let database: TestDatabase;
const alice: ChainSigner = signerFromSecret(new Uint8Array(32).fill(5));

async function openEnd(domain: number): Promise<End> {
  const anvil = await startAnvil(1330 + domain);
  const { rpcUrl, secret } = anvil;
  const treasury = signerFromSecret(secret);
  const deployment = await deployMarket({
    rpcUrl,
    secret,
    domain,
    publisher: treasury.address,
    attesters: ATTESTERS.map((one) => decodeHex(attesterKey(one).address)),
    threshold: 2,
    volatility: 1n << 31n,
    supply: 1_000_000n * USD,
  });
  const native = 10n ** 18n;
  const fund = (to: string, collateral: bigint): Promise<void> =>
    fundAccount({ rpcUrl, secret, deployment, to, native, collateral });
  await fund(alice.address, 5000n * USD);
  await fund(signerFromSecret(RELAYER).address, 0n);
  const chain = await createEvmAdapter({ rpcUrl, domain, deployment, finalityDepth: DEPTH });
  const time = BigInt((await chain.head()).timestamp);
  const price = { type: "publishPrice", price: 3000n * USD, confidence: USD, time } as const;
  await performAction(chain, treasury, { type: "fundPool", amount: 100_000n * USD }, FAST);
  await performAction(chain, treasury, price, FAST);
  await performAction(chain, alice, { type: "deposit", amount: 2000n * USD }, FAST);
  return { anvil, chain, deployment };
}

beforeAll(async () => {
  [ends, database] = await Promise.all([Promise.all([openEnd(1), openEnd(4)]), openTestDatabase()]);
}, 60_000);

afterAll(async () => {
  await Promise.all((ends ?? []).map(({ anvil }) => anvil.stop()));
  await database?.remove();
});

const configText = (change: object = {}): string =>
  JSON.stringify({
    database: database.options,
    chains: ends.map(({ anvil, chain, deployment }) => ({
      family: "evm",
      rpcUrl: anvil.rpcUrl,
      domain: chain.domain,
      deployment,
      secret: encodeHex(RELAYER),
      finalityDepth: DEPTH,
    })),
    attesterSecrets: ATTESTERS.map((one) => encodeHex(one)),
    threshold: 2,
    tuning: { pollMs: 50, backoffBaseMs: 50, backoffMaxMs: 500 },
    ...change,
  });

/** A relayer that runs until it is ended. */
function start(change: object = {}): { readonly lines: string[]; end(): Promise<void> } {
  const lines: string[] = [];
  const stop = new AbortController();
  const log = (line: string): void => {
    lines.push(line);
  };
  const running = runRelayer(parseConfig(configText(change)), stop.signal, log, () => log("ready"));
  return {
    lines,
    end: () => {
      stop.abort();
      return running;
    },
  };
}

async function until(isSo: () => Promise<boolean>, isMining = true): Promise<void> {
  while (!(await isSo())) {
    if (isMining) for (const { anvil } of ends) await anvil.call("evm_mine", []);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const collateralOf = async (at: number): Promise<bigint> => {
  const { chain } = ends[at]!;
  return (await chain.account(chain.ownerOf(alice.address))).collateral;
};

const exportTo = async (at: number, amount: bigint, life: number): Promise<void> => {
  const { chain } = ends[at]!;
  const other = ends[1 - at]!.chain;
  const timeout = BigInt((await other.head()).timestamp + life);
  const recipient = other.ownerOf(alice.address);
  const order = { destination: other.domain, recipient, what: 0, collateral: amount, timeout };
  await performAction(chain, alice, { type: "exportPosition", ...order }, FAST);
};

test("collateral travels between two Ethereum chains, both ways, and a stopped relayer goes on where it was", async () => {
  const first = start();
  await exportTo(0, 700n * USD, 3600);
  await until(async () => (await collateralOf(1)) === 2700n * USD);
  await first.end();
  expect(first.lines).toContain("ready");
  await exportTo(1, 200n * USD, 3600);
  const second = start();
  await until(async () => (await collateralOf(0)) === 1500n * USD);
  await second.end();
  expect(await collateralOf(1)).toBe(2500n * USD);
  expect(second.lines.filter((line) => line.startsWith("signed"))).toHaveLength(1);
}, 60_000);

test("a packet that nobody carried in time comes back", async () => {
  const before = await collateralOf(0);
  await exportTo(0, 100n * USD, 30);
  await ends[1]!.anvil.call("evm_increaseTime", [60]);
  const relayer = start();
  await until(async () => (await collateralOf(0)) === before);
  await relayer.end();
  expect(relayer.lines.some((line) => line.startsWith("late"))).toBe(true);
  expect(await collateralOf(1)).toBe(2500n * USD);
}, 60_000);

test("two relayers that share a database sign each packet once", async () => {
  const before = await collateralOf(1);
  const relayers = [start(), start()];
  for (let i = 0; i < 3; i++) await exportTo(0, 10n * USD, 3600);
  await until(async () => (await collateralOf(1)) === before + 30n * USD);
  await Promise.all(relayers.map((relayer) => relayer.end()));
  const lines = relayers.flatMap((relayer) => relayer.lines);
  const signed = lines.filter((line) => line.startsWith("signed"));
  expect(signed).toHaveLength(3);
  expect(new Set(signed.map((line) => line.split(" ")[2])).size).toBe(3);
}, 60_000);

test("an operator sees why a packet waits, skips it and has it tried again", async () => {
  const before = await collateralOf(0);
  await exportTo(1, 10n * USD, 3600);
  // Attesters that the market does not know: it refuses with error 15.
  const strangers = [41, 42].map((byte) => encodeHex(new Uint8Array(32).fill(byte)));
  const first = start({ attesterSecrets: strangers });
  // It may have to wait for attestations first.
  const isRefused = (line: string): boolean =>
    line.startsWith("waiting") && line.includes("market error 15");
  await until(async () => first.lines.some(isRefused));
  await first.end();
  const packet = /\d+\/\d+/.exec(first.lines.find(isRefused)!)![0];
  const told: string[] = [];
  const tell = (verb: "list" | "skip" | "retry", subject = ""): Promise<void> =>
    operate(parseConfig(configText()), verb, subject, (line) => told.push(line));
  await tell("list");
  // Of the last attempt, before which attesters may have been slow again.
  const why = "(market error 15|attestations)";
  expect(told).toContainEqual(expect.stringMatching(`^${packet} import attempt .*${why}`));
  await tell("skip", packet);
  await tell("list");
  expect(told).toContainEqual(expect.stringMatching(`^${packet} import skipped`));
  await tell("retry", packet);
  const second = start();
  await until(async () => (await collateralOf(0)) === before + 10n * USD);
  await second.end();
  await expect(tell("skip", "4/99999")).rejects.toThrow(/no transfer 4\/99999/);
  await expect(tell("retry", "4-1")).rejects.toThrow(/is no packet/);
}, 60_000);

test("a chain that changes a final block is halted, and followed again when an operator wants it", async () => {
  const mine = (count: number): Promise<unknown> => ends[1]!.anvil.call("anvil_mine", [count]);
  const before = await collateralOf(0);
  await mine(10);
  await exportTo(0, 10n * USD, 3600);
  const first = start();
  await until(async () => first.lines.some((line) => line.startsWith("received")));
  await mine(12);
  const { height } = await ends[1]!.chain.finalized();
  await until(async () => {
    const [cursor] = await database.database.query<{ height: bigint }>(
      "SELECT height FROM bridge_cursor WHERE domain = 4",
    );
    return cursor!.height >= BigInt(height);
  }, false);
  await ends[1]!.anvil.call("anvil_reorg", [6, []]);
  await mine(1);
  await until(async () => first.lines.some((line) => line.startsWith("halted")));
  await first.end();
  const told = (line: string): void => expect(line).not.toContain("error");
  await operate(parseConfig(configText()), "resume", "4", told);
  await exportTo(1, 10n * USD, 3600);
  const second = start();
  await until(async () => (await collateralOf(0)) === before);
  await second.end();
}, 90_000);
