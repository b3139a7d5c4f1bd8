import { attesterKey } from "@dragoman/bridge";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import {
  type ChainAdapter,
  ChainError,
  type MarketAction,
  type MarketEvent,
  type SignedTransaction,
} from "@dragoman/chain";
import { wellKnownPrograms } from "@dragoman/ledger-svm";
import {
  attestationDigest,
  decodePacket,
  encodePacket,
  packetId,
  type SvmDeployment,
} from "@dragoman/protocol";
import { startTestNode, type TestNode } from "@dragoman/rpc-solana/testing";
import { signerFromSecret } from "@dragoman/sdk-solana";
import { Connection, PublicKey } from "@solana/web3.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSolanaAdapter } from "./create-solana-adapter.ts";
import { deployMarket } from "./deploy-market.ts";
import { fundAccount } from "./fund-account.ts";

const secret = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const USD = 1_000_000n;
const SOL = 1_000_000_000n;
const TREASURY = secret(1);
const PUBLISHER = secret(2);
const ALICE = secret(3);
const LIQUIDATOR = secret(4);
const ATTESTERS = [secret(11), secret(12), secret(13)].map(attesterKey);
const VOLATILITY = (80n << 32n) / 100n;
const PRICE = 2_000n * USD;
// The programs come with an optional package that has no native part on some platforms.
const hasPrograms = (await wellKnownPrograms()) !== undefined;
const FINALITY_DEPTH = 3;

let node: TestNode;
let deployment: SvmDeployment;
let adapter: ChainAdapter;
const addressOf = (of: Uint8Array): string => signerFromSecret(of).address;

beforeAll(async () => {
  if (!hasPrograms) return;
  node = await startTestNode({ finalityDepth: FINALITY_DEPTH });
  const rpcUrl = node.server.url;
  const connection = new Connection(rpcUrl, "confirmed");
  await connection.requestAirdrop(new PublicKey(addressOf(TREASURY)), Number(1_000n * SOL));
  const publisher = addressOf(PUBLISHER);
  const attesters = ATTESTERS.map(({ address }) => decodeHex(address));
  deployment = await deployMarket({
    ...{ rpcUrl, secret: TREASURY, domain: 2, publisher, attesters, threshold: 2 },
    ...{ volatility: VOLATILITY, supply: 1_000_000n * USD },
  });
  for (const of of [PUBLISHER, ALICE, LIQUIDATOR]) {
    const to = addressOf(of);
    await fundAccount({
      ...{ rpcUrl, secret: TREASURY, deployment, to },
      ...{ native: 10n * SOL, collateral: 50_000n * USD },
    });
  }
  adapter = await createSolanaAdapter({
    rpcUrl,
    domain: 2,
    deployment,
    finalityDepth: FINALITY_DEPTH,
  });
  await act(TREASURY, { type: "fundPool", amount: 500_000n * USD });
  await publish(PRICE);
});

afterAll(async () => {
  await adapter?.close();
  await node?.close();
  expect(node?.lines ?? []).toEqual([]);
});

const now = (): bigint => BigInt(node.clock.seconds());

async function publish(price: bigint): Promise<void> {
  node.clock.advance(1);
  node.ledger.produce();
  await act(PUBLISHER, { type: "publishPrice", price, confidence: USD, time: now() });
}

async function send(of: Uint8Array, action: MarketAction): Promise<SignedTransaction> {
  const signer = signerFromSecret(of);
  const [unsigned, ...others] = await adapter.build(action, signer.address);
  expect(others).toEqual([]);
  const signed = adapter.join(unsigned!, await signer.sign(unsigned!), signer.address);
  await adapter.submit(signed);
  return signed;
}

/** Does an action and gives the events that the block tells of. */
async function act(of: Uint8Array, action: MarketAction): Promise<readonly MarketEvent[]> {
  const signed = await send(of, action);
  const status = await adapter.status(signed);
  if (status.state !== "included") throw new Error(`${action.type}: ${JSON.stringify(status)}`);
  const block = await adapter.block(status.block.height);
  expect(block?.ref).toEqual(status.block);
  expect(block?.events.map(({ transaction }) => transaction)).toContain(signed.id);
  return block!.events.map(({ event }) => event);
}

test.runIf(hasPrograms)(
  "the market is as it was deployed, and its vault is empty but for the pool",
  async () => {
    expect(await adapter.market()).toMatchObject({
      ...{ price: PRICE, confidence: USD, volatility: VOLATILITY },
      ...{ pool: 500_000n * USD, openLong: 0n, openShort: 0n, nextSequence: 1n },
    });
    const treasury = adapter.ownerOf(addressOf(TREASURY));
    expect(await adapter.wallet(treasury)).toBe(350_000n * USD);
    expect(adapter.addressOf(treasury)).toBe(addressOf(TREASURY));
    expect(adapter.id).toMatch(/^solana:[1-9A-HJ-NP-Za-km-z]{32}$/);
    expect(() => adapter.ownerOf("0x00")).toThrow("is no key of 32 bytes");
  },
);

