import { decodeHex } from "@dragoman/bytes";
import {
  COLLATERAL_TOKEN_ABI,
  COLLATERAL_TOKEN_BYTECODE,
  MARKET_ABI,
  MARKET_BYTECODE,
} from "@dragoman/protocol";
import {
  type BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createTestClient,
  createWalletClient,
  defineChain,
  type Hash,
  http,
  keccak256,
  parseEther,
  parseGwei,
  webSocket,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GENESIS_TIME, startTestNode, type TestNode } from "./testing/start-test-node.ts";

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

function clients(useSocket = false) {
  const { url, wsUrl } = node.server;
  const chain = defineChain({
    id: 1337,
    name: "dragoman",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url], webSocket: [wsUrl] } },
  });
  const transport = useSocket ? webSocket(wsUrl) : http(url);
  const options = { chain, transport, pollingInterval: 10 };
  return {
    reader: createPublicClient(options),
    wallet: createWalletClient({ ...options, account: alice }),
    tester: createTestClient({ ...options, mode: "anvil" }),
  };
}

const message = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
  } catch (error) {
    return (error as BaseError).details ?? (error as Error).message;
  }
  return "accepted";
};

/** Token and market, the market being allowed to mint. */
async function deployMarket() {
  const { reader, wallet } = clients();
  const created = async (hash: Hash) => {
    const receipt = await reader.waitForTransactionReceipt({ hash });
    expect(receipt.status).toBe("success");
    return receipt.contractAddress!;
  };
  const token = await created(
    await wallet.deployContract({
      abi: COLLATERAL_TOKEN_ABI,
      bytecode: COLLATERAL_TOKEN_BYTECODE as Hash,
      args: [alice.address],
    }),
  );
  const market = await created(
    await wallet.deployContract({
      abi: MARKET_ABI,
      bytecode: MARKET_BYTECODE as Hash,
      args: [token, 1, alice.address, 1n << 31n, [alice.address], 1n],
    }),
  );
  return { token, market };
}

test("the market is deployed, called, and its events are found and decoded", async () => {
  const { reader, wallet } = clients();
  const { token, market } = await deployMarket();
  const run = async (request: object): Promise<void> => {
    const hash = await wallet.writeContract(request as never);
    expect((await reader.waitForTransactionReceipt({ hash })).status).toBe("success");
  };
  const onToken = { address: token, abi: COLLATERAL_TOKEN_ABI } as const;
  const onMarket = { address: market, abi: MARKET_ABI } as const;
  await run({ ...onToken, functionName: "mint", args: [alice.address, 10n ** 12n] });
  await run({ ...onToken, functionName: "approve", args: [market, 10n ** 12n] });
  await run({ ...onMarket, functionName: "deposit", args: [5_000_000n] });
  const account = await reader.readContract({
    ...onMarket,
    functionName: "account",
    args: [`0x${"00".repeat(12)}${alice.address.slice(2)}`],
  });
  expect(account.collateral).toBe(5_000_000n);
  const events = await reader.getContractEvents({ ...onMarket, fromBlock: 0n });
  expect(events.map(({ eventName, args }) => [eventName, args])).toEqual([
    ["Deposited", expect.objectContaining({ amount: 5_000_000n })],
  ]);
  expect(await reader.getLogs({ address: token, toBlock: 1n, fromBlock: 0n })).toEqual([]);
  const refused = await reader
    .simulateContract({ ...onMarket, account: alice, functionName: "withdraw", args: [9n ** 12n] })
    .catch((error: BaseError) => error.walk((e) => e instanceof ContractFunctionRevertedError));
  expect((refused as unknown as ContractFunctionRevertedError).data).toMatchObject({
    errorName: "MarketError",
    args: [4],
  });
});

