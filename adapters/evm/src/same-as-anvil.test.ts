import { decodeHex, encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { encodeHeader } from "@dragoman/ledger-evm";
import {
  encodeEvmAction,
  encodeTokenCall,
  marketInitcode,
  tokenInitcode,
} from "@dragoman/protocol";
import { startTestNode, type TestNode } from "@dragoman/rpc-eth/testing";
import {
  type Block,
  createPublicClient,
  getContractAddress,
  type Hex,
  http,
  type PublicClient,
  parseGwei,
  type TransactionReceipt,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startAnvil } from "./testing/start-anvil.ts";

let anvil: Awaited<ReturnType<typeof startAnvil>>;
let node: TestNode;
let peer: PublicClient;
let ours: PublicClient;

beforeAll(async () => {
  anvil = await startAnvil();
  const rich = [decodeHex(account().address)];
  node = await startTestNode({ rich, finalityDepth: 5 });
  [peer, ours] = [anvil.rpcUrl, node.server.url].map((url) =>
    createPublicClient({ transport: http(url), pollingInterval: 10, cacheTime: 0 }),
  ) as [PublicClient, PublicClient];
}, 60_000);

afterAll(async () => {
  await node?.server.close();
  await anvil?.stop();
});

const account = () => privateKeyToAccount(encodeHex(anvil.secret));
const hex = (bytes: Uint8Array): Hex => encodeHex(bytes);

/** Deployment of the market and what is done with it, one of it failing; in all types of transactions. */
async function transactions(): Promise<readonly Hex[]> {
  const from = account();
  const contract = (nonce: bigint): Hex => getContractAddress({ from: from.address, nonce });
  const [token, market] = [contract(0n), contract(1n)];
  const terms = { token, publisher: from.address, domain: 1, volatility: 1n << 31n };
  const bodies: { readonly to?: Hex; readonly data: Uint8Array; readonly value?: bigint }[] = [
    { data: tokenInitcode(from.address) },
    { data: marketInitcode({ ...terms, attesters: [`0x${"01".repeat(20)}`], threshold: 1 }) },
    { to: token, data: encodeTokenCall("mint", [from.address, 10n ** 15n]) },
    { to: token, data: encodeTokenCall("setMinter", [market, true]) },
    { to: token, data: encodeTokenCall("approve", [market, 10n ** 15n]) },
    { to: market, data: encodeEvmAction({ type: "deposit", amount: 10n ** 9n }) },
    { to: market, data: encodeEvmAction({ type: "withdraw", amount: 10n ** 10n }) },
    { to: market, data: encodeEvmAction({ type: "withdraw", amount: 10n ** 9n }) },
    { to: `0x${"05".repeat(20)}`, data: new Uint8Array(0), value: 7n },
    // Mostly calldata, at the floor of EIP-7623; and to a precompile.
    { to: `0x${"05".repeat(20)}`, data: new Uint8Array(300).fill(9) },
    { to: `0x${"00".repeat(19)}02`, data: new Uint8Array(40).fill(1) },
    // A creation that fails.
    { data: Uint8Array.of(0xfe) },
  ];
  const fees = [
    { type: "legacy", gasPrice: parseGwei("20") },
    {
      type: "eip2930",
      gasPrice: parseGwei("20"),
      accessList: [{ address: token, storageKeys: [] }],
    },
    { type: "eip1559", maxFeePerGas: parseGwei("20"), maxPriorityFeePerGas: parseGwei("1") },
  ] as const;
  return await Promise.all(
    bodies.map(({ data, ...body }, nonce) => {
      const common = { chainId: 1337, nonce, gas: 8_000_000n, data: hex(data), ...body };
      return from.signTransaction({ ...common, ...fees[nonce % 3]! } as never) as Promise<Hex>;
    }),
  );
}

/** What of a receipt does not depend on the chain's state roots and fees. */
function outcome(receipt: TransactionReceipt): unknown {
  const { status, gasUsed, contractAddress, type, logsBloom, transactionHash, logs } = receipt;
  const created = contractAddress?.toLowerCase();
  const seen = logs.map(({ address, topics, data, logIndex }) => ({
    address,
    topics,
    data,
    logIndex,
  }));
  return { status, gasUsed, created, type, logsBloom, transactionHash, seen };
}

test("the same transactions have the same receipts, blooms and roots as on anvil", async () => {
  for (const serializedTransaction of await transactions()) {
    const receipts: TransactionReceipt[] = [];
    for (const client of [peer, ours]) {
      const hash = await client.sendRawTransaction({ serializedTransaction });
      receipts.push(await client.waitForTransactionReceipt({ hash }));
    }
    expect(outcome(receipts[1]!)).toEqual(outcome(receipts[0]!));
    const [theirs, own] = await Promise.all(
      [peer, ours].map((client, i) => client.getBlock({ blockHash: receipts[i]!.blockHash })),
    );
    for (const field of ["transactionsRoot", "receiptsRoot", "logsBloom", "gasUsed"] as const) {
      expect([field, own![field]]).toEqual([field, theirs![field]]);
    }
    expect(own!.number).toBe(theirs!.number);
  }
});

test("a delegation and calls of the delegated account are those of anvil", async () => {
  const from = account();
  const owner = privateKeyToAccount(`0x${"77".repeat(32)}`);
  const token = getContractAddress({ from: from.address, nonce: 0n });
  const nonce = await ours.getTransactionCount({ address: from.address });
  const fees = { maxFeePerGas: parseGwei("20"), maxPriorityFeePerGas: parseGwei("1") };
  const common = { chainId: 1337, gas: 500_000n, ...fees } as const;
  const delegate = async (address: Hex, own: number, used: number): Promise<Hex> => {
    const signed = await owner.signAuthorization({ address, chainId: 1337, nonce: own });
    // The second and third do not hold: one's nonce is used, the other is for another chain.
    const foreign = await owner.signAuthorization({ address, chainId: 5, nonce: own + 1 });
    const authorizationList = [signed, signed, foreign];
    const to = owner.address;
    const data = hex(encodeTokenCall("totalSupply", []));
    const body = { ...common, type: "eip7702", nonce: used, to, data, authorizationList } as const;
    return await from.signTransaction(body);
  };
  const plain = { ...common, type: "eip1559" } as const;
  const sent = [
    // The owner exists beforehand: to anvil every account does, so that it would refund more.
    await from.signTransaction({ ...plain, nonce, to: owner.address, value: 1n }),
    await delegate(token, 0, nonce + 1),
    await from.signTransaction({ ...plain, nonce: nonce + 2, to: owner.address }),
    await delegate(`0x${"00".repeat(20)}`, 1, nonce + 3),
  ];
  const codes: (Hex | undefined)[] = [];
  for (const serializedTransaction of sent) {
    const receipts: TransactionReceipt[] = [];
    for (const client of [peer, ours]) {
      const hash = await client.sendRawTransaction({ serializedTransaction });
      receipts.push(await client.waitForTransactionReceipt({ hash }));
    }
    expect(outcome(receipts[1]!)).toEqual(outcome(receipts[0]!));
    const [theirs, own] = await Promise.all(
      [peer, ours].map((client) => client.getCode({ address: owner.address })),
    );
    expect(own).toBe(theirs);
    codes.push(own);
    const [known, found] = await Promise.all(
      [peer, ours].map((client, i) =>
        client.getTransaction({ hash: receipts[i]!.transactionHash }),
      ),
    );
    expect(found!.authorizationList).toEqual(known!.authorizationList);
  }
  const delegated = `0xef0100${token.slice(2).toLowerCase()}`;
  expect(codes).toEqual([undefined, delegated, delegated, undefined]);
});

test("our encoding of a header has the hash that anvil gives its block", async () => {
  const block = (await peer.getBlock()) as Block<bigint, false, "latest">;
  const bytes = (text: Hex): Uint8Array => decodeHex(text);
  const encoded = encodeHeader({
    parentHash: bytes(block.parentHash),
    coinbase: bytes(block.miner),
    stateRoot: bytes(block.stateRoot),
    transactionsRoot: bytes(block.transactionsRoot),
    receiptsRoot: bytes(block.receiptsRoot),
    bloom: bytes(block.logsBloom),
    number: Number(block.number),
    gasLimit: block.gasLimit,
    gasUsed: block.gasUsed,
    timestamp: Number(block.timestamp),
    extraData: bytes(block.extraData),
    prevRandao: bytes(block.mixHash),
    baseFee: block.baseFeePerGas!,
    withdrawalsRoot: bytes(block.withdrawalsRoot!),
    blobGasUsed: block.blobGasUsed,
    excessBlobGas: block.excessBlobGas,
    parentBeaconRoot: bytes(block.parentBeaconBlockRoot!),
    requestsHash: bytes((block as typeof block & { readonly requestsHash: Hex }).requestsHash),
  });
  expect(encodeHex(keccak256(encoded))).toBe(block.hash);
});

test("refusals begin with the words of anvil, and a revert has the same code and data", async () => {
  const from = account();
  const nonce = await ours.getTransactionCount({ address: from.address });
  const base = { type: "eip1559", chainId: 1337, gas: 21_000n, to: from.address, nonce } as const;
  const fees = { maxFeePerGas: parseGwei("20"), maxPriorityFeePerGas: 1n };
  const wrong = [
    { ...base, ...fees, nonce: 0 },
    { ...base, ...fees, value: 10n ** 30n },
    { ...base, ...fees, gas: 20_000n },
  ];
  const refusal = async (client: PublicClient, raw: Hex): Promise<unknown> => {
    const body = { jsonrpc: "2.0", id: 1, method: "eth_sendRawTransaction", params: [raw] };
    const url = client === peer ? anvil.rpcUrl : node.server.url;
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return ((await answer.json()) as { error: { code: number; message: string } }).error;
  };
  const first = (message: string): string => message.toLowerCase().split(/[:(]/)[0]!.trim();
  for (const transaction of wrong) {
    const raw = await from.signTransaction(transaction);
    const [theirs, own] = [await refusal(peer, raw), await refusal(ours, raw)] as [E, E];
    expect(own.message).toMatch(/nonce too low|insufficient funds|intrinsic gas too low/i);
    expect([own.code < 0, theirs.code < 0]).toEqual([true, true]);
    expect(first(own.message).slice(0, 12)).toBe(first(theirs.message).slice(0, 12));
  }
  type E = { code: number; message: string };
  const call = { to: getContractAddress({ from: from.address, nonce: 1n }), account: from.address };
  const data = hex(encodeEvmAction({ type: "withdraw", amount: 10n ** 10n }));
  const reverts = await Promise.all(
    [peer, ours].map((client) => client.call({ ...call, data }).catch((error) => error.walk())),
  );
  const told = reverts.map(({ code, data }) => ({ code, data }));
  expect(told[1]).toEqual(told[0]);
});
