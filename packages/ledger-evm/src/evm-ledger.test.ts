import { decodeHex, encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { FaultError } from "@dragoman/fault";
import { DOMAIN } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { LedgerClock, type LedgerInput } from "@dragoman/ledger";
import { createMPT } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";
import { getContractAddress, parseGwei, toHex, keccak256 as viemKeccak } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import { EvmLedger } from "./evm-ledger.ts";

const alice = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const bob = privateKeyToAccount(`0x${"b0".repeat(32)}`);
const ETHER = 10n ** 18n;
const CHAIN = 1337n;

/** A contract that stores the first word of calldata in slot 0, logs it, and returns; `deploy` is its initcode. */
const RUNTIME = assemble(
  "push1 0 calldataload dup1 push1 0 sstore push1 0 mstore push1 7 push1 32 push1 0 log1 stop",
);
const deploy = (runtime: Uint8Array): `0x${string}` => {
  const size = runtime.length.toString(16).padStart(2, "0");
  return `0x60${size}600c60003960${size}6000f3${encodeHex(runtime).slice(2)}`;
};

function open(finalityDepth = 4) {
  const time = { now: 1_000_000_000 };
  const ledger = new EvmLedger({
    clock: new LedgerClock(() => time.now),
    genesis: {
      chainId: CHAIN,
      timestamp: 900_000,
      accounts: [[decodeHex(alice.address), { balance: 100n * ETHER }]],
    },
    finalityDepth,
  });
  return { ledger, time };
}

interface Sent {
  readonly to?: `0x${string}`;
  readonly value?: bigint;
  readonly data?: `0x${string}`;
  readonly gas?: bigint;
  readonly maxFeePerGas?: bigint;
  readonly maxPriorityFeePerGas?: bigint;
  readonly chainId?: number;
}

async function signed(nonce: number, sent: Sent, account = alice): Promise<Uint8Array> {
  return decodeHex(
    await account.signTransaction({
      type: "eip1559",
      chainId: Number(CHAIN),
      gas: 100_000n,
      maxFeePerGas: parseGwei("10"),
      maxPriorityFeePerGas: parseGwei("1"),
      nonce,
      ...sent,
    }),
  );
}

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof FaultError) return `${error.fault.name}: ${error.fault.message}`;
    throw error;
  }
  return "accepted";
};

/** Root of the state's cells by @ethereumjs/mpt. */
async function rootByPeer(ledger: EvmLedger): Promise<string> {
  const trie = await createMPT({ useKeyHashing: true });
  const accounts = new Map<string, Map<string, Uint8Array>>();
  for (const { domain, account, key, value } of ledger.blocks.state.cells()) {
    const name = encodeHex(account);
    const cells = accounts.get(name) ?? new Map<string, Uint8Array>();
    accounts.set(name, cells.set(`${domain}${encodeHex(key)}`, value));
  }
  for (const [address, cells] of accounts) {
    const storage = await createMPT({ useKeyHashing: true });
    const number = (bytes: Uint8Array | undefined): bigint =>
      bytes === undefined ? 0n : BigInt(encodeHex(bytes));
    for (const [name, value] of cells) {
      if (!name.startsWith(DOMAIN.STORAGE)) continue;
      await storage.put(decodeHex(name.slice(DOMAIN.STORAGE.length)), RLP.encode(number(value)));
    }
    const fields = [
      number(cells.get(`${DOMAIN.NONCE}0x`)),
      number(cells.get(`${DOMAIN.BALANCE}0x`)),
      storage.root(),
      keccak256(cells.get(`${DOMAIN.CODE}0x`) ?? new Uint8Array(0)),
    ];
    await trie.put(decodeHex(address), RLP.encode(fields));
  }
  return encodeHex(trie.root());
}

test("a transfer moves value, burns the base fee and pays the tip", async () => {
  const { ledger } = open();
  const raw = await signed(0, { to: bob.address, value: ETHER, gas: 21_000n });
  expect(encodeHex(ledger.submit(raw))).toBe(viemKeccak(raw));
  expect(ledger.pendingCount).toBe(1);
  const block = ledger.produce();
  const [receipt] = block.receipts;
  expect(receipt).toMatchObject({ ok: true, gasUsed: 21_000n, cumulativeGasUsed: 21_000n });
  // Block 1 of an idle chain: the base fee of 10^9 less an eighth.
  expect(block.header.baseFee).toBe(875_000_000n);
  const price = 875_000_000n + parseGwei("1");
  expect(receipt!.gasPrice).toBe(price);
  expect(ledger.account(decodeHex(bob.address)).balance).toBe(ETHER);
  const { balance, nonce } = ledger.account(decodeHex(alice.address));
  expect([balance, nonce]).toEqual([99n * ETHER - 21_000n * price, 1n]);
  expect(ledger.account(new Uint8Array(20)).balance).toBe(21_000n * parseGwei("1"));
  expect(encodeHex(block.header.stateRoot)).toBe(await rootByPeer(ledger));
  expect(ledger.pendingCount).toBe(0);
});

