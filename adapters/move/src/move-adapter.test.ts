import { decodeHex, encodeHex } from "@dragoman/bytes";
import { type ChainError, performAction } from "@dragoman/chain";
import { attestationDigest, encodePacket, packetId } from "@dragoman/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DOMAIN, SUPPLY, startTestMarket, VOLATILITY } from "./testing/test-market.ts";

let chain: Awaited<ReturnType<typeof startTestMarket>>;
beforeAll(async () => {
  chain = await startTestMarket();
}, 60_000);
afterAll(async () => {
  await chain.adapter.close();
  await chain.rpc.close();
});

const POLL = { pollMs: 5 };
const USD = 1_000_000n;
const PRICE = 3_000n * USD;

async function publishPrice(price = PRICE) {
  const time = BigInt(chain.clock.seconds());
  const action = { type: "publishPrice", price, confidence: price / 1_000n, time } as const;
  return performAction(chain.adapter, chain.publisher, action, POLL);
}

async function refusal(run: Promise<unknown>): Promise<ChainError> {
  const outcome = await run.then(
    () => undefined,
    (error: unknown) => error as ChainError,
  );
  if (outcome === undefined) throw new Error("it was accepted");
  return outcome;
}

test("a fresh market has the numbers that it was initialised with", async () => {
  const { adapter, treasury } = chain;
  expect(adapter).toMatchObject({
    id: "aptos:4",
    family: "move",
    domain: DOMAIN,
    finalityDepth: 3,
  });
  expect(await adapter.market()).toMatchObject({
    volatility: VOLATILITY,
    pool: 0n,
    nextSequence: 1n,
  });
  const owner = adapter.ownerOf(treasury.address);
  expect(await adapter.wallet(owner)).toBe(SUPPLY - 20_000_000_000n);
  expect(await adapter.account(owner)).toEqual({ collateral: 0n, options: [] });
});

test("deposit, pool, price and trade happen, and the block has their events", async () => {
  const { adapter, alice, treasury } = chain;
  const owner = adapter.ownerOf(alice.address);
  await performAction(adapter, alice, { type: "deposit", amount: 5_000n * USD }, POLL);
  await performAction(adapter, treasury, { type: "fundPool", amount: 100_000n * USD }, POLL);
  await publishPrice();
  expect(await adapter.account(owner)).toMatchObject({ collateral: 5_000n * USD });
  expect(await adapter.wallet(owner)).toBe(5_000n * USD);
  const trade = { type: "tradePerp", isLong: true, size: USD, limit: PRICE } as const;
  const quote = await adapter.quote(trade);
  // 5 bps of one underlying at 3,000 USD.
  expect(quote).toMatchObject({ price: PRICE, premium: 0n, fee: 1_500_000n });
  const simulated = await adapter.simulate(trade, alice.address);
  const done = await performAction(adapter, alice, trade, POLL);
  const block = await adapter.block(done.block.height);
  const event = {
    type: "PerpTraded",
    owner,
    isLong: true,
    size: USD,
    price: PRICE,
    fee: 1_500_000n,
    pnl: 0n,
  } as const;
  expect(block).toEqual({
    ref: done.block,
    events: [{ transaction: done.transaction.id, index: 0, event }],
  });
  expect(simulated).toEqual({ ok: true, events: [event] });
  expect(await adapter.account(owner)).toMatchObject({
    collateral: 5_000n * USD - 1_500_000n,
    perp: { isLong: true, size: USD, entry: PRICE },
  });
  const head = await adapter.head();
  expect(done.block.height).toBe(head.height);
  expect((await adapter.block(head.height - 1))?.ref.hash).toBe(head.parentHash);
  expect(await adapter.block(head.height + 1)).toBeUndefined();
});

