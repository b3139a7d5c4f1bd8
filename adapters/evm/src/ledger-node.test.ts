import { attesterKey } from "@dragoman/bridge";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import { type ChainAdapter, type MarketAction, performAction } from "@dragoman/chain";
import { attestationDigest, decodePacket, encodePacket, packetId } from "@dragoman/protocol";
import { startTestNode, type TestNode } from "@dragoman/rpc-eth/testing";
import { signerFromSecret } from "@dragoman/sdk-evm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployMarket, fundAccount } from "./deploy-market.ts";
import { createEvmAdapter } from "./evm-adapter.ts";
import type { EvmDeployment } from "./evm-deployment.ts";

const USD = 1_000_000n;
const FAST = { pollMs: 5 };
const FINALITY_DEPTH = 3;
const secret = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const [TREASURY, ALICE] = [secret(1), secret(2)];
const [treasury, alice] = [signerFromSecret(TREASURY), signerFromSecret(ALICE)];
const ATTESTERS = [secret(11), secret(12), secret(13)]
  .map(attesterKey)
  .sort((a, b) => (a.address < b.address ? -1 : 1));

let node: TestNode;
let deployment: EvmDeployment;
let chain: ChainAdapter;

const connect = (): Promise<ChainAdapter> =>
  createEvmAdapter({
    ...{ rpcUrl: node.server.url, domain: 1, deployment, finalityDepth: FINALITY_DEPTH },
  });

beforeAll(async () => {
  const rich = [decodeHex(treasury.address)];
  node = await startTestNode({ rich, finalityDepth: FINALITY_DEPTH });
  const rpcUrl = node.server.url;
  const attesters = ATTESTERS.map(({ address }) => decodeHex(address));
  deployment = await deployMarket({
    ...{ rpcUrl, secret: TREASURY, domain: 1, publisher: treasury.address, attesters },
    ...{ threshold: 2, volatility: 1n << 31n, supply: 1_000_000n * USD },
  });
  await fundAccount({
    ...{ rpcUrl, secret: TREASURY, deployment, to: alice.address },
    ...{ native: 10n ** 18n, collateral: 5000n * USD },
  });
  chain = await connect();
  await act(TREASURY, { type: "fundPool", amount: 100_000n * USD });
  await act(ALICE, { type: "deposit", amount: 1000n * USD });
});

afterAll(async () => {
  await chain?.close();
  await node?.server.close();
  expect(node?.lines).toEqual([]);
});

const act = (of: Uint8Array, action: MarketAction) =>
  performAction(chain, signerFromSecret(of), action, FAST);

/** Builds and signs alice's action. */
async function sign(action: MarketAction, nonce?: bigint) {
  const options = nonce === undefined ? {} : { nonce };
  const [unsigned] = await chain.build(action, alice.address, options);
  return chain.join(unsigned!, await alice.sign(unsigned!), alice.address);
}

test("the chain is followed through a reorganisation by parent hashes", async () => {
  const { block: first } = await act(ALICE, { type: "deposit", amount: USD });
  const { block: second, transaction } = await act(ALICE, { type: "deposit", amount: 2n * USD });
  expect(second.parentHash).toBe(first.hash);
  node.ledger.reorganise(2);
  expect(await chain.block(second.height)).toBeUndefined();
  expect(await chain.status(transaction)).toEqual({ state: "pending" });
  // Both come back, in one block that stands on the last common one.
  node.ledger.produce();
  const again = await chain.block(first.height);
  expect(again?.ref.parentHash).toBe(first.parentHash);
  expect(again?.ref.hash).not.toBe(first.hash);
  expect(again?.events.map(({ event }) => event)).toMatchObject([
    { type: "Deposited", amount: USD },
    { type: "Deposited", amount: 2n * USD },
  ]);
  expect(await chain.status(transaction)).toMatchObject({
    state: "included",
    block: again?.ref,
    finality: "LATEST",
  });
  for (let i = 0; i < FINALITY_DEPTH; i++) node.ledger.produce();
  expect(await chain.status(transaction)).toMatchObject({ finality: "FINAL" });
});

