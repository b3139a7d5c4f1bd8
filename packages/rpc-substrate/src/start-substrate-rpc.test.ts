import { BlockProducer, LedgerClock } from "@dragoman/ledger";
import { SubstrateLedger } from "@dragoman/ledger-substrate";
import type { RpcServer } from "@dragoman/rpc-server";
import { ApiPromise, HttpProvider, Keyring, WsProvider } from "@polkadot/api";
import type { ApiOptions, SubmittableExtrinsic } from "@polkadot/api/types";
import type { KeyringPair } from "@polkadot/keyring/types";
import type { AccountInfo } from "@polkadot/types/interfaces";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSubstrateRpc } from "./start-substrate-rpc.ts";

type Provider = NonNullable<ApiOptions["provider"]>;

const UNIT = 10n ** 10n;
let alice: KeyringPair;
let bob: KeyringPair;
let edna: KeyringPair;
let ledger: SubstrateLedger;
let producer: BlockProducer<SubstrateLedger["blocks"]["head"]>;
let server: RpcServer;
let api: ApiPromise;

beforeAll(async () => {
  await cryptoWaitReady();
  const keyring = new Keyring({ type: "sr25519" });
  [alice, bob] = [keyring.addFromUri("//Alice"), keyring.addFromUri("//Bob")];
  edna = keyring.addFromUri("//Edna", {}, "ed25519");
  const clock = new LedgerClock(() => 1_700_000_000_000);
  ledger = new SubstrateLedger({
    clock,
    genesis: {
      timestamp: 1_699_999_994,
      balances: [alice, edna].map((pair) => [pair.publicKey, 1000n * UNIT] as const),
    },
    finalityDepth: 3,
  });
  producer = new BlockProducer(ledger, { kind: "demand" });
  server = await startSubstrateRpc({ ledger, producer, clock, port: 0 });
  api = await ApiPromise.create({
    provider: new WsProvider(server.wsUrl) as Provider,
    throwOnUnknown: true,
    noInitWarn: true,
  });
});
afterAll(async () => {
  await api.disconnect();
  await server.close();
});

let snapshot: ReturnType<SubstrateLedger["snapshot"]> | undefined;
beforeEach(() => {
  snapshot ??= ledger.snapshot();
  ledger.restore(snapshot);
});

const freeOf = async (pair: KeyringPair): Promise<bigint> =>
  ((await api.query.system!.account!(pair.address)) as unknown as AccountInfo).data.free.toBigInt();

const transfer = (to: KeyringPair, value: bigint): SubmittableExtrinsic<"promise"> =>
  api.tx.balances!.transferKeepAlive!(to.address, value);

/** Signs, sends and collects the statuses until one of a kind. */
function watch(
  extrinsic: SubmittableExtrinsic<"promise">,
  pair: KeyringPair,
  last: string,
): { readonly statuses: string[]; readonly done: Promise<void> } {
  const statuses: string[] = [];
  const done = new Promise<void>((resolve, reject) => {
    extrinsic
      .signAndSend(pair, ({ status }) => {
        statuses.push(status.type);
        if (status.type === last) resolve();
      })
      .catch(reject);
  });
  return { statuses, done };
}

test("the api connects, and reads chain, constants and balances", async () => {
  expect(api.runtimeVersion.specName.toString()).toBe("dragoman");
  expect(api.runtimeMetadata.version).toBe(15);
  expect(api.consts.balances!.existentialDeposit!.toString()).toBe("100000000");
  expect(api.registry.chainDecimals).toEqual([10]);
  expect(await freeOf(alice)).toBe(1000n * UNIT);
  expect((await api.query.timestamp!.now!()).toString()).toBe("1699999994000");
  const { block } = await api.rpc.chain.getBlock();
  expect(block.header.hash.toHex()).toBe(api.genesisHash.toHex());
});

test("metadata of version 14 and 15 tell the same pallets", async () => {
  const older = await api.rpc.state.getMetadata();
  expect(older.version).toBe(14);
  const names = (metadata: typeof older): string[] =>
    metadata.asLatest.pallets.map(({ name }) => name.toString());
  expect(names(older)).toEqual(names(api.runtimeMetadata));
  expect(names(older)).toEqual(["System", "Timestamp", "Balances", "TransactionPayment", "Revive"]);
  const calls = await api.call.reviveApi!.balance!(`0x${"ab".repeat(20)}`);
  expect(calls.toString()).toBe("0");
});