test("a transaction is as it was signed, and its receipt and block say where it is", async () => {
  const { reader, wallet } = clients();
  const hash = await wallet.sendTransaction({ to: bob.address, value: parseEther("1") });
  const receipt = await reader.waitForTransactionReceipt({ hash });
  const tx = await reader.getTransaction({ hash });
  expect(tx).toMatchObject({
    from: alice.address.toLowerCase(),
    value: parseEther("1"),
    typeHex: "0x2",
  });
  expect(receipt).toMatchObject({ gasUsed: 21_000n, status: "success", type: "eip1559" });
  const block = await reader.getBlock({ blockHash: receipt.blockHash, includeTransactions: true });
  expect(block.transactions.map((item) => item.hash)).toEqual([hash]);
  expect(block.timestamp).toBe(BigInt(GENESIS_TIME));
  expect(await reader.getBalance({ address: bob.address, blockNumber: block.number - 1n })).toBe(
    (await reader.getBalance({ address: bob.address })) - parseEther("1"),
  );
  const legacy = await wallet.sendTransaction({ to: bob.address, type: "legacy" });
  expect((await reader.getTransaction({ hash: legacy })).type).toBe("legacy");
});

test("what is wrong is refused in geth's words, and nothing changes", async () => {
  const { reader, wallet } = clients();
  const before = await reader.getBlock();
  const nonce = await reader.getTransactionCount({ address: alice.address });
  const fees = { gas: 21_000n, maxFeePerGas: parseGwei("20"), maxPriorityFeePerGas: 1n };
  const sign = (request: object) =>
    alice.signTransaction({
      type: "eip1559",
      chainId: 1337,
      to: bob.address,
      nonce,
      ...fees,
      ...request,
    });
  const send = async (raw: Hash): Promise<string> =>
    message(reader.sendRawTransaction({ serializedTransaction: raw }));
  const good = await sign({});
  const broken = `${good.slice(0, -2)}${good.endsWith("00") ? "01" : "00"}` as Hash;
  expect(await send(await sign({ nonce: nonce - 1 }))).toMatch(/^nonce too low/);
  expect(await send(await sign({ chainId: 1 }))).toMatch(/^invalid chain id/);
  expect(await send(await sign({ value: parseEther("2000") }))).toMatch(
    /^insufficient funds for gas/,
  );
  expect(await send(broken)).toMatch(/^insufficient funds|^invalid transaction v, r, s/);
  expect(await send(good.slice(0, -2) as Hash)).toMatch(/^rlp: /);
  expect(await send(await sign({ gas: 20_000n }))).toMatch(/^intrinsic gas too low/);
  expect(
    await message(wallet.sendTransaction({ to: bob.address, value: parseEther("2000") })),
  ).toMatch(/insufficient funds/);
  const after = await reader.getBlock();
  expect(after.hash).toBe(before.hash);
  await expect(reader.getTransaction({ hash: keccak256(good) })).rejects.toThrow(/not be found/);
});