test("a transaction that a reorganisation dropped is unknown; the same bytes go in again, once", async () => {
  const owner = chain.ownerOf(alice.address);
  const before = (await chain.account(owner)).collateral;
  const { transaction } = await act(ALICE, { type: "deposit", amount: 7n });
  node.ledger.reorganise(1, true);
  expect(await chain.status(transaction)).toEqual({ state: "unknown" });
  await chain.submit(transaction);
  await chain.submit(transaction);
  expect(await chain.status(transaction)).toMatchObject({ state: "included" });
  expect((await chain.account(owner)).collateral).toBe(before + 7n);
});

test("a transaction that fails behind another one of its block has the market's error", async () => {
  node.producer.setMode({ kind: "demand" });
  const { collateral } = await chain.account(chain.ownerOf(alice.address));
  const { included } = (await chain.nonces(alice.address))!;
  const [first, second] = [
    await sign({ type: "withdraw", amount: collateral }),
    await sign({ type: "withdraw", amount: collateral }, included + 1n),
  ];
  await chain.submit(first);
  await chain.submit(second);
  expect(await chain.nonces(alice.address)).toEqual({ included, pending: included + 2n });
  expect(await chain.status(second)).toEqual({ state: "pending" });
  node.ledger.produce();
  expect(await chain.status(first)).toMatchObject({ state: "included" });
  expect(await chain.status(second)).toMatchObject({ state: "failed", marketError: 4 });
  node.producer.setMode({ kind: "instant" });
});

test("a packet leaves, and one arrives with a quorum's signatures and is received once final", async () => {
  const owner = chain.ownerOf(alice.address);
  await act(ALICE, { type: "deposit", amount: 500n * USD });
  const timeout = BigInt(node.clock.seconds()) + 3600n;
  const { block } = await act(ALICE, {
    ...{ type: "exportPosition", destination: 2, recipient: `0x${"ab".repeat(32)}` },
    ...{ what: 0, collateral: 200n * USD, timeout },
  });
  const [sent] = (await chain.block(block.height))!.events.map(({ event }) => event);
  const packet = decodePacket(decodeHex((sent as { packet: string }).packet));
  expect(packet).toMatchObject({ source: 1, destination: 2, collateral: 200n * USD });
  const back = encodePacket({
    ...packet,
    ...{ source: 2, destination: 1, sequence: 9n },
    ...{ sender: packet.recipient, recipient: packet.sender },
  });
  const signatures = ATTESTERS.slice(1).map(({ sign }) =>
    encodeHex(sign(attestationDigest("receive", packetId(back)))),
  );
  const deliver = { type: "importPacket", packet: encodeHex(back), signatures } as const;
  const before = (await chain.account(owner)).collateral;
  await act(TREASURY, deliver);
  expect((await chain.account(owner)).collateral).toBe(before + 200n * USD);
  expect((await chain.received(2, 9n)).received).toBe(false);
  for (let i = 0; i < FINALITY_DEPTH; i++) node.ledger.produce();
  expect(await chain.received(2, 9n)).toEqual({ received: true, at: await chain.finalized() });
  expect(await chain.simulate(deliver, treasury.address)).toMatchObject({ marketError: 13 });
});

test("after a restart from the log of inputs the adapter finds everything as it was", async () => {
  const { transaction } = await act(ALICE, { type: "deposit", amount: 11n });
  const [status, head, market] = [
    await chain.status(transaction),
    await chain.head(),
    await chain.market(),
  ];
  const { port } = node.server;
  await node.server.close();
  await expect(chain.head()).rejects.toMatchObject({ kind: "unreachable" });
  const rich = [decodeHex(treasury.address)];
  node = await startTestNode({
    ...{ rich, finalityDepth: FINALITY_DEPTH, inputs: node.inputs, port },
  });
  expect(await chain.head()).toEqual(head);
  expect(await chain.status(transaction)).toEqual(status);
  expect(await chain.market()).toEqual(market);
  await act(ALICE, { type: "deposit", amount: 1n });
});