test("an option is quoted, bought and held in its slot", async () => {
  const { adapter, alice, clock } = chain;
  const expiry = BigInt(clock.seconds() + 30 * 86_400);
  const option = { expiry, strike: 3_100n * USD, isCall: true } as const;
  const trade = {
    type: "tradeOption",
    ...option,
    isBuy: true,
    size: USD / 10n,
    limit: 1_000n * USD,
  } as const;
  const { premium } = await adapter.quote(trade);
  expect(premium).toBeGreaterThan(0n);
  await performAction(adapter, alice, trade, POLL);
  const { options } = await adapter.account(adapter.ownerOf(alice.address));
  expect(options).toEqual([{ slot: 0, ...option, isLong: true, size: USD / 10n }]);
  const late = adapter.quote({ ...trade, expiry: 1n });
  expect((await refusal(late)).marketError).toBe(7);
});

test("the market's errors keep their numbers, in simulation and in the chain", async () => {
  const { adapter, bob } = chain;
  const owner = adapter.ownerOf(bob.address);
  const withdraw = { type: "withdraw", amount: 1n } as const;
  expect(await adapter.simulate(withdraw, bob.address)).toMatchObject({
    ok: false,
    marketError: 4,
  });
  const failed = await refusal(performAction(adapter, bob, withdraw, POLL));
  expect(failed).toMatchObject({ kind: "refused", marketError: 4 });
  const foreign = { type: "publishPrice", price: 1n, confidence: 0n, time: 1n } as const;
  expect((await refusal(performAction(adapter, bob, foreign, POLL))).marketError).toBe(11);
  const liquidation = { type: "liquidate", owner } as const;
  expect(await adapter.simulate(liquidation, bob.address)).toMatchObject({ marketError: 10 });
  const nothing = { type: "importPacket", packet: "0x00", signatures: [] } as const;
  expect(await adapter.simulate(nothing, bob.address)).toMatchObject({ marketError: 12 });
});

test("a packet leaves, and who asks the final state hears that none has come", async () => {
  const { adapter, bob, clock } = chain;
  await performAction(adapter, bob, { type: "deposit", amount: 50n * USD }, POLL);
  const action = {
    type: "exportPosition",
    destination: 1,
    recipient: `0x${"00".repeat(12)}${"ab".repeat(20)}`,
    what: 0,
    collateral: 20n * USD,
    timeout: BigInt(clock.seconds() + 600),
  } as const;
  const { block } = await performAction(adapter, bob, action, POLL);
  const followed = await adapter.block(block.height);
  expect(followed?.events).toMatchObject([{ event: { type: "PacketSent", sequence: 1n } }]);
  expect((await adapter.market()).nextSequence).toBe(2n);
  const { received, at } = await adapter.received(1, 1n);
  expect(received).toBe(false);
  expect(at.height).toBe((await adapter.finalized()).height);
});