test.runIf(hasPrograms)(
  "deposit, trade, quote and withdraw show in state, wallet and events",
  async () => {
    const owner = adapter.ownerOf(addressOf(ALICE));
    expect(await act(ALICE, { type: "deposit", amount: 10_000n * USD })).toEqual([
      { type: "Deposited", owner, amount: 10_000n * USD },
    ]);
    const size = 2n * USD;
    const trade = { type: "tradePerp", isLong: true, size, limit: PRICE } as const;
    const quote = await adapter.quote(trade);
    // 5 bps of 4,000 USD
    expect(quote).toMatchObject({ price: PRICE, premium: 0n, fee: 2n * USD });
    const foreseen = await adapter.simulate(trade, addressOf(ALICE));
    const events = await act(ALICE, trade);
    expect(foreseen).toEqual({ ok: true, events });
    expect(events).toMatchObject([
      { type: "PerpTraded", owner, price: PRICE, fee: 2n * USD, pnl: 0n },
    ]);
    expect(await adapter.account(owner)).toEqual({
      ...{ collateral: 9_998n * USD, options: [] },
      perp: { isLong: true, size, entry: PRICE },
    });
    const expiry = now() + 30n * 86_400n;
    const option = {
      type: "tradeOption",
      ...{ expiry, strike: PRICE, isCall: true, isBuy: true, size: USD },
      limit: 1_000n * USD,
    } as const;
    const { premium } = await adapter.quote(option);
    expect(premium).toBeGreaterThan(150n * USD);
    expect(await act(ALICE, option)).toMatchObject([{ type: "OptionTraded", premium }]);
    await act(ALICE, { type: "withdraw", amount: 1_000n * USD });
    expect(await adapter.wallet(owner)).toBe(41_000n * USD);
  },
);

test.runIf(hasPrograms)(
  "errors of the market have their number, in simulation, quote and status",
  async () => {
    const tooMuch = { type: "withdraw", amount: 1_000_000n * USD } as const;
    expect(await adapter.simulate(tooMuch, addressOf(ALICE))).toMatchObject({
      ok: false,
      marketError: 4,
    });
    const signed = await send(ALICE, tooMuch);
    expect(await adapter.status(signed)).toMatchObject({ state: "failed", marketError: 4 });
    const past = {
      type: "tradeOption",
      ...{ expiry: 1n, strike: PRICE, isCall: true, isBuy: true, size: USD },
      limit: USD,
    } as const;
    const refused = await adapter.quote(past).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ChainError);
    expect(refused).toMatchObject({ kind: "refused", marketError: 7 });
    const wrongPublisher = {
      type: "publishPrice",
      price: 1n,
      confidence: 0n,
      time: now(),
    } as const;
    expect(await adapter.simulate(wrongPublisher, addressOf(ALICE))).toMatchObject({
      marketError: 11,
    });
    // Tokens that the wallet does not have are no error of the market with a number.
    const missing = await adapter.simulate(
      { type: "deposit", amount: 1_000_000n * USD },
      addressOf(ALICE),
    );
    expect(missing).toMatchObject({
      ok: false,
      reason: expect.stringContaining("insufficient funds"),
    });
    expect(missing).not.toHaveProperty("marketError");
  },
);

test.runIf(hasPrograms)(
  "an under-water account is liquidated, and an expired option settled",
  async () => {
    const owner = adapter.ownerOf(addressOf(LIQUIDATOR));
    await act(LIQUIDATOR, { type: "deposit", amount: 300n * USD });
    await act(LIQUIDATOR, { type: "tradePerp", isLong: true, size: USD, limit: PRICE });
    await publish(1_750n * USD);
    const events = await act(ALICE, { type: "liquidate", owner });
    expect(events).toMatchObject([{ type: "Liquidated", owner }]);
    const alice = adapter.ownerOf(addressOf(ALICE));
    const [option] = (await adapter.account(alice)).options;
    node.clock.advance(31 * 86_400);
    await publish(2_500n * USD);
    const settled = await act(LIQUIDATOR, {
      type: "settleOption",
      owner: alice,
      slot: option!.slot,
    });
    expect(settled).toMatchObject([{ type: "OptionSettled", owner: alice, payout: 500n * USD }]);
  },
);