test("malformed requests get the codes of JSON-RPC", async () => {
  const ask = async (body: string): Promise<number | undefined> => {
    const answer = await fetch(node.server.url, { method: "POST", body });
    return ((await answer.json()) as { error?: { code: number } }).error?.code;
  };
  const call = (method: string, params: unknown): Promise<number | undefined> =>
    ask(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  expect(await ask("{")).toBe(-32700);
  expect(await ask('{"id":1}')).toBe(-32600);
  expect(await call("eth_nothing", [])).toBe(-32601);
  expect(await call("eth_getBalance", ["0x12", "latest"])).toBe(-32602);
  expect(await call("eth_getBalance", [])).toBe(-32602);
  expect(await call("eth_getBlockByNumber", ["newest", false])).toBe(-32602);
  expect(await call("eth_getBalance", [alice.address, "0xffff"])).toBe(-32000);
  expect(await call("eth_getLogs", [{ topics: "0x" }])).toBe(-32602);
  expect(await call("eth_getFilterChanges", ["0x77"])).toBe(-32000);
  expect(await call("eth_subscribe", ["newHeads"])).toBe(-32000);
  expect(await call("eth_call", [{ to: alice.address, gas: "0x10" }, "latest"])).toBe(-32000);
});

test("a viem client follows a reorganisation: new blocks, removed logs, the transaction again", async () => {
  const { reader, wallet, tester } = clients(true);
  const { token } = await deployMarket();
  const heads: (Hash | null)[] = [];
  const logs: [string | null, boolean][] = [];
  const stopHeads = reader.watchBlocks({ onBlock: (block) => heads.push(block.hash) });
  const stopLogs = reader.watchEvent({
    address: token,
    onLogs: (found) =>
      logs.push(...found.map((log): [string | null, boolean] => [log.blockHash, log.removed])),
  });
  await expect.poll(() => reader.getBlockNumber({ cacheTime: 0 })).toBeGreaterThan(1n);
  const request = { address: token, abi: COLLATERAL_TOKEN_ABI, functionName: "mint" } as const;
  // The subscriptions are open once the first head has come.
  await tester.mine({ blocks: 1 });
  await expect.poll(() => heads.length).toBeGreaterThan(0);
  const hash = await wallet.writeContract({ ...request, args: [bob.address, 1n] });
  const first = await reader.waitForTransactionReceipt({ hash });
  await reader.request({ method: "dragoman_reorganise", params: [1] } as never);
  await expect(reader.getTransactionReceipt({ hash })).rejects.toThrow();
  expect((await reader.getTransaction({ hash })).blockHash).toBeNull();
  await tester.mine({ blocks: 2 });
  const second = await reader.getTransactionReceipt({ hash });
  expect(second.blockNumber).toBe(first.blockNumber);
  expect(second.blockHash).not.toBe(first.blockHash);
  await expect
    .poll(() => logs)
    .toEqual([
      [first.blockHash, false],
      [first.blockHash, true],
      [second.blockHash, false],
    ]);
  await expect.poll(() => heads).toContain(second.blockHash);
  stopHeads();
  stopLogs();
});

test("viem's test client moves time, state and snapshots", async () => {
  const { reader, tester } = clients();
  const id = await tester.snapshot();
  const before = await reader.getBlock();
  await tester.setBalance({ address: bob.address, value: 77n });
  await tester.setCode({ address: bob.address, bytecode: "0x600760005260206000f3" });
  expect(await reader.getBalance({ address: bob.address })).toBe(77n);
  expect((await reader.call({ to: bob.address })).data).toBe(`0x${"00".repeat(31)}07`);
  await tester.setStorageAt({ address: bob.address, index: 1, value: `0x${"00".repeat(31)}05` });
  expect(await reader.getStorageAt({ address: bob.address, slot: "0x1" })).toMatch(/05$/);
  await tester.increaseTime({ seconds: 100 });
  await tester.mine({ blocks: 2, interval: 10 });
  expect((await reader.getBlock()).timestamp).toBe(before.timestamp + 110n);
  await tester.revert({ id });
  expect((await reader.getBlock()).hash).toBe(before.hash);
  await tester.setAutomine(false);
  expect(await tester.getAutomine()).toBe(false);
  await tester.setAutomine(true);
});

test("calls take overrides, fees have a history, and pending is a block", async () => {
  const { reader } = clients();
  const found = await reader.call({
    to: bob.address,
    stateOverride: [
      {
        address: bob.address,
        code: "0x60005460005260206000f3",
        stateDiff: [{ slot: `0x${"00".repeat(32)}`, value: `0x${"00".repeat(31)}09` }],
      },
    ],
  });
  expect(found.data).toMatch(/09$/);
  const fees = await reader.getFeeHistory({ blockCount: 3, rewardPercentiles: [10, 90] });
  expect(fees.baseFeePerGas).toHaveLength(4);
  expect(fees.reward).toHaveLength(3);
  const [head, pending] = [await reader.getBlock(), await reader.getBlock({ blockTag: "pending" })];
  expect(pending.parentHash).toBe(head.hash);
  expect(pending.number).toBe(head.number + 1n);
  expect((await reader.getBlock({ blockTag: "finalized" })).number).toBe(head.number - 5n);
  expect(await reader.getChainId()).toBe(1337);
});

test("simulated blocks build on each other and change nothing", async () => {
  const { reader } = clients();
  const head = await reader.getBlock();
  // Adds one to slot 0, logs and returns it; reverts on 2.
  const code = "0x6000546001018060005580600052600214601c5760206000a060206000f35b600080fd";
  const to = `0x${"c0".repeat(20)}` as const;
  const [first, second] = await reader.simulateBlocks({
    blocks: [
      { calls: [{ to, data: "0x" }], stateOverrides: [{ address: to, code }] },
      { calls: [{ to, data: "0x" }], blockOverrides: { time: head.timestamp + 100n } },
    ],
  });
  const [call] = first!.calls;
  expect(call).toMatchObject({ status: "success", data: `0x${"00".repeat(31)}01` });
  expect(call!.logs).toMatchObject([{ address: to, data: call!.data }]);
  expect(second!.calls).toMatchObject([{ status: "failure" }]);
  expect([second!.number, second!.timestamp]).toEqual([head.number + 2n, head.timestamp + 100n]);
  expect(await reader.getCode({ address: to })).toBeUndefined();
});

test("a call that is given too much gas ends all the same", async () => {
  const { reader } = clients();
  const forever = { address: bob.address, code: "0x5b600056" } as const;
  const call = { to: bob.address, gas: 1n << 52n, stateOverride: [forever] };
  expect(await message(reader.call(call))).toBe("out of gas");
});

test("an account and its slots are proven against the block's state root", async () => {
  const { reader, tester } = clients();
  await tester.setStorageAt({ address: bob.address, index: 3, value: `0x${"00".repeat(31)}2a` });
  const slot = `0x${"00".repeat(31)}03` as const;
  const { stateRoot } = await reader.getBlock();
  const proof = await reader.getProof({ address: bob.address, storageKeys: [slot] });
  expect(keccak256(proof.accountProof[0]!)).toBe(stateRoot);
  expect(keccak256(proof.storageProof[0]!.proof[0]!)).toBe(proof.storageHash);
  expect(proof.storageProof[0]!.value).toBe(42n);
  expect(proof.balance).toBe(await reader.getBalance({ address: bob.address }));
});

test("filters gather blocks, logs and pending transactions until they are asked or ended", async () => {
  const { reader, wallet, tester } = clients();
  const { token } = await deployMarket();
  const [blocks, pending, logs] = [
    await reader.createBlockFilter(),
    await reader.createPendingTransactionFilter(),
    await reader.createEventFilter({ address: token }),
  ];
  const request = { address: token, abi: COLLATERAL_TOKEN_ABI, functionName: "mint" } as const;
  const hash = await wallet.writeContract({ ...request, args: [bob.address, 4n] });
  const { blockHash } = await reader.waitForTransactionReceipt({ hash });
  expect(await reader.getFilterChanges({ filter: blocks })).toEqual([blockHash]);
  expect(await reader.getFilterChanges({ filter: pending })).toEqual([hash]);
  expect(await reader.getFilterChanges({ filter: logs })).toMatchObject([
    { transactionHash: hash, removed: false },
  ]);
  expect(await reader.getFilterChanges({ filter: logs })).toEqual([]);
  await tester.request({ method: "dragoman_reorganise", params: [1, true] } as never);
  expect(await reader.getFilterChanges({ filter: logs })).toMatchObject([
    { transactionHash: hash, removed: true },
  ]);
  expect(await reader.uninstallFilter({ filter: blocks })).toBe(true);
  expect(await message(reader.getFilterChanges({ filter: blocks }))).toBe("filter not found");
});

test("the developer's methods make blocks on demand, at a time that was set", async () => {
  const { reader, wallet, tester } = clients(true);
  const ask = (method: string, ...params: unknown[]) =>
    tester.request({ method, params } as never) as Promise<unknown>;
  await ask("dragoman_setBlockMode", { kind: "demand" });
  const seen: Hash[] = [];
  const stop = reader.watchPendingTransactions({ onTransactions: (found) => seen.push(...found) });
  await expect
    .poll(async () => {
      await ask("eth_blockNumber");
      const hash = await wallet.sendTransaction({ to: bob.address, value: 1n });
      return seen.includes(hash);
    })
    .toBe(true);
  stop();
  const head = await reader.getBlock();
  expect(await ask("txpool_status")).toMatchObject({ queued: "0x0" });
  await tester.setNextBlockTimestamp({ timestamp: head.timestamp + 5000n });
  expect(await ask("dragoman_mine", 1)).toBe(Number(head.number) + 1);
  const next = await reader.getBlock();
  expect(next.timestamp).toBe(head.timestamp + 5000n);
  expect(next.transactions.length).toBeGreaterThan(0);
  await ask("dragoman_setBlockMode", { kind: "instant" });
});
