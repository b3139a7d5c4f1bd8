import { decodeHex } from "@dragoman/bytes";
import {
  type ChainAdapter,
  ChainError,
  type ChainSigner,
  performAction,
  sendTransaction,
} from "@dragoman/chain";
import { startTestNode } from "@dragoman/rpc-eth/testing";
import { signerFromSecret } from "@dragoman/sdk-evm";
import { createTestClient, http } from "viem";
import { foundry } from "viem/chains";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deployMarket, fundAccount } from "./deploy-market.ts";
import { createEvmAdapter } from "./evm-adapter.ts";
import { startAnvil } from "./testing/start-anvil.ts";

const USD = 1_000_000n;
const FAST = { pollMs: 5 };
interface Node {
  readonly rpcUrl: string;
  /** Of an account with ether. */
  readonly secret: Uint8Array;
  stop(): Promise<void>;
}

/** Our own node in this process. */
async function startOurs(): Promise<Node> {
  const secret = new Uint8Array(32).fill(3);
  const rich = [decodeHex(signerFromSecret(secret).address)];
  const node = await startTestNode({ rich, finalityDepth: 5 });
  const stop = async (): Promise<void> => {
    await node.server.close();
    expect(node.lines).toEqual([]);
  };
  return { rpcUrl: node.server.url, secret, stop };
}