test.runIf(hasPrograms)(
  "a packet leaves, and another one arrives with a quorum's signatures, once",
  async () => {
    const owner = adapter.ownerOf(addressOf(ALICE));
    const timeout = now() + 3_600n;
    const [sent] = await act(ALICE, {
      ...{
        type: "exportPosition",
        destination: 1,
        recipient: `0x${"00".repeat(12)}${"11".repeat(20)}`,
      },
      ...{ what: 1, collateral: 1_000n * USD, timeout },
    });
    expect(sent).toMatchObject({ type: "PacketSent", sequence: 1n });
    const packet = decodePacket(decodeHex((sent as { packet: string }).packet));
    expect(packet).toMatchObject({
      source: 2,
      destination: 1,
      size: 2n * USD,
      entry: 2_500n * USD,
    });
    // The same position comes back from the other chain.
    const back = encodePacket({
      ...packet,
      ...{ source: 1, destination: 2, sequence: 9n, timeout },
      ...{ sender: packet.recipient, recipient: packet.sender },
    });
    const signatures = [...ATTESTERS]
      .sort((a, b) => (a.address < b.address ? -1 : 1))
      .slice(0, 2)
      .map(({ sign }) => encodeHex(sign(attestationDigest("receive", packetId(back)))));
    const deliver = { type: "importPacket", packet: encodeHex(back), signatures } as const;
    expect((await adapter.received(1, 9n)).received).toBe(false);
    const [received] = await act(LIQUIDATOR, deliver);
    expect(received).toMatchObject({ type: "PacketReceived", sequence: 9n });
    expect((await adapter.account(owner)).perp).toMatchObject({ size: 2n * USD });
    expect(await adapter.simulate(deliver, addressOf(ALICE))).toMatchObject({ marketError: 13 });
    for (let i = 0; i < FINALITY_DEPTH; i++) node.ledger.produce();
    const final = await adapter.received(1, 9n);
    expect(final.received).toBe(true);
    expect(final.at).toEqual(await adapter.finalized());
  },
);

test.runIf(hasPrograms)(
  "a reorganisation takes a transaction back; it is unknown, sent again, final, and never twice",
  async () => {
    const owner = adapter.ownerOf(addressOf(ALICE));
    const before = (await adapter.account(owner)).collateral;
    const signed = await send(ALICE, { type: "deposit", amount: 7n * USD });
    expect(await adapter.status(signed)).toMatchObject({ state: "included", finality: "LATEST" });
    node.ledger.reorganise(1, true);
    expect(await adapter.status(signed)).toEqual({ state: "unknown" });
    await adapter.submit(signed);
    await adapter.submit(signed);
    for (let i = 0; i < FINALITY_DEPTH; i++) node.ledger.produce();
    expect(await adapter.status(signed)).toMatchObject({ state: "included", finality: "FINAL" });
    expect((await adapter.account(owner)).collateral).toBe(before + 7n * USD);
  },
);

test.runIf(hasPrograms)(
  "a transaction that was not sent in time has expired, and the node refuses it",
  async () => {
    const signer = signerFromSecret(ALICE);
    const [unsigned] = await adapter.build({ type: "deposit", amount: USD }, signer.address);
    const signed = adapter.join(unsigned!, await signer.sign(unsigned!), signer.address);
    expect(await adapter.status(signed)).toEqual({ state: "unknown" });
    for (let i = 0; i < 160; i++) node.ledger.produce();
    expect(await adapter.status(signed)).toMatchObject({ state: "expired" });
    await expect(adapter.submit(signed)).rejects.toMatchObject({ kind: "refused" });
  },
);

test.runIf(hasPrograms)("signatures of others and unreachable nodes are refused", async () => {
  const [unsigned] = await adapter.build({ type: "deposit", amount: USD }, addressOf(ALICE));
  const other = new Uint8Array(64);
  expect(() => adapter.join(unsigned!, other, addressOf(ALICE))).toThrow(ChainError);
  const rpcUrl = "http://127.0.0.1:1";
  const lost = createSolanaAdapter({ rpcUrl, domain: 2, deployment });
  await expect(lost).rejects.toMatchObject({ kind: "unreachable" });
  expect(await adapter.block(1e6)).toBeUndefined();
});

test.runIf(hasPrograms)("slots that time travel left out are leapt over", async () => {
  const { height } = node.ledger.blocks.head;
  const far = height + 1_234_567;
  node.ledger.warp(far);
  node.ledger.produce();
  expect((await adapter.head()).height).toBe(far + 1);
  expect(await adapter.block(far - 1)).toBeUndefined();
  expect((await adapter.block(far))?.ref.parentHash).toBe((await adapter.block(height))?.ref.hash);
  expect(await adapter.nextHeight!(height)).toBe(height);
  expect(await adapter.nextHeight!(height + 1)).toBe(far);
  expect(await adapter.nextHeight!(far + 2)).toBeUndefined();
});
