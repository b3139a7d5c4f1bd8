import {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  PublicKey,
  SendTransactionError,
  SystemProgram,
  sendAndConfirmTransaction,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { afterEach, expect, test } from "vitest";
import { startTestNode, type TestNode, type TestNodeOptions } from "./testing/start-node.ts";

let node: TestNode | undefined;
afterEach(async () => {
  const lines = node?.lines;
  await node?.close();
  node = undefined;
  expect(lines).toEqual([]);
});

const alice = Keypair.fromSeed(new Uint8Array(32).fill(1));
const bob = Keypair.fromSeed(new Uint8Array(32).fill(2)).publicKey;

async function start(
  options?: TestNodeOptions,
): Promise<{ connection: Connection; node: TestNode }> {
  node = await startTestNode(options);
  const { url } = node.server;
  const connection = new Connection(url, {
    commitment: "confirmed",
    disableRetryOnRateLimit: true,
  });
  return { connection, node };
}

async function fund(connection: Connection, to = alice.publicKey): Promise<void> {
  const signature = await connection.requestAirdrop(to, 10 * LAMPORTS_PER_SOL);
  const latest = await connection.getLatestBlockhash();
  const { value } = await connection.confirmTransaction({ signature, ...latest });
  expect(value.err).toBeNull();
}

const transfer = (lamports: number, toPubkey = bob): Transaction =>
  new Transaction().add(
    SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey, lamports }),
  );

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

async function call(method: string, ...params: unknown[]): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  return (await (
    await fetch(node!.server.url, { method: "POST", headers, body })
  ).json()) as Answer;
}

test("web3.js: airdrop, transfer, confirmation by WebSocket", async () => {
  const { connection } = await start();
  await fund(connection);
  expect(await connection.getBalance(alice.publicKey)).toBe(10 * LAMPORTS_PER_SOL);
  const signature = await sendAndConfirmTransaction(connection, transfer(LAMPORTS_PER_SOL), [
    alice,
  ]);
  expect(await connection.getBalance(bob)).toBe(LAMPORTS_PER_SOL);
  const status = await connection.getSignatureStatus(signature);
  expect(status.value).toMatchObject({ err: null, confirmationStatus: "confirmed", slot: 2 });
  expect(await connection.getBalance(bob, "finalized")).toBe(0);
});

test("web3.js: a transaction is read back with its fee, balances, logs and units", async () => {
  const { connection } = await start();
  await fund(connection);
  const signature = await sendAndConfirmTransaction(connection, transfer(LAMPORTS_PER_SOL), [
    alice,
  ]);
  const read = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  expect(read?.meta).toMatchObject({ err: null, fee: 5000, computeUnitsConsumed: 150 });
  expect(read?.meta?.preBalances).toEqual([10 * LAMPORTS_PER_SOL, 0, 1]);
  expect(read?.meta?.postBalances).toEqual([9 * LAMPORTS_PER_SOL - 5000, LAMPORTS_PER_SOL, 1]);
  expect(read?.transaction.message.staticAccountKeys[1]).toEqual(bob);
  const parsed = await connection.getParsedTransaction(signature);
  expect(parsed?.transaction.message.accountKeys[0]).toMatchObject({
    signer: true,
    writable: true,
  });
  const block = await connection.getBlock(read!.slot, { maxSupportedTransactionVersion: 0 });
  expect(block?.transactions[0]?.transaction.signatures).toEqual([signature]);
  expect(block?.blockTime).toBe(1_750_000_000);
  const history = await connection.getSignaturesForAddress(bob);
  expect(history.map((one) => one.signature)).toEqual([signature]);
  expect(await connection.getSignaturesForAddress(alice.publicKey, { limit: 1 })).toHaveLength(1);
});

test("web3.js: versioned messages, priority fees and fees asked for beforehand", async () => {
  const { connection } = await start();
  await fund(connection);
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
  expect(lastValidBlockHeight).toBe((await connection.getBlockHeight()) + 150);
  const message = new TransactionMessage({
    payerKey: alice.publicKey,
    recentBlockhash: blockhash,
    instructions: [
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000_000 }),
      ComputeBudgetProgram.setComputeUnitLimit({ units: 500 }),
      ...transfer(1_000_000).instructions,
    ],
  }).compileToV0Message();
  expect((await connection.getFeeForMessage(message)).value).toBe(5500);
  const transaction = new VersionedTransaction(message);
  transaction.sign([alice]);
  const signature = await connection.sendTransaction(transaction);
  await connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight });
  await expect(connection.getTransaction(signature)).rejects.toThrow("Transaction version (0)");
  const read = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  expect(read?.version).toBe(0);
  expect(await connection.getRecentPrioritizationFees()).toContainEqual({
    slot: read?.slot,
    prioritizationFee: 1_000_000,
  });
});

