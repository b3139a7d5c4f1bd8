import { concatBytes, decodeHex, encodeHex } from "@dragoman/bytes";
import {
  type ChainAdapter,
  ChainError,
  type ChainSigner,
  type PlacedEvent,
  performAction,
  sendTransaction,
} from "@dragoman/chain";
import { decodePacket, encodePacket, packetId } from "@dragoman/protocol";
import { signerFromSecret } from "@dragoman/sdk-polkadot";
import { ethereumEncode, secp256k1PairFromSeed, secp256k1Sign } from "@polkadot/util-crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployMarket, fundAccount } from "./deploy-market.ts";
import { createPolkadotAdapter } from "./polkadot-adapter.ts";
import { startChain, TREASURY_SECRET } from "./testing/start-chain.ts";

const USD = 1_000_000n;
const UNIT = 10n ** 10n;
const FAST = { pollMs: 5 };
const DEPTH = 3;
let node: Awaited<ReturnType<typeof startChain>>;
let chain: ChainAdapter;
const treasury: ChainSigner = signerFromSecret(TREASURY_SECRET);
const attester = secp256k1PairFromSeed(new Uint8Array(32).fill(6));
const alice: ChainSigner = signerFromSecret(new Uint8Array(32).fill(5));

beforeAll(async () => {
  node = await startChain(DEPTH);
  const rpcUrl = node.server.url;
  const secret = TREASURY_SECRET;
  const deployment = await deployMarket({
    rpcUrl,
    secret,
    domain: 4,
    publisher: treasury.address,
    attesters: [decodeHex(ethereumEncode(attester.publicKey))],
    threshold: 1,
    volatility: 1n << 31n,
    supply: 1_000_000n * USD,
  });
  const funds = { native: 100n * UNIT, collateral: 5000n * USD };
  await fundAccount({ rpcUrl, secret, deployment, to: alice.address, ...funds });
  // Deployed over HTTP, used over a WebSocket.
  const { wsUrl } = node.server;
  chain = await createPolkadotAdapter({
    rpcUrl: wsUrl,
    domain: 4,
    deployment,
    finalityDepth: DEPTH,
  });
  const time = BigInt((await chain.head()).timestamp);
  const price = { price: 3000n * USD, confidence: USD, time };
  await performAction(chain, treasury, { type: "fundPool", amount: 100_000n * USD }, FAST);
  await performAction(chain, treasury, { type: "publishPrice", ...price }, FAST);
}, 60_000);

afterAll(async () => {
  await chain?.close();
  await node?.server.close();
});

test("the first action maps the account and allows the market, and its event is in its block", async () => {
  const action = { type: "deposit", amount: 1000n * USD } as const;
  expect(await chain.build(action, alice.address)).toHaveLength(3);
  const { block, transaction } = await performAction(chain, alice, action, FAST);
  const owner = chain.ownerOf(alice.address);
  const followed = await chain.block(block.height);
  expect(followed?.ref).toEqual(block);
  const event = { type: "Deposited", owner, amount: action.amount };
  expect(followed?.events).toEqual([{ transaction: transaction.id, index: 0, event }]);
  expect(await chain.build(action, alice.address)).toHaveLength(1);
  expect(await chain.account(owner)).toEqual({ collateral: 1000n * USD, options: [] });
  expect(await chain.wallet(owner)).toBe(4000n * USD);
  expect(await chain.market()).toMatchObject({ price: 3000n * USD, pool: 100_000n * USD });
  expect(chain.ownerOf(chain.addressOf(owner))).toBe(owner);
});

test("a quote and a simulation are what the trade then does", async () => {
  const expiry = BigInt((await chain.head()).timestamp) + 86_400n;
  const option = { strike: 3100n * USD, isCall: true, isBuy: true, size: USD } as const;
  const trade = { type: "tradeOption", expiry, ...option, limit: 1n << 50n } as const;
  const { premium, fee, at } = await chain.quote(trade);
  expect(at).toEqual(await chain.head());
  const simulated = await chain.simulate(trade, alice.address);
  const { block } = await performAction(chain, alice, trade, FAST);
  const { event } = (await chain.block(block.height))!.events[0]!;
  expect(event).toMatchObject({ type: "OptionTraded", premium, fee });
  expect(simulated).toEqual({ ok: true, events: [event] });
  await expect(chain.quote({ ...trade, expiry: 1n })).rejects.toMatchObject({ marketError: 7 });
});

test("what the market refuses is told with its number: before, by simulation, and after, by status", async () => {
  const action = { type: "withdraw", amount: 1_000_000n * USD } as const;
  expect(await chain.simulate(action, alice.address)).toMatchObject({ ok: false, marketError: 4 });
  await expect(performAction(chain, alice, action, FAST)).rejects.toMatchObject({
    name: "ChainError",
    kind: "refused",
    marketError: 4,
  });
});

test("a transaction whose nonce another one used is expired once that is final", async () => {
  const { included } = (await chain.nonces(alice.address))!;
  const deposit = (amount: bigint) =>
    chain.build({ type: "deposit", amount }, alice.address, { nonce: included });
  const [lost, won] = [(await deposit(1n))[0]!, (await deposit(2n))[0]!];
  const signed = chain.join(lost, await alice.sign(lost), alice.address);
  expect(await chain.status(signed)).toEqual({ state: "unknown" });
  const { transaction } = await sendTransaction(chain, alice, won, FAST);
  await chain.submit(transaction);
  expect(await chain.status(signed)).toEqual({ state: "unknown" });
  for (let i = 0; i < DEPTH; i++) node.ledger.produce();
  expect(await chain.status(signed)).toMatchObject({ state: "expired" });
  expect(await chain.status(transaction)).toMatchObject({ state: "included", finality: "FINAL" });
  await expect(chain.submit(signed)).rejects.toMatchObject({ kind: "refused" });
  expect(await chain.finalized()).toMatchObject({ height: (await chain.head()).height - DEPTH });
});