test("blocks have the hashes that the client computes from their headers", async () => {
  ledger.produce();
  const hash = await api.rpc.chain.getBlockHash(1);
  const header = await api.rpc.chain.getHeader(hash);
  expect(header.hash.toHex()).toBe(hash.toHex());
  expect(header.parentHash.toHex()).toBe(api.genesisHash.toHex());
});

test.each(["sr25519", "ed25519"])(
  "a transfer signed with %s is watched until it is final",
  async (type) => {
    const from = type === "sr25519" ? alice : edna;
    const { statuses, done } = watch(transfer(bob, 5n * UNIT), from, "Finalized");
    await expect.poll(() => ledger.pendingCount).toBe(1);
    const { partialFee } = await transfer(bob, 5n * UNIT).paymentInfo(from);
    ledger.produce();
    // The client drops a status when the next one overtakes its own look-ups.
    await expect.poll(() => statuses).toEqual(["Ready", "InBlock"]);
    for (let i = 0; i < 3; i++) ledger.produce();
    await done;
    expect(statuses).toEqual(["Ready", "InBlock", "Finalized"]);
    expect(await freeOf(bob)).toBe(5n * UNIT);
    expect(await freeOf(from)).toBe(995n * UNIT - partialFee.toBigInt());
  },
);

test("events and errors decode from our metadata", async () => {
  const { done } = watch(transfer(bob, 1n), alice, "InBlock");
  await expect.poll(() => ledger.pendingCount).toBe(1);
  ledger.produce();
  await done;
  const events = (await api.query.system!.events!()) as unknown as {
    event: { section: string; method: string; data: { toHuman(): unknown } };
  }[];
  expect(events.map(({ event }) => `${event.section}.${event.method}`)).toEqual([
    "system.ExtrinsicSuccess",
    "balances.Withdraw",
    "transactionPayment.TransactionFeePaid",
    "system.ExtrinsicFailed",
  ]);
  expect(events[3]!.event.data.toHuman()).toMatchObject({
    dispatchError: { Token: "BelowMinimum" },
  });
});

test("subscribers hear of balances, and of final heads without a gap", async () => {
  const balances: bigint[] = [];
  const finals: number[] = [];
  const listen = (info: unknown): void =>
    void balances.push((info as AccountInfo).data.free.toBigInt() / UNIT);
  const ends = [
    (await api.query.system!.account!(bob.address, listen)) as unknown as () => void,
    await api.rpc.chain.subscribeFinalizedHeads(({ number }) => {
      finals.push(number.toNumber());
    }),
  ];
  await expect.poll(() => balances).toEqual([0n]);
  await transfer(bob, 5n * UNIT).signAndSend(alice);
  for (let i = 0; i < 5; i++) ledger.produce();
  await expect.poll(() => balances).toEqual([0n, 5n]);
  ledger.reorganise(3);
  ledger.produce();
  await expect.poll(() => finals).toEqual([0, 1, 2]);
  for (const end of ends) end();
  ledger.produce();
  expect((await api.rpc.chain.getHeader()).number.toNumber()).toBe(4);
  expect([balances.length, finals.length]).toEqual([2, 3]);
});

test("the developer's methods mine, reorganise, travel and write storage", async () => {
  const ask = async (method: string, ...params: unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(server.url, { method: "POST", body });
    return ((await response.json()) as { result: unknown }).result;
  };
  expect(await ask("dragoman_mine", 3)).toBe(3);
  expect(await ask("dragoman_reorganise", 2)).toBe(1);
  const seconds = (await ask("dragoman_increaseTime", 60)) as number;
  ledger.produce();
  expect((await api.query.timestamp!.now!()).toString()).toBe(`${seconds}000`);
  const key = api.query.system!.account!.key(bob.address);
  const value = await ask("state_getStorage", api.query.system!.account!.key(alice.address));
  expect(await ask("dragoman_setStorage", [[key, value]])).toBe(3);
  expect(await freeOf(bob)).toBe(1000n * UNIT);
});

