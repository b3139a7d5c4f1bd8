import { decodeHex } from "@dragoman/bytes";
import {
  blobToKzgCommitment,
  computeBlobKzgProof,
  computeCellsAndKzgProofs,
} from "@dragoman/crypto";
import {
  type BaseError,
  blobsToCommitments,
  blobsToProofs,
  createPublicClient,
  createWalletClient,
  defineChain,
  fromRlp,
  type Hex,
  http,
  parseGwei,
  sidecarsToVersionedHashes,
  toBlobSidecars,
  toBlobs,
  toHex,
  toRlp,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestNode, type TestNode } from "./testing/start-test-node.ts";

const alice = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const kzg = {
  blobToKzgCommitment: (blob: Uint8Array) => blobToKzgCommitment(blob),
  computeBlobKzgProof: (blob: Uint8Array, commitment: Uint8Array) =>
    computeBlobKzgProof(blob, commitment),
};
const BLOB_GAS = 131_072n;

const CELL_BLOBS = toBlobs({ data: toHex("cells") });

let node: TestNode;
let cellProofs: readonly Hex[];
beforeAll(async () => {
  // Before the node starts: it would lose its connections while this thread computes.
  cellProofs = computeCellsAndKzgProofs(decodeHex(CELL_BLOBS[0]!)).proofs.map((p) => toHex(p));
  node = await startTestNode({ rich: [decodeHex(alice.address)], finalityDepth: 5 });
});
afterAll(async () => {
  expect(node.lines).toEqual([]);
  await node.server.close();
});

function clients() {
  const { url } = node.server;
  const chain = defineChain({
    id: 1337,
    name: "dragoman",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const options = { chain, transport: http(url), pollingInterval: 10 };
  return {
    reader: createPublicClient(options),
    wallet: createWalletClient({ ...options, account: alice }),
  };
}

const details = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
  } catch (error) {
    return (error as BaseError).details ?? (error as Error).message;
  }
  return "accepted";
};

test("viem sends a transaction with blobs; block, receipt and fees tell of them", async () => {
  const { reader, wallet } = clients();
  const blobs = toBlobs({ data: toHex("a derivative is as good as its data".repeat(4000)) });
  expect(blobs).toHaveLength(2);
  const fee = await reader.getBlobBaseFee();
  expect(fee).toBe(1n);
  const hash = await wallet.sendTransaction({
    to: `0x${"bb".repeat(20)}`,
    value: 7n,
    blobs,
    kzg,
    maxFeePerBlobGas: parseGwei("1"),
  });
  const receipt = await reader.waitForTransactionReceipt({ hash });
  expect(receipt).toMatchObject({
    status: "success",
    type: "eip4844",
    blobGasUsed: 2n * BLOB_GAS,
    blobGasPrice: 1n,
  });
  const sidecars = sidecarsOf(blobs);
  const tx = await reader.getTransaction({ hash });
  expect(tx).toMatchObject({
    type: "eip4844",
    maxFeePerBlobGas: parseGwei("1"),
    blobVersionedHashes: sidecarsToVersionedHashes({ sidecars }),
  });
  const block = await reader.getBlock();
  expect(block).toMatchObject({ blobGasUsed: 2n * BLOB_GAS, excessBlobGas: 0n });
  const [ofBlock] = (await reader.request({
    method: "eth_getBlockReceipts" as never,
    params: ["latest"] as never,
  })) as [{ blobGasUsed: Hex; transactionHash: Hex }];
  expect(ofBlock).toMatchObject({ transactionHash: hash, blobGasUsed: toHex(2n * BLOB_GAS) });
  const history = (await reader.request({
    method: "eth_feeHistory",
    params: ["0x1", "latest", []],
  })) as unknown as { baseFeePerBlobGas: Hex[]; blobGasUsedRatio: number[] };
  expect(history.baseFeePerBlobGas).toEqual(["0x1", "0x1"]);
  // Nine blobs are a full block (EIP-7691).
  expect(history.blobGasUsedRatio).toEqual([2 / 9]);
});

test("since Osaka a sidecar comes with proofs of cells; a wrong one is refused", async () => {
  const { reader } = clients();
  const signed = await signBlobs(CELL_BLOBS);
  const [tx, , commitments] = fromRlp(`0x${signed.slice(4)}`, "hex") as Hex[][];
  const cells = cellProofs;
  const wrapped = (list: readonly Hex[]): Hex =>
    `0x03${toRlp([tx!, "0x01", CELL_BLOBS, commitments!, list] as never).slice(2)}`;
  const swapped = [cells[1]!, cells[0]!, ...cells.slice(2)];
  const send = (raw: Hex) => reader.sendRawTransaction({ serializedTransaction: raw });
  expect(await details(send(wrapped(swapped)))).toBe("invalid blob proof");
  expect(await details(send(wrapped(cells.slice(1))))).toBe(
    "invalid number of 127 blob proofs expected 128",
  );
  const hash = await send(wrapped(cells));
  const receipt = await reader.waitForTransactionReceipt({ hash });
  expect(receipt).toMatchObject({ status: "success", blobGasUsed: BLOB_GAS });
});

test("blobs that are not what the transaction names are refused", async () => {
  const { reader } = clients();
  const signed = await signBlobs(toBlobs({ data: toHex("one") }));
  const other = sidecarsOf(toBlobs({ data: toHex("another") }));
  const [tx, blobs, commitments, proofs] = fromRlp(`0x${signed.slice(4)}`, "hex") as Hex[][];
  const send = (...parts: unknown[]) =>
    reader.sendRawTransaction({
      serializedTransaction: `0x03${toRlp(parts as never).slice(2)}`,
    });
  const [{ blob, commitment, proof }] = other as [(typeof other)[number]];
  expect(await details(send(tx, [blob], commitments, proofs))).toBe("invalid blob proof");
  expect(await details(send(tx, [blob], [commitment], [proof]))).toBe(
    "blob 0: computed hash mismatches transaction",
  );
  expect(await details(send(tx, [], [], []))).toMatch(/invalid number of 0 blobs/);
  const bare = `0x03${toRlp(tx as never).slice(2)}` as Hex;
  expect(await details(reader.sendRawTransaction({ serializedTransaction: bare }))).toBe(
    "missing sidecar in blob transaction",
  );
  expect(blobs).toHaveLength(1);
});

function sidecarsOf(blobs: readonly Hex[]) {
  const commitments = blobsToCommitments({ blobs, kzg });
  const proofs = blobsToProofs({ blobs, commitments, kzg });
  return toBlobSidecars({ blobs, commitments, proofs });
}

async function signBlobs(blobs: readonly Hex[]): Promise<Hex> {
  const { reader } = clients();
  const nonce = await reader.getTransactionCount({ address: alice.address });
  const sidecars = sidecarsOf(blobs);
  return alice.signTransaction({
    type: "eip4844",
    chainId: 1337,
    nonce,
    gas: 21_000n,
    to: `0x${"bb".repeat(20)}`,
    maxFeePerGas: parseGwei("10"),
    maxPriorityFeePerGas: parseGwei("1"),
    maxFeePerBlobGas: parseGwei("1"),
    blobVersionedHashes: sidecarsToVersionedHashes({ sidecars }),
    sidecars,
  });
}