test("a contract is created where it must be, called, and its logs are found", async () => {
  const { ledger } = open();
  ledger.submit(await signed(0, { data: deploy(RUNTIME), gas: 200_000n }));
  const created = ledger.produce().receipts[0]!.created!;
  expect(encodeHex(created)).toBe(
    getContractAddress({ from: alice.address, nonce: 0n }).toLowerCase(),
  );
  expect(ledger.account(created).code).toEqual(RUNTIME);
  const data = toHex(42n, { size: 32 });
  ledger.submit(await signed(1, { to: encodeHex(created), data }));
  const block = ledger.produce();
  const [receipt] = block.receipts;
  expect(receipt!.logs).toMatchObject([{ account: created, data: decodeHex(data) }]);
  expect(receipt!.logs[0]!.topics.map((topic) => encodeHex(topic))).toEqual([
    toHex(7n, { size: 32 }),
  ]);
  expect(block.header.bloom.some((byte) => byte !== 0)).toBe(true);
  const slot = new Uint8Array(32);
  const stored = (at: number) => ledger.stateAt(at).read(DOMAIN.STORAGE, created, slot);
  expect([stored(1), stored(2)]).toEqual([undefined, decodeHex(data)]);
  expect(encodeHex(block.header.stateRoot)).toBe(await rootByPeer(ledger));
});

test("what the chain refuses is refused in geth's words and changes nothing", async () => {
  const { ledger } = open();
  ledger.submit(await signed(0, { to: bob.address }));
  ledger.produce();
  const { head } = ledger.blocks;
  const answers = [
    await signed(0, { to: bob.address, value: 1n }),
    await signed(1, { to: bob.address, chainId: 1 }),
    await signed(1, { to: bob.address, gas: 20_999n }),
    await signed(1, { to: bob.address, value: 100n * ETHER }),
    await signed(1, { to: bob.address, gas: 30_000_001n }),
    // 21,000 and 40 for each non-zero byte is above the standard price of 16 a byte.
    await signed(1, { to: bob.address, data: `0x${"11".repeat(100)}`, gas: 24_000n }),
  ].map((raw) => refusal(() => ledger.submit(raw)));
  expect(answers).toEqual([
    "NONCE_MISMATCH: nonce too low: next nonce 1, tx nonce 0",
    "CHAIN_ID_MISMATCH: invalid chain id for signer: have 1 want 1337",
    "INVALID_TRANSACTION: intrinsic gas too low: gas 20999, minimum needed 21000",
    expect.stringMatching(
      /^BALANCE_EXCEEDED: insufficient funds for gas \* price \+ value: balance/,
    ),
    "INVALID_TRANSACTION: exceeds block gas limit",
    "INVALID_TRANSACTION: insufficient gas for floor data gas cost: gas 24000, minimum needed 25000",
  ]);
  const good = await signed(1, { to: bob.address });
  expect(refusal(() => ledger.submit(good.subarray(0, -1)))).toMatch(/^MALFORMED_TRANSACTION: rlp/);
  expect(refusal(() => ledger.submit(Uint8Array.of(5, 0xc0)))).toMatch(/type not supported/);
  expect(refusal(() => ledger.submit(new Uint8Array(0)))).toMatch(/^MALFORMED_TRANSACTION/);
  // Another sender is recovered from a signature that was tampered with, and has no money.
  expect(refusal(() => ledger.submit(good.with(-40, good.at(-40)! ^ 1)))).toMatch(
    /BALANCE_EXCEEDED|INVALID_SIGNATURE/,
  );
  expect(ledger.pendingCount).toBe(0);
  expect(ledger.blocks.head).toBe(head);
  expect(ledger.produce().receipts).toEqual([]);
});

test("a gap of nonces waits, and a replacement pays a tenth more", async () => {
  const { ledger } = open();
  ledger.submit(await signed(1, { to: bob.address, value: 2n }));
  expect(ledger.pendingCount).toBe(0);
  ledger.submit(await signed(0, { to: bob.address, value: 1n }));
  expect(ledger.pendingCount).toBe(2);
  expect(ledger.nextNonce(decodeHex(alice.address))).toBe(2n);
  const cheap = await signed(0, { to: bob.address, maxFeePerGas: parseGwei("10.5") });
  expect(refusal(() => ledger.submit(cheap))).toMatch(/replacement transaction underpriced/);
  const dear = { maxFeePerGas: parseGwei("11"), maxPriorityFeePerGas: parseGwei("1.1") };
  ledger.submit(await signed(0, { to: bob.address, value: 5n, ...dear }));
  expect(ledger.produce().transactions.map(({ value }) => value)).toEqual([5n, 2n]);
});

test("a reverted transaction pays its gas and leaves nothing else", async () => {
  const { ledger } = open();
  const revert = assemble("push1 1 push1 0 sstore push1 9 push1 0 mstore push1 32 push1 0 revert");
  ledger.submit(await signed(0, { data: deploy(revert), gas: 200_000n }));
  const created = ledger.produce().receipts[0]!.created!;
  ledger.submit(await signed(1, { to: encodeHex(created), value: 3n }));
  const [receipt] = ledger.produce().receipts;
  expect(receipt).toMatchObject({ ok: false, outcome: 0x100, logs: [] });
  expect(receipt!.output.at(-1)).toBe(9);
  expect(ledger.account(created).balance).toBe(0n);
  expect(ledger.stateAt(2).read(DOMAIN.STORAGE, created, new Uint8Array(32))).toBeUndefined();
});

