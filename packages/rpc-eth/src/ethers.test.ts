import { decodeHex } from "@dragoman/bytes";
import { COLLATERAL_TOKEN_ABI, COLLATERAL_TOKEN_BYTECODE } from "@dragoman/protocol";
import { Contract, ContractFactory, JsonRpcProvider, Wallet, WebSocketProvider } from "ethers";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestNode, type TestNode } from "./testing/start-test-node.ts";

const alice = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const bob = privateKeyToAccount(`0x${"b0".repeat(32)}`);
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ rich: [decodeHex(alice.address)], finalityDepth: 5 });
});
afterAll(async () => {
  expect(node.lines).toEqual([]);
  await node.server.close();
});

const SECRET = `0x${"a1".repeat(32)}`;

test("ethers deploys, calls, waits and reads events over HTTP", async () => {
  const provider = new JsonRpcProvider(node.server.url, undefined, {
    pollingInterval: 20,
    // ethers keeps an answer for a quarter of a second, in which this node has made blocks.
    cacheTimeout: -1,
  });
  const wallet = new Wallet(SECRET, provider);
  const factory = new ContractFactory(COLLATERAL_TOKEN_ABI, COLLATERAL_TOKEN_BYTECODE, wallet);
  const deployed = await factory.deploy(alice.address);
  await deployed.waitForDeployment();
  const token = new Contract(await deployed.getAddress(), COLLATERAL_TOKEN_ABI, wallet);
  const sent = await token.getFunction("mint").send(bob.address, 5n);
  const receipt = await sent.wait();
  expect(receipt?.status).toBe(1);
  expect(await token.getFunction("balanceOf")(bob.address)).toBe(5n);
  const events = await token.queryFilter("Transfer", 0);
  expect(events).toHaveLength(1);
  await expect(token.getFunction("burn").staticCall(6n)).rejects.toMatchObject({
    code: "CALL_EXCEPTION",
    revert: { name: "BalanceTooLow" },
  });
  expect((await provider.getNetwork()).chainId).toBe(1337n);
  expect((await provider.getBlock("latest"))?.hash).toBe(receipt?.blockHash);
  expect(await provider.getTransactionCount(alice.address)).toBe(2);
  provider.destroy();
});

test("ethers hears of blocks over WebSocket, and of refusals by code", async () => {
  const provider = new WebSocketProvider(node.server.wsUrl, undefined, { cacheTimeout: -1 });
  const wallet = new Wallet(SECRET, provider);
  const heard = new Promise<number>((resolve) => void provider.once("block", resolve));
  await provider.getBlockNumber();
  const sent = await wallet.sendTransaction({ to: bob.address, value: 1n });
  expect((await sent.wait())?.blockNumber).toBeGreaterThan(0);
  expect(await heard).toBeGreaterThan(0);
  await expect(
    wallet.sendTransaction({ to: bob.address, value: 1n, nonce: 0 }),
  ).rejects.toMatchObject({ code: "NONCE_EXPIRED" });
  await expect(
    wallet.sendTransaction({ to: bob.address, value: 10n ** 24n, gasLimit: 21_000n }),
  ).rejects.toMatchObject({ code: "INSUFFICIENT_FUNDS" });
  await provider.destroy();
});
