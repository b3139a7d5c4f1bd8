import {
  AccountRole,
  type Address,
  address,
  appendTransactionMessageInstructions,
  type Base64EncodedWireTransaction,
  createKeyPairSignerFromPrivateKeyBytes,
  createSolanaRpc,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  type Instruction,
  type KeyPairSigner,
  lamports,
  pipe,
  setTransactionMessageComputeUnitLimit,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageHeapSize,
  setTransactionMessageLifetimeUsingBlockhash,
  setTransactionMessageLoadedAccountsDataSizeLimit,
  setTransactionMessagePriorityFeeLamports,
  signature,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { PublicKey } from "@solana/web3.js";
import { afterEach, expect, test } from "vitest";
import { startTestNode, type TestNode } from "./testing/start-node.ts";

// Transactions of version 1 (SIMD-0385), as @solana/kit makes and reads them.

let node: TestNode | undefined;
afterEach(async () => {
  const lines = node?.lines;
  await node?.close();
  node = undefined;
  expect(lines).toEqual([]);
});

const SYSTEM = address("11111111111111111111111111111111");
const SOL = 1_000_000_000n;
/** Addresses that are paid: they alone have more bytes than an old transaction may have. */
const RECEIVERS = 50;

const receiver = (number: number): Address =>
  address(new PublicKey(new Uint8Array(32).fill(number + 1)).toBase58());

function transferTo(from: KeyPairSigner, to: Address): Instruction {
  const data = new Uint8Array(12);
  data[0] = 2;
  new DataView(data.buffer).setBigUint64(4, SOL / 100n, true);
  return {
    programAddress: SYSTEM,
    accounts: [
      { address: from.address, role: AccountRole.WRITABLE_SIGNER },
      { address: to, role: AccountRole.WRITABLE },
    ],
    data,
  };
}

/** A node with a funded account, and the wire of a transaction of version 1 that pays many others. */
async function open() {
  node = await startTestNode();
  const rpc = createSolanaRpc(node.server.url);
  const payer = await createKeyPairSignerFromPrivateKeyBytes(new Uint8Array(32).fill(7));
  await rpc.requestAirdrop(payer.address, lamports(10n * SOL)).send();
  const { value } = await rpc.getLatestBlockhash({ commitment: "confirmed" }).send();
  const message = pipe(
    createTransactionMessage({ version: 1 }),
    (empty) => setTransactionMessageFeePayerSigner(payer, empty),
    (paid) => setTransactionMessageLifetimeUsingBlockhash(value, paid),
    (alive) => setTransactionMessageComputeUnitLimit(20_000, alive),
    (limited) => setTransactionMessagePriorityFeeLamports(777n, limited),
    (ranked) => setTransactionMessageLoadedAccountsDataSizeLimit(100_000, ranked),
    (bounded) => setTransactionMessageHeapSize(65_536, bounded),
    (ready) =>
      appendTransactionMessageInstructions(
        Array.from({ length: RECEIVERS }, (_, number) => transferTo(payer, receiver(number))),
        ready,
      ),
  );
  const wire = getBase64EncodedWireTransaction(await signTransactionMessageWithSigners(message));
  return { rpc, wire, payer };
}

const encoding = "base64";

test("a transaction of more than 1,232 bytes is simulated, sent and read back in every form", async () => {
  const { rpc, wire, payer } = await open();
  const bytes = Buffer.from(wire, encoding);
  expect(bytes.length).toBeGreaterThan(1232);
  const { value: simulated } = await rpc
    .simulateTransaction(wire, { encoding, sigVerify: true, commitment: "confirmed" })
    .send();
  expect(simulated.err).toBeNull();
  expect(simulated.unitsConsumed).toBe(150n * BigInt(RECEIVERS));
  const id = await rpc.sendTransaction(wire, { encoding }).send();
  const config = { maxSupportedTransactionVersion: 1, commitment: "confirmed" } as const;
  const read = await rpc.getTransaction(id, { ...config, encoding: "json" }).send();
  expect(read).toMatchObject({
    version: 1,
    meta: { err: null, fee: 5777n },
    transaction: {
      signatures: [id],
      message: {
        header: { numRequiredSignatures: 1 },
        transactionConfig: {
          ...{ priorityFee: 777n, computeUnitLimit: 20_000 },
          ...{ loadedAccountsDataSizeLimit: 100_000, heapSize: 65_536 },
        },
      },
    },
  });
  expect(read?.transaction.message).not.toHaveProperty("addressTableLookups");
  expect(read?.transaction.message.accountKeys[0]).toBe(payer.address);
  expect(read?.transaction.message.instructions).toHaveLength(RECEIVERS);
  const parsed = await rpc.getTransaction(id, { ...config, encoding: "jsonParsed" }).send();
  expect(parsed?.transaction.message.transactionConfig?.priorityFee).toBe(777n);
  expect(parsed?.transaction.message.accountKeys[0]).toEqual({
    ...{ pubkey: payer.address, signer: true, source: "transaction", writable: true },
  });
  const raw = await rpc.getTransaction(id, { ...config, encoding }).send();
  expect(raw?.transaction).toEqual([wire, encoding]);
  expect((await rpc.getBalance(receiver(3), config).send()).value).toBe(SOL / 100n);
});

test("a block with one gives it in every detail, to clients that know the version alone", async () => {
  const { rpc, wire } = await open();
  const id = await rpc.sendTransaction(wire, { encoding }).send();
  const slot = BigInt(node!.ledger.blocks.head.height);
  const config = { maxSupportedTransactionVersion: 1, commitment: "confirmed" } as const;
  const block = await rpc.getBlock(slot, { ...config, encoding: "json" }).send();
  expect(block?.transactions).toMatchObject([
    { version: 1, transaction: { signatures: [id], message: { transactionConfig: {} } } },
  ]);
  const accounts = await rpc
    .getBlock(slot, { ...config, encoding: "json", transactionDetails: "accounts" })
    .send();
  expect(accounts?.transactions).toMatchObject([{ version: 1, transaction: { signatures: [id] } }]);
  const old = { ...config, maxSupportedTransactionVersion: 0 } as const;
  for (const request of [
    rpc.getBlock(slot, { ...old, encoding: "json" }),
    rpc.getBlock(slot, { ...old, transactionDetails: "accounts" }),
    rpc.getTransaction(signature(id), { ...old, encoding: "json" }),
  ]) {
    await expect(request.send()).rejects.toThrow("Transaction version (1) is not supported");
  }
});

test("the limits are 4,096 bytes, and 1,232 for older versions", async () => {
  const { rpc, wire } = await open();
  const send = (bytes: Uint8Array) =>
    rpc
      .sendTransaction(Buffer.from(bytes).toString(encoding) as Base64EncodedWireTransaction, {
        encoding,
      })
      .send();
  const long = new Uint8Array(4097);
  long.set(Buffer.from(wire, encoding));
  await expect(send(long)).rejects.toThrow("4097 bytes are too many");
  const legacy = new Uint8Array(1233).fill(1);
  await expect(send(legacy)).rejects.toThrow("1232 fit in a packet");
  const { value } = await rpc.getLatestBlockhash({ commitment: "confirmed" }).send();
  expect(value.lastValidBlockHeight).toBe(151n);
  expect(node?.ledger.blocks.head.height).toBe(1);
});

test("the fee of a message of version 1 is told before it is sent", async () => {
  const { rpc, wire } = await open();
  const message = Buffer.from(wire, encoding).subarray(0, -64).toString(encoding);
  const { value } = await rpc
    .getFeeForMessage(message as Parameters<typeof rpc.getFeeForMessage>[0], {
      commitment: "confirmed",
    })
    .send();
  expect(value).toBe(5777n);
});