test("preflight refuses what would fail, with the error, logs and no change of state", async () => {
  const { connection, node } = await start();
  await fund(connection);
  const head = node.ledger.blocks.head.height;
  const failing = connection.sendTransaction(transfer(100 * LAMPORTS_PER_SOL), [alice]);
  await expect(failing).rejects.toThrow(
    "Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1",
  );
  const error = await failing.catch((caught: unknown) => caught as SendTransactionError);
  expect(error).toBeInstanceOf(SendTransactionError);
  expect((error as SendTransactionError).logs?.at(-1)).toContain("failed: custom program error");
  const poor = Keypair.generate();
  const unfunded = new Transaction().add(
    SystemProgram.transfer({ fromPubkey: poor.publicKey, toPubkey: bob, lamports: 1 }),
  );
  await expect(connection.sendTransaction(unfunded, [poor])).rejects.toThrow(
    "Attempt to debit an account but found no record of a prior credit.",
  );
  expect(node.ledger.blocks.head.height).toBe(head);
});

test("without preflight a failing transaction is in a block, pays its fee and says why", async () => {
  const { connection } = await start();
  await fund(connection);
  const options = { skipPreflight: true };
  const signature = await connection.sendTransaction(
    transfer(100 * LAMPORTS_PER_SOL),
    [alice],
    options,
  );
  const { value } = await connection.getSignatureStatus(signature);
  expect(value?.err).toEqual({ InstructionError: [0, { Custom: 1 }] });
  expect(await connection.getBalance(alice.publicKey)).toBe(10 * LAMPORTS_PER_SOL - 5000);
});

test("with blocks at intervals, a transaction is confirmed when it is final", async () => {
  const { connection, node } = await start({ mode: { kind: "interval", ms: 25 } });
  await fund(connection);
  const options = { commitment: "finalized" } as const;
  await sendAndConfirmTransaction(connection, transfer(LAMPORTS_PER_SOL), [alice], options);
  expect(await connection.getBalance(bob, "finalized")).toBe(LAMPORTS_PER_SOL);
  const [last] = await connection.getSignaturesForAddress(bob, {}, "finalized");
  expect(last?.confirmationStatus).toBe("finalized");
  expect(node.ledger.blocks.finalized.height).toBeGreaterThanOrEqual(last!.slot);
});

test("even without preflight, what no block can hold is refused at once", async () => {
  const { connection, node } = await start();
  const sent = connection.sendTransaction(transfer(1_000_000), [alice], { skipPreflight: true });
  await expect(sent).rejects.toThrow("Attempt to debit an account");
  expect(node.ledger.pendingCount).toBe(0);
});

test("wrong signatures, stale blockhashes and replays are refused in the words of a node", async () => {
  const { connection, node } = await start();
  await fund(connection);
  const { blockhash } = await connection.getLatestBlockhash();
  const signed = transfer(1_000_000);
  signed.recentBlockhash = blockhash;
  signed.sign(alice);
  const wire = signed.serialize();
  const broken = Buffer.from(wire);
  broken.writeUInt8(broken.readUInt8(10) ^ 1, 10);
  const send = (bytes: Uint8Array) =>
    call("sendTransaction", Buffer.from(bytes).toString("base64"), { encoding: "base64" });
  expect((await send(broken)).error).toEqual({
    code: -32003,
    message: "Transaction signature verification failure",
  });
  await connection.sendRawTransaction(wire);
  const replay = await send(wire);
  expect(replay.error).toMatchObject({
    code: -32002,
    message: "Transaction simulation failed: This transaction has already been processed",
    data: { err: "AlreadyProcessed", logs: [] },
  });
  for (let i = 0; i < 151; i++) node.ledger.produce();
  const stale = transfer(2_000_000);
  stale.recentBlockhash = blockhash;
  stale.sign(alice);
  expect((await send(stale.serialize())).error).toMatchObject({
    code: -32002,
    message: "Transaction simulation failed: Blockhash not found",
    data: { err: "BlockhashNotFound" },
  });
  expect((await connection.isBlockhashValid(blockhash)).value).toBe(false);
  expect(await connection.getBalance(bob)).toBe(1_000_000);
});