describe.each([
  ["anvil", startAnvil],
  ["the ledger's node", startOurs],
])("on %s", (_, start) => {
  let node: Node;
  let chain: ChainAdapter;
  let treasury: ChainSigner;
  let alice: ChainSigner;

  beforeAll(async () => {
    node = await start();
    const { rpcUrl, secret } = node;
    treasury = signerFromSecret(secret);
    alice = signerFromSecret(new Uint8Array(32).fill(5));
    const deployment = await deployMarket({
      rpcUrl,
      secret,
      domain: 1,
      publisher: treasury.address,
      attesters: [new Uint8Array(20).fill(1)],
      threshold: 1,
      volatility: 1n << 31n,
      supply: 1_000_000n * USD,
    });
    const native = 10n ** 18n;
    await fundAccount({
      rpcUrl,
      secret,
      deployment,
      to: alice.address,
      native,
      collateral: 5000n * USD,
    });
    chain = await createEvmAdapter({ rpcUrl, domain: 1, deployment, finalityDepth: 2 });
    const time = BigInt((await chain.head()).timestamp);
    const price = { price: 3000n * USD, confidence: USD, time };
    await performAction(chain, treasury, { type: "fundPool", amount: 100_000n * USD }, FAST);
    await performAction(chain, treasury, { type: "publishPrice", ...price }, FAST);
  }, 60_000);

  afterAll(async () => {
    await chain?.close();
    await node?.stop();
  });

  test("an action needs its allowance first, and its event is in the block that its status names", async () => {
    const action = { type: "deposit", amount: 1000n * USD } as const;
    expect(await chain.build(action, alice.address)).toHaveLength(2);
    // As if the allowance were there already.
    const deposited = { owner: chain.ownerOf(alice.address), amount: action.amount };
    expect(await chain.simulate(action, alice.address)).toEqual({
      ok: true,
      events: [{ type: "Deposited", ...deposited }],
    });
    const { block, transaction } = await performAction(chain, alice, action, FAST);
    const owner = chain.ownerOf(alice.address);
    const followed = await chain.block(block.height);
    expect(followed?.ref).toEqual(block);
    expect(followed?.events).toEqual([
      {
        transaction: transaction.id,
        index: 0,
        event: { type: "Deposited", owner, amount: action.amount },
      },
    ]);
    expect(await chain.build(action, alice.address)).toHaveLength(1);
    expect(await chain.account(owner)).toEqual({ collateral: 1000n * USD, options: [] });
    expect(await chain.wallet(owner)).toBe(4000n * USD);
    expect(await chain.market()).toMatchObject({ price: 3000n * USD, pool: 100_000n * USD });
    expect(chain.addressOf(owner)).toBe(alice.address);
  });

  test("a quote is what the trade then costs", async () => {
    const expiry = BigInt((await chain.head()).timestamp) + 86_400n;
    const option = { strike: 3100n * USD, isCall: true, isBuy: true, size: USD } as const;
    const trade = { type: "tradeOption", expiry, ...option, limit: 1n << 50n } as const;
    const { premium, fee, at } = await chain.quote(trade);
    expect(at).toEqual(await chain.head());
    const { block } = await performAction(chain, alice, trade, FAST);
    const event = (await chain.block(block.height))!.events[0]!.event;
    expect(event.type).toBe("OptionTraded");
    if (event.type !== "OptionTraded") return;
    // The premium falls with every second that passes between the quote and the block.
    expect(premium - event.premium).toBeGreaterThanOrEqual(0n);
    expect(premium - event.premium).toBeLessThan(premium / 1000n + 10n);
    expect(event.fee).toBe(fee);
    await expect(chain.quote({ ...trade, expiry: 1n })).rejects.toMatchObject({ marketError: 7 });
  });

  test("what the market refuses is told with its number: before, by simulation, and after, by status", async () => {
    const action = { type: "withdraw", amount: 1_000_000n * USD } as const;
    expect(await chain.simulate(action, alice.address)).toMatchObject({
      ok: false,
      marketError: 4,
    });
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
    const control = createTestClient({
      mode: "anvil",
      chain: foundry,
      transport: http(node.rpcUrl),
    });
    await control.mine({ blocks: 2 });
    expect(await chain.status(signed)).toMatchObject({ state: "expired" });
    expect(await chain.status(transaction)).toMatchObject({ state: "included", finality: "FINAL" });
    await expect(chain.submit(signed)).rejects.toMatchObject({ kind: "refused" });
    expect(await chain.finalized()).toMatchObject({ height: (await chain.head()).height - 2 });
  });

  test("a reorganisation shows in the parent hash, and its transaction is unknown again", async () => {
    const { block, transaction } = await performAction(
      chain,
      alice,
      { type: "deposit", amount: 3n },
      FAST,
    );
    const control = createTestClient({
      mode: "anvil",
      chain: foundry,
      transport: http(node.rpcUrl),
    });
    const reorg = { method: "anvil_reorg", params: [1, []] } as never;
    await control.request(reorg);
    const replaced = (await chain.block(block.height))!.ref;
    expect(replaced.hash).not.toBe(block.hash);
    expect(replaced.parentHash).toBe(block.parentHash);
    expect((await chain.status(transaction)).state).toMatch(/unknown|pending/);
  });

  test("whether a packet was received is read from a final block", async () => {
    expect(await chain.received(2, 1n)).toEqual({ received: false, at: await chain.finalized() });
  });

  test("what was signed must be what was built, and addresses must be addresses", async () => {
    const [unsigned] = await chain.build({ type: "deposit", amount: 1n }, alice.address);
    const [other] = await chain.build({ type: "deposit", amount: 2n }, alice.address);
    const signature = await alice.sign(other!);
    expect(() => chain.join(unsigned!, signature, alice.address)).toThrow(/not the transaction/);
    expect(() => chain.join(unsigned!, Uint8Array.of(2, 1), alice.address)).toThrow(
      /does not decode/,
    );
    expect(() => chain.ownerOf("0x12")).toThrow(/no address/);
  });

  test("a node that does not answer is unreachable", async () => {
    const options = { rpcUrl: "http://127.0.0.1:9", domain: 1, finalityDepth: 1 };
    const deployment = { market: "0x", token: "0x" };
    const opened = createEvmAdapter({ ...options, deployment });
    await expect(opened).rejects.toBeInstanceOf(ChainError);
    await expect(opened).rejects.toMatchObject({ kind: "unreachable" });
  });
});