test("a mortal transaction that is never sent expires with its era", async () => {
  const [unsigned] = await chain.build({ type: "deposit", amount: 1n }, alice.address);
  const signed = chain.join(unsigned!, await alice.sign(unsigned!), alice.address);
  const { height } = signed.validUntil as { readonly height: number };
  while (node.ledger.blocks.finalized.height < height - 1) node.ledger.produce();
  expect(await chain.status(signed)).toEqual({ state: "unknown" });
  await expect(chain.submit(signed)).rejects.toMatchObject({ kind: "refused" });
  node.ledger.produce();
  expect(await chain.status(signed)).toMatchObject({ state: "expired" });
});

test("after a reorganisation the transaction is pending, and in another block later", async () => {
  const action = { type: "deposit", amount: 3n } as const;
  const { block, transaction } = await performAction(chain, alice, action, FAST);
  node.ledger.reorganise(1);
  expect(await chain.status(transaction)).toEqual({ state: "pending" });
  node.ledger.produce();
  const replaced = (await chain.block(block.height))!;
  expect(replaced.ref.hash).not.toBe(block.hash);
  expect(replaced.ref.parentHash).toBe(block.parentHash);
  expect(replaced.events[0]!.transaction).toBe(transaction.id);
  expect(await chain.status(transaction)).toMatchObject({ state: "included", block: replaced.ref });
});

test("a packet leaves, and an attested one arrives once; that it was received is read from a final block", async () => {
  const owner = chain.ownerOf(alice.address);
  const head = await chain.head();
  const timeout = BigInt(head.timestamp) + 3600n;
  const route = { destination: 1, recipient: owner, timeout };
  const leave = { type: "exportPosition", ...route, what: 0, collateral: USD } as const;
  const sent = await performAction(chain, alice, leave, FAST);
  const [{ event }] = (await chain.block(sent.block.height))!.events as [PlacedEvent];
  expect(event).toMatchObject({ type: "PacketSent", sequence: 1n });
  const packet = decodePacket(decodeHex((event as { packet: string }).packet));
  expect(encodeHex(packet.sender)).toBe(owner);

  const bytes = encodePacket({ ...packet, source: 1, destination: 4, sequence: 9n });
  const attested = concatBytes(new TextEncoder().encode("DRAGOMAN-RECEIVE-V1"), packetId(bytes));
  const signatures = [encodeHex(secp256k1Sign(attested, attester, "keccak"))];
  const arrive = { type: "importPacket", packet: encodeHex(bytes), signatures } as const;
  const before = await chain.account(owner);
  expect(await chain.received(1, 9n)).toMatchObject({ received: false });
  await performAction(chain, treasury, arrive, FAST);
  expect((await chain.account(owner)).collateral).toBe(before.collateral + USD);
  expect(await chain.received(1, 9n)).toEqual({ received: false, at: await chain.finalized() });
  for (let i = 0; i < DEPTH; i++) node.ledger.produce();
  expect(await chain.received(1, 9n)).toEqual({ received: true, at: await chain.finalized() });
  await expect(performAction(chain, treasury, arrive, FAST)).rejects.toMatchObject({
    marketError: 13,
  });
});

test("what was signed must be what was built, and addresses must be addresses", async () => {
  const [unsigned] = await chain.build({ type: "deposit", amount: 1n }, alice.address);
  const [other] = await chain.build({ type: "deposit", amount: 2n }, alice.address);
  const signature = await alice.sign(other!);
  expect(() => chain.join(unsigned!, signature, alice.address)).toThrow(/INVALID_TRANSACTION/);
  expect(() => chain.join(unsigned!, Uint8Array.of(2, 1), alice.address)).toThrow(/not the one/);
  expect(() => chain.ownerOf("5Nobody")).toThrow(/MALFORMED_ADDRESS/);
  expect(() => chain.ownerOf("0x12")).toThrow(/MALFORMED_ADDRESS/);
});

test.each(["http", "ws"])("a node that does not answer over %s is unreachable", async (scheme) => {
  const options = { rpcUrl: `${scheme}://127.0.0.1:9`, domain: 4, finalityDepth: 1 };
  const deployment = { market: "0x", token: "0x" };
  const opened = createPolkadotAdapter({ ...options, deployment });
  await expect(opened).rejects.toBeInstanceOf(ChainError);
  await expect(opened).rejects.toMatchObject({ kind: "unreachable" });
});

test("a node that went away is unreachable, and what is no contract is unanswerable", async () => {
  const { server } = await startChain(DEPTH);
  const deployment = { market: `0x${"11".repeat(20)}`, token: `0x${"22".repeat(20)}` };
  const options = { rpcUrl: server.wsUrl, domain: 4, deployment, finalityDepth: DEPTH };
  const other = await createPolkadotAdapter(options);
  await expect(other.market()).rejects.toMatchObject({ kind: "unanswerable" });
  await server.close();
  await expect(other.head()).rejects.toMatchObject({ kind: "unreachable" });
  await other.close();
});