const REFUSED = [
  ["getBalance", ["not base58 0OIl"], -32602],
  ["getBalance", ["1111"], -32602],
  ["getBalance", [], -32602],
  ["getAccountInfo", [alice.publicKey.toBase58(), { encoding: "base16" }], -32602],
  ["getAccountInfo", [alice.publicKey.toBase58(), { commitment: "sure" }], -32602],
  ["sendTransaction", ["!!!", { encoding: "base64" }], -32602],
  ["sendTransaction", ["AAAA", { encoding: "base64" }], -32602],
  ["sendTransaction", [7], -32602],
  ["getBlock", [1e9], -32004],
  ["getBlock", [-1], -32602],
  ["getSlot", [{ minContextSlot: 1e6 }], -32016],
  ["getProgramAccounts", [bob.toBase58(), { filters: [{}] }], -32602],
  ["requestAirdrop", [bob.toBase58(), -1], -32602],
  ["dragoman_deployProgram", [bob.toBase58(), "AAAA"], -32602],
  ["dragoman_reorganise", [99], -32602],
  ["accountSubscribe", [bob.toBase58()], -32601],
  ["noSuchMethod", [], -32601],
] as const;

test("requests without sense are refused with a node's codes, and change nothing", async () => {
  const { node } = await start();
  for (const [method, params, code] of REFUSED) {
    const answer = await call(method, ...params);
    expect([method, answer.error?.code]).toEqual([method, code]);
  }
  expect(node.ledger.blocks.head.height).toBe(0);
});

test("a simulation shows accounts, units and errors, and changes nothing", async () => {
  const { connection } = await start();
  await fund(connection);
  const good = await connection.simulateTransaction(transfer(LAMPORTS_PER_SOL), [alice], [bob]);
  expect(good.value).toMatchObject({ err: null, unitsConsumed: 150 });
  expect(good.value.accounts?.[0]?.lamports).toBe(LAMPORTS_PER_SOL);
  expect(await connection.getBalance(bob)).toBe(0);
  const message = new TransactionMessage({
    payerKey: alice.publicKey,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: transfer(100 * LAMPORTS_PER_SOL).instructions,
  }).compileToV0Message();
  const unsigned = new VersionedTransaction(message);
  const stale = await connection.simulateTransaction(unsigned);
  expect(stale.value.err).toBe("BlockhashNotFound");
  const replaced = await connection.simulateTransaction(unsigned, {
    replaceRecentBlockhash: true,
    innerInstructions: true,
  });
  expect(replaced.value.err).toEqual({ InstructionError: [0, { Custom: 1 }] });
  const checked = connection.simulateTransaction(unsigned, { sigVerify: true });
  await expect(checked).rejects.toThrow("signature verification failure");
});