test("a contract that destroys itself in its creation leaves no storage", async () => {
  const { ledger } = open();
  const code = encodeHex(assemble("push1 1 push1 0 sstore push1 0 selfdestruct"));
  ledger.submit(await signed(0, { data: code, value: 5n, gas: 200_000n }));
  const block = ledger.produce();
  expect(block.receipts[0]!.ok).toBe(true);
  const created = block.receipts[0]!.created!;
  expect(ledger.account(created)).toMatchObject({ nonce: 0n, balance: 0n });
  expect(ledger.blocks.state.read(DOMAIN.STORAGE, created, new Uint8Array(32))).toBeUndefined();
  expect(encodeHex(block.header.stateRoot)).toBe(await rootByPeer(ledger));
});

test("a reorganisation gives transactions back, and the blocks after it differ", async () => {
  const { ledger } = open();
  const raw = await signed(0, { to: bob.address, value: 7n });
  const id = ledger.submit(raw);
  const before = ledger.produce();
  ledger.reorganise(1);
  expect(ledger.find(id)).toBeUndefined();
  expect(ledger.account(decodeHex(bob.address)).balance).toBe(0n);
  const after = ledger.produce();
  expect(ledger.find(id)?.block).toBe(after);
  expect(encodeHex(after.hash)).not.toBe(encodeHex(before.hash));
  ledger.reorganise(1, true);
  expect(ledger.produce().transactions).toEqual([]);
  expect(refusal(() => ledger.reorganise(5))).toMatch(/^REORG_DEPTH_EXCEEDED/);
});

test("the recorded inputs give the same blocks in another ledger", async () => {
  const { ledger, time } = open();
  const inputs: LedgerInput[] = [];
  ledger.onInput((input) => inputs.push(input));
  ledger.submit(await signed(0, { data: deploy(RUNTIME), gas: 200_000n }));
  ledger.produce();
  time.now += 12_000;
  ledger.decree({ address: decodeHex(bob.address), balance: ETHER, storage: [[1n, 2n]] });
  ledger.submit(await signed(0, { to: alice.address, value: 1n }, bob));
  ledger.produce();
  ledger.reorganise(1);
  ledger.produce();
  const again = open().ledger;
  for (const input of inputs) again.apply(input);
  expect([...again.blocks.blocks()].map(({ hash }) => encodeHex(hash))).toEqual(
    [...ledger.blocks.blocks()].map(({ hash }) => encodeHex(hash)),
  );
  expect(ledger.blocks.head.transactions).toHaveLength(1);
});

test("a snapshot brings back state, blocks and pool", async () => {
  const { ledger } = open();
  ledger.submit(await signed(0, { to: bob.address, value: 1n }));
  const snapshot = ledger.snapshot();
  for (let i = 0; i < 2; i++) {
    const block = ledger.produce();
    expect(block.transactions).toHaveLength(1);
    ledger.restore(snapshot);
    expect(ledger.blocks.head.height).toBe(0);
    expect(ledger.find(block.transactions[0]!.hash)).toBeUndefined();
    expect(ledger.pendingCount).toBe(1);
  }
});

test("an estimate is enough and hardly more", async () => {
  const { ledger } = open();
  const from = decodeHex(alice.address);
  const call = { from, data: decodeHex(deploy(RUNTIME)) };
  const estimate = ledger.estimateGas(call);
  const gas = "gas" in estimate ? estimate.gas : 0n;
  expect(ledger.call({ ...call, gas }).ok).toBe(true);
  expect(ledger.call({ ...call, gas: (gas * 63n) / 64n - 1n }).ok).toBe(false);
  const failing = ledger.estimateGas({ from, data: assemble("push1 0 push1 0 revert") });
  expect("failure" in failing && failing.failure.outcome).toBe(0x100);
});

test("a restored snapshot is in the record too, also behind final blocks and onto another branch", async () => {
  const { ledger } = open(1);
  const inputs: LedgerInput[] = [];
  ledger.onInput((input) => inputs.push(input));
  ledger.submit(await signed(0, { to: bob.address, value: 1n }));
  const early = ledger.snapshot();
  ledger.produce();
  ledger.decree({ address: decodeHex(bob.address), nonce: 9n });
  ledger.produce();
  const late = ledger.snapshot();
  ledger.restore(early);
  ledger.produce();
  ledger.restore(late);
  ledger.produce();
  const again = open(1).ledger;
  for (const input of inputs) again.apply(input);
  expect([...again.blocks.blocks()].map(({ hash }) => encodeHex(hash))).toEqual(
    [...ledger.blocks.blocks()].map(({ hash }) => encodeHex(hash)),
  );
  expect(again.account(decodeHex(bob.address))).toMatchObject({ nonce: 9n, balance: 1n });
  expect(ledger.blocks.head.height).toBe(4);
});