test("a block of more transactions than one answer holds is read whole", async () => {
  const { adapter, bob, producer, ledger } = chain;
  producer.setMode({ kind: "demand" });
  const { included } = (await adapter.nonces(bob.address))!;
  const count = 120;
  for (let i = 0n; i < BigInt(count); i++) {
    const options = { nonce: included + i };
    const action = { type: "deposit", amount: 1n } as const;
    const [unsigned] = await adapter.build(action, bob.address, options);
    await adapter.submit(adapter.join(unsigned!, await bob.sign(unsigned!), bob.address));
  }
  const { height } = ledger.produce();
  producer.setMode({ kind: "instant" });
  const events = (await adapter.block(height))?.events ?? [];
  expect(events.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(new Set(events.map(({ transaction }) => transaction)).size).toBe(count);
}, 30_000);

test("an attested packet comes in once, and the final state says so", async () => {
  const { adapter, alice, keys, clock, producer } = chain;
  const owner = adapter.ownerOf(alice.address);
  const before = (await adapter.account(owner)).collateral;
  const packet = encodePacket({
    kind: "collateral",
    source: 1,
    destination: DOMAIN,
    sequence: 9n,
    timeout: BigInt(clock.seconds() + 600),
    sender: new Uint8Array(32).fill(5),
    recipient: decodeHex(owner),
    collateral: 70n * USD,
    poolValue: 0n,
    isLong: false,
    isCall: false,
    size: 0n,
    entry: 0n,
    expiry: 0n,
    strike: 0n,
  });
  const digest = attestationDigest("receive", packetId(packet));
  const signatures = keys.map((key) => encodeHex(key.sign(digest)));
  const action = { type: "importPacket", packet: encodeHex(packet), signatures } as const;
  const below = { ...action, signatures: signatures.slice(0, 1) };
  expect(await adapter.simulate(below, alice.address)).toMatchObject({ marketError: 15 });
  const { block } = await performAction(adapter, alice, action, POLL);
  const followed = await adapter.block(block.height);
  expect(followed?.events.map(({ event }) => event)).toEqual([
    { type: "PacketReceived", packet: encodeHex(packet), sequence: 9n },
  ]);
  expect((await adapter.account(owner)).collateral).toBe(before + 70n * USD);
  expect((await adapter.received(1, 9n)).received).toBe(false);
  for (let i = 0; i < 3; i++) producer.ledger.produce();
  expect(await adapter.received(1, 9n)).toEqual({ received: true, at: block });
  expect(await adapter.simulate(action, alice.address)).toMatchObject({ marketError: 13 });
});

test("statuses follow a transaction from the pool to finality, and through a reorganisation", async () => {
  const { adapter, bob, producer, ledger } = chain;
  producer.setMode({ kind: "demand" });
  const build = async (amount: bigint, nonce?: bigint) => {
    const options = nonce === undefined ? {} : { nonce };
    const [unsigned] = await adapter.build({ type: "deposit", amount }, bob.address, options);
    return adapter.join(unsigned!, await bob.sign(unsigned!), bob.address);
  };
  const first = await build(11n);
  expect(await adapter.status(first)).toEqual({ state: "unknown" });
  await adapter.submit(first);
  await adapter.submit(first);
  expect(await adapter.status(first)).toEqual({ state: "pending" });
  const { included, pending } = (await adapter.nonces(bob.address))!;
  expect(pending - included).toBe(1n);
  const second = await build(12n);
  expect(second.nonce).toBe(pending);
  ledger.produce();
  expect(await adapter.status(first)).toMatchObject({ state: "included", finality: "LATEST" });
  ledger.reorganise(1);
  expect(await adapter.status(first)).toEqual({ state: "pending" });
  ledger.produce();
  await adapter.submit(first);
  for (let i = 0; i < 3; i++) ledger.produce();
  expect(await adapter.status(first)).toMatchObject({ state: "included", finality: "FINAL" });
  const rival = await build(13n, first.nonce);
  expect(await adapter.status(rival)).toMatchObject({ state: "expired" });
  expect((await refusal(adapter.submit(rival))).kind).toBe("refused");
  expect(await adapter.status(second)).toEqual({ state: "unknown" });
  chain.clock.advance(3_600);
  for (let i = 0; i < 4; i++) ledger.produce();
  expect(await adapter.status(second)).toMatchObject({ state: "expired" });
  producer.setMode({ kind: "instant" });
  await publishPrice();
});

test("addresses and owners are one thing in two spellings", async () => {
  const { adapter } = chain;
  expect(adapter.ownerOf("0x1")).toBe(`0x${"0".repeat(63)}1`);
  expect(adapter.addressOf(`0x${"0".repeat(63)}1`)).toBe("0x1");
  expect(() => adapter.ownerOf("nobody")).toThrow("MALFORMED_ADDRESS");
  const nobody = adapter.build({ type: "deposit", amount: 1n }, "0xnobody");
  await expect(nobody).rejects.toThrow("MALFORMED_ADDRESS");
});

test("what is no authenticator joins no transaction", async () => {
  const { adapter, bob } = chain;
  const [unsigned] = await adapter.build({ type: "deposit", amount: 1n }, bob.address);
  for (const bytes of [new Uint8Array(), new Uint8Array(64), Uint8Array.of(9, 1)]) {
    expect(() => adapter.join(unsigned!, bytes, bob.address)).toThrow("INVALID_SIGNATURE");
  }
});

test("a node that does not answer is unreachable", async () => {
  const { createMoveAdapter } = await import("./create-move-adapter.ts");
  const options = { rpcUrl: "http://127.0.0.1:1", domain: 3, deployment: { address: "0x1" } };
  expect((await refusal(createMoveAdapter(options))).kind).toBe("unreachable");
});