test("subscriptions tell of accounts, programs, logs, slots and roots", async () => {
  const { connection, node } = await start();
  await fund(connection);
  const heard: string[] = [];
  const note = (name: string) => () => void heard.push(name);
  const ids = [
    connection.onAccountChange(bob, ({ lamports }) => heard.push(`account ${lamports}`)),
    connection.onAccountChange(bob, ({ lamports }) => heard.push(`final ${lamports}`), "finalized"),
    connection.onProgramAccountChange(SystemProgram.programId, note("program"), "confirmed"),
    connection.onLogs(bob, ({ logs }) => heard.push(`logs ${logs.length}`), "confirmed"),
    connection.onSlotChange(({ slot }) => heard.push(`slot ${slot}`)),
    connection.onRootChange((root) => heard.push(`root ${root}`)),
  ];
  const until = async (wanted: string): Promise<void> => {
    while (!heard.includes(wanted)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  // The last one that the client opens is that of roots: blocks are made until it hears of one.
  while (!heard.some((line) => line.startsWith("root"))) {
    node.ledger.produce();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const slot = node.ledger.blocks.head.height + 1;
  await sendAndConfirmTransaction(connection, transfer(LAMPORTS_PER_SOL), [alice]);
  await until(`account ${LAMPORTS_PER_SOL}`);
  node.ledger.produce();
  node.ledger.produce();
  await until(`final ${LAMPORTS_PER_SOL}`);
  await until(`root ${slot}`);
  expect(heard).toContain("logs 2");
  expect(heard).toContain(`slot ${slot}`);
  expect(heard.filter((line) => line === "program")).toHaveLength(2);
  await Promise.all([
    connection.removeAccountChangeListener(ids[0]!),
    connection.removeAccountChangeListener(ids[1]!),
    connection.removeProgramAccountChangeListener(ids[2]!),
    connection.removeOnLogsListener(ids[3]!),
    connection.removeSlotChangeListener(ids[4]!),
    connection.removeRootChangeListener(ids[5]!),
  ]);
});

test("a reorganisation undoes a confirmed transaction, which the next block takes again", async () => {
  const { connection, node } = await start();
  await fund(connection);
  const signature = await sendAndConfirmTransaction(connection, transfer(LAMPORTS_PER_SOL), [
    alice,
  ]);
  expect((await call("dragoman_reorganise", 1)).result).toBe(1);
  expect(await connection.getBalance(bob)).toBe(0);
  expect((await connection.getSignatureStatus(signature)).value).toBeNull();
  expect((await call("dragoman_mine", 3)).result).toBe(4);
  expect((await connection.getSignatureStatus(signature)).value).toMatchObject({
    slot: 2,
    confirmationStatus: "finalized",
  });
  expect(node.ledger.pendingCount).toBe(0);
});

test("time travel and snapshots work through the developer methods", async () => {
  const { connection } = await start();
  await fund(connection);
  const { result: id } = await call("dragoman_snapshot");
  await sendAndConfirmTransaction(connection, transfer(LAMPORTS_PER_SOL), [alice]);
  expect((await call("dragoman_restore", id)).result).toBe(1);
  expect(await connection.getBalance(bob)).toBe(0);
  await call("dragoman_increaseTime", 86_400);
  await call("dragoman_mine");
  expect(await connection.getBlockTime(2)).toBe(1_750_086_400);
  expect((await call("dragoman_setBlockMode", { kind: "demand" })).result).toBe(true);
  const lamports = LAMPORTS_PER_SOL;
  await call("dragoman_setAccount", bob.toBase58(), { lamports });
  expect(await connection.getBalance(bob)).toBe(lamports);
});

test("the node names itself and its chain", async () => {
  const { connection, node } = await start();
  expect(await connection.getVersion()).toMatchObject({ "solana-core": "4.1.0" });
  const genesis = await connection.getGenesisHash();
  expect(genesis).toBe(new PublicKey(node.ledger.blocks.at(0)!.hash).toBase58());
  expect(await connection.getMinimumBalanceForRentExemption(0)).toBe(890_880);
  expect(await connection.getMinimumBalanceForRentExemption(165)).toBe(2_039_280);
  expect(await connection.getEpochInfo()).toMatchObject({ epoch: 0, slotsInEpoch: 432_000 });
  expect(await (await fetch(`${node.server.url}/health`)).text()).toBe("ok");
  const clock = new PublicKey("SysvarC1ock11111111111111111111111111111111");
  const info = await connection.getAccountInfo(clock);
  expect(info?.data.readBigInt64LE(32)).toBe(1_750_000_000n);
  expect((await connection.getSupply()).value.total).toBeGreaterThan(9e15);
});

test("web3.js: time travel to a slot and to an epoch", async () => {
  const { connection } = await start();
  await fund(connection);
  const { blockhash } = await connection.getLatestBlockhash();
  const before = await connection.getBlockTime(1);
  expect(await call("dragoman_warpToSlot", 1_000)).toMatchObject({ result: 1_000 });
  expect(await connection.getSlot()).toBe(1_000);
  expect(await connection.getBlockHeight()).toBe(2);
  expect(await connection.getBlockTime(1_000)).toBe(before! + Math.floor(999 * 0.4));
  expect((await connection.getBlock(1_000))?.parentSlot).toBe(1);
  expect(await connection.getBlocks(0, 2_000)).toEqual([0, 1, 1_000]);
  expect(await call("getBlock", 500, { commitment: "confirmed" })).toMatchObject({
    error: { code: -32007 },
  });
  expect((await connection.isBlockhashValid(blockhash)).value).toBe(true);
  expect(await call("dragoman_warpToEpoch", 5)).toMatchObject({ result: 5 * 432_000 });
  expect(await connection.getEpochInfo()).toMatchObject({
    ...{ epoch: 5, slotIndex: 0, absoluteSlot: 5 * 432_000, blockHeight: 3 },
  });
  const signature = await sendAndConfirmTransaction(connection, transfer(LAMPORTS_PER_SOL), [
    alice,
  ]);
  const [latest, ...older] = await connection.getSignaturesForAddress(alice.publicKey);
  expect(latest).toMatchObject({ signature, slot: 5 * 432_000 + 1 });
  expect(older.map(({ slot }) => slot)).toEqual([1]);
  const [sample] = await connection.getRecentPerformanceSamples(2);
  expect(sample).toMatchObject({ slot: 5 * 432_000 + 1, numSlots: 1 });
  for (const slot of [3, -1, "7", 2e12]) {
    expect(await call("dragoman_warpToSlot", slot)).toMatchObject({ error: { code: -32602 } });
  }
});