test("a reorganisation retracts, and the extrinsic comes into a block again", async () => {
  const heads: number[] = [];
  const unsubscribe = await api.rpc.chain.subscribeNewHeads(({ number }) => {
    heads.push(number.toNumber());
  });
  const { statuses, done } = watch(transfer(bob, 5n * UNIT), alice, "Finalized");
  await expect.poll(() => ledger.pendingCount).toBe(1);
  ledger.produce();
  await expect.poll(() => statuses).toEqual(["Ready", "InBlock"]);
  ledger.reorganise(1);
  expect(await freeOf(bob)).toBe(0n);
  await expect.poll(() => statuses.length).toBe(4);
  ledger.produce();
  await expect.poll(() => statuses.length).toBe(5);
  for (let i = 0; i < 3; i++) ledger.produce();
  await done;
  expect(statuses).toEqual(["Ready", "InBlock", "Retracted", "Ready", "InBlock", "Finalized"]);
  expect(heads).toEqual([0, 1, 0, 1, 2, 3, 4]);
  unsubscribe();
});

const message = (error: unknown): string => (error as Error).message;

test("bad transactions are refused with Substrate's codes, and nothing changes", async () => {
  const { hash } = ledger.blocks.head;
  const send = (pair: KeyringPair, options: object): Promise<string> =>
    transfer(bob, UNIT)
      .signAsync(pair, options)
      .then((signed) => signed.send())
      .then(String, message);
  const genesisHash = `0x${"11".repeat(32)}`;
  expect(await send(alice, { genesisHash, blockHash: genesisHash, era: 0 })).toBe(
    "1010: Invalid Transaction: Transaction has a bad signature",
  );
  // The client replaces the brackets of the text by a comma.
  expect(await send(bob, {})).toMatch(/^1010: Invalid Transaction: Inability to pay some fees/);
  const signed = await transfer(bob, UNIT).signAsync(alice, { nonce: 0 });
  const bytes = signed.toU8a();
  bytes[bytes.length - 1]! ^= 1;
  const tampered = `0x${Buffer.from(bytes).toString("hex")}`;
  expect(await api.rpc.author.submitExtrinsic(tampered).then(String, message)).toBe(
    "1010: Invalid Transaction: Transaction has a bad signature",
  );
  expect([ledger.pendingCount, ledger.blocks.head.hash]).toEqual([0, hash]);
  await signed.send();
  expect(await signed.send().then(String, message)).toBe("1013: Transaction Already Imported");
  ledger.produce();
  expect(await send(alice, { nonce: 0 })).toBe(
    "1010: Invalid Transaction: Transaction is outdated",
  );
});

test("malformed requests get the errors of JSON-RPC, over HTTP too", async () => {
  const ask = async (method: string, params: unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(server.url, { method: "POST", body });
    return ((await response.json()) as { error: { code: number } }).error?.code;
  };
  expect(await ask("state_getStorage", ["zz"])).toBe(-32602);
  expect(await ask("state_getStorage", ["0x1"])).toBe(-32602);
  expect(await ask("chain_getBlockHash", [-1])).toBe(-32602);
  expect(await ask("state_getStorage", ["0x", `0x${"22".repeat(32)}`])).toBe(4003);
  expect(await ask("state_call", ["Nothing_here", "0x"])).toBe(4003);
  expect(await ask("system_accountNextIndex", ["5Nobody"])).toBe(-32602);
  expect(await ask("chain_subscribeNewHeads", [])).toBe(-32602);
  expect(await ask("author_submitExtrinsic", ["0x1234"])).toBe(1001);
  expect(await ask("nothing_here", [])).toBe(-32601);
});

test("the client over HTTP reads the same", async () => {
  const http = await ApiPromise.create({
    provider: new HttpProvider(server.url) as Provider,
    noInitWarn: true,
  });
  expect((await http.rpc.system.chain()).toString()).toBe("Dragoman");
  const keys = await http.query.system!.account!.keys();
  expect(keys.map(({ args }) => String(args[0])).sort()).toEqual(
    [alice.address, edna.address].sort(),
  );
  await http.disconnect();
});
