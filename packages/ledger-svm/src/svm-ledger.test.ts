import { encodeHex } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { LedgerClock, type LedgerInput } from "@dragoman/ledger";
import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SystemProgram,
  Transaction,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { expect, test } from "vitest";
import { type SvmGenesis, wallet } from "./genesis.ts";
import { minimumBalance } from "./rent.ts";
import { SvmLedger } from "./svm-ledger.ts";

const SOL = 1_000_000_000n;
const alice = Keypair.fromSeed(new Uint8Array(32).fill(1));
const bob = Keypair.fromSeed(new Uint8Array(32).fill(2));
const GENESIS: SvmGenesis = {
  timestamp: 1_700_000_000,
  accounts: [[alice.publicKey.toBytes(), wallet(10n * SOL)]],
};

function start(): { ledger: SvmLedger; clock: LedgerClock } {
  const clock = new LedgerClock(() => 1_700_000_100_000);
  return { ledger: new SvmLedger({ clock, genesis: GENESIS, finalityDepth: 4 }), clock };
}

const blockhash = (ledger: SvmLedger): string => new PublicKey(ledger.blocks.head.hash).toBase58();

function sign(ledger: SvmLedger, ...instructions: TransactionInstruction[]): Uint8Array {
  const transaction = new Transaction().add(...instructions);
  transaction.recentBlockhash = blockhash(ledger);
  transaction.sign(alice);
  return transaction.serialize();
}

const transfer = (lamports: number, to = bob.publicKey): TransactionInstruction =>
  SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: to, lamports });

const balance = (ledger: SvmLedger, key: PublicKey): bigint =>
  ledger.account(key.toBytes())?.lamports ?? 0n;

function run(ledger: SvmLedger, wire: Uint8Array) {
  const id = ledger.submit(wire);
  ledger.produce();
  return ledger.find(id)?.executed;
}

function faultOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof FaultError ? error.fault.name : String(error);
  }
}

test("a transfer moves lamports and costs 5000 for its signature", () => {
  const { ledger } = start();
  const done = run(ledger, sign(ledger, transfer(1_000_000_000)));
  expect(done?.error).toBeUndefined();
  expect(done?.unitsConsumed).toBe(150);
  expect(balance(ledger, bob.publicKey)).toBe(SOL);
  expect(balance(ledger, alice.publicKey)).toBe(9n * SOL - 5000n);
  expect(done?.logs).toEqual([
    `Program ${SystemProgram.programId} invoke [1]`,
    `Program ${SystemProgram.programId} success`,
  ]);
});

test("a message of version 0 is understood; a lookup table that is not there is refused", () => {
  const { ledger } = start();
  const message = new TransactionMessage({
    payerKey: alice.publicKey,
    recentBlockhash: blockhash(ledger),
    instructions: [transfer(2_000_000)],
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([alice]);
  expect(run(ledger, transaction.serialize())?.error).toBeUndefined();
  expect(balance(ledger, bob.publicKey)).toBe(2_000_000n);
  message.addressTableLookups.push({
    accountKey: bob.publicKey,
    writableIndexes: [0],
    readonlyIndexes: [],
  });
  const looking = new VersionedTransaction(message);
  looking.sign([alice]);
  expect(faultOf(() => ledger.submit(looking.serialize()))).toBe("INVALID_TRANSACTION");
});

test("instructions are atomic: one that fails undoes those before it, and the fee is paid", () => {
  const { ledger } = start();
  const done = run(ledger, sign(ledger, transfer(SOL_NUMBER), transfer(100 * SOL_NUMBER)));
  expect(done?.error).toEqual({ InstructionError: [1, { Custom: 1 }] });
  expect(balance(ledger, bob.publicKey)).toBe(0n);
  expect(balance(ledger, alice.publicKey)).toBe(10n * SOL - 5000n);
  expect(done?.logs.at(-1)).toBe(
    `Program ${SystemProgram.programId} failed: custom program error: 0x1`,
  );
});
const SOL_NUMBER = 1_000_000_000;

test("a priority fee is the price of the whole limit of units", () => {
  const { ledger } = start();
  const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: 1000 });
  const price = ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1500 });
  const done = run(ledger, sign(ledger, limit, price, transfer(5_000_000)));
  expect(done?.fee).toBe(5002n);
  expect(done?.unitsConsumed).toBe(450);
  const twice = sign(ledger, limit, limit, transfer(1));
  ledger.submit(twice);
  expect(ledger.produce().transactions).toEqual([]);
});

test("an account may not be left below the exemption from rent", () => {
  const { ledger } = start();
  const done = run(ledger, sign(ledger, transfer(1)));
  expect(done?.error).toEqual({ InsufficientFundsForRent: { account_index: 1 } });
  expect(minimumBalance(0)).toBe(890_880n);
  const enough = run(ledger, sign(ledger, transfer(890_880)));
  expect(enough?.error).toBeUndefined();
});

test("wrong signatures, unknown blockhashes and bytes that are no transaction are refused", () => {
  const { ledger } = start();
  const wire = sign(ledger, transfer(1_000_000));
  expect(faultOf(() => ledger.submit(wire.with(5, wire[5] ^ 1)))).toBe("INVALID_SIGNATURE");
  expect(faultOf(() => ledger.submit(wire.subarray(0, 100)))).toBe("MALFORMED_TRANSACTION");
  expect(faultOf(() => ledger.submit(Uint8Array.of()))).toBe("MALFORMED_TRANSACTION");
  const foreign = new Transaction().add(transfer(1_000_000));
  foreign.recentBlockhash = PublicKey.default.toBase58();
  foreign.sign(alice);
  expect(faultOf(() => ledger.submit(foreign.serialize()))).toBe("INVALID_TRANSACTION");
  expect(ledger.pendingCount).toBe(0);
});

test("a blockhash can be named for 150 blocks", () => {
  const { ledger } = start();
  const young = sign(ledger, transfer(1_000_000));
  const old = sign(ledger, transfer(2_000_000));
  for (let i = 0; i < 149; i++) ledger.produce();
  expect(run(ledger, young)?.error).toBeUndefined();
  expect(faultOf(() => ledger.submit(old))).toBe("INVALID_TRANSACTION");
});

test("the same transaction runs once, however often it is sent", () => {
  const { ledger } = start();
  const wire = sign(ledger, transfer(1_000_000));
  const id = ledger.submit(wire);
  expect(ledger.submit(wire)).toEqual(id);
  expect(ledger.pendingCount).toBe(1);
  ledger.produce();
  ledger.submit(wire);
  ledger.produce();
  expect(balance(ledger, bob.publicKey)).toBe(1_000_000n);
});

test("a payer without lamports, or without enough of them, cannot be in a block", () => {
  const { ledger } = start();
  const poor = new Transaction().add(
    SystemProgram.transfer({ fromPubkey: bob.publicKey, toPubkey: alice.publicKey, lamports: 1 }),
  );
  poor.recentBlockhash = blockhash(ledger);
  poor.sign(bob);
  ledger.submit(poor.serialize());
  expect(ledger.produce().transactions).toEqual([]);
  expect(ledger.pendingCount).toBe(0);
});

test("a reorganisation returns transactions to the pool, and the new block has another hash", () => {
  const { ledger } = start();
  const before = ledger.blocks.head;
  const id = ledger.submit(sign(ledger, transfer(1_000_000)));
  const first = ledger.produce();
  ledger.reorganise(1);
  expect(ledger.find(id)).toBeUndefined();
  expect(balance(ledger, bob.publicKey)).toBe(0n);
  expect(ledger.pendingCount).toBe(1);
  const second = ledger.produce();
  expect(second.transactions).toHaveLength(1);
  expect(second.hash).not.toEqual(first.hash);
  expect(second.parentHash).toEqual(before.hash);
  ledger.reorganise(1, true);
  expect(ledger.produce().transactions).toEqual([]);
});

test("a snapshot holds state, pool and history", () => {
  const { ledger } = start();
  const id = run(ledger, sign(ledger, transfer(1_000_000)))!.transaction.signatures[0]!;
  const waiting = ledger.submit(sign(ledger, transfer(2_000_000)));
  const snapshot = ledger.snapshot();
  ledger.produce();
  expect(balance(ledger, bob.publicKey)).toBe(3_000_000n);
  ledger.restore(snapshot);
  expect(balance(ledger, bob.publicKey)).toBe(1_000_000n);
  expect(ledger.find(id)?.block.height).toBe(1);
  expect(ledger.isPending(waiting)).toBe(true);
});

test("the log of inputs gives the same blocks on another ledger", () => {
  const { ledger, clock } = start();
  const inputs: LedgerInput[] = [];
  ledger.onInput((input) => inputs.push(input));
  run(ledger, sign(ledger, transfer(1_000_000)));
  clock.advance(3600);
  run(ledger, sign(ledger, transfer(100 * SOL_NUMBER)));
  ledger.reorganise(1);
  ledger.produce();
  ledger.decree({ kind: "account", key: bob.publicKey.toBytes(), account: wallet(SOL) });
  run(ledger, sign(ledger, transfer(3_000_000)));
  const again = start().ledger;
  for (const input of inputs) again.apply(input);
  const hashes = (of: SvmLedger) => [...of.blocks.blocks()].map(({ hash }) => encodeHex(hash));
  expect(hashes(again)).toEqual(hashes(ledger));
  expect(balance(again, bob.publicKey)).toBe(SOL + 3_000_000n);
});

test("accounts with data are created with and without seed, assigned and emptied", async () => {
  const { ledger } = start();
  const owner = new PublicKey(new Uint8Array(32).fill(9));
  const seeded = await PublicKey.createWithSeed(alice.publicKey, "vault", owner);
  const lamports = Number(minimumBalance(100));
  const done = run(
    ledger,
    sign(
      ledger,
      SystemProgram.createAccountWithSeed({
        fromPubkey: alice.publicKey,
        newAccountPubkey: seeded,
        basePubkey: alice.publicKey,
        seed: "vault",
        lamports,
        space: 100,
        programId: owner,
      }),
    ),
  );
  expect(done?.error).toBeUndefined();
  const account = ledger.account(seeded.toBytes());
  expect(account?.data.length).toBe(100);
  expect(new PublicKey(account!.owner)).toEqual(owner);
  // Everything but the fee: the payer ceases to exist.
  const rest = balance(ledger, alice.publicKey) - 5000n;
  run(ledger, sign(ledger, transfer(Number(rest))));
  expect(ledger.account(alice.publicKey.toBytes())).toBeUndefined();
});

/** The clock sysvar: slot, start of the epoch, epoch, epoch of the leader schedule, time. */
function clockOf(ledger: SvmLedger): readonly bigint[] {
  const { data } = ledger.account(SYSVAR_CLOCK_PUBKEY.toBytes())!;
  const view = new DataView(data.buffer, data.byteOffset);
  return [0, 8, 16, 24, 32].map((at) => view.getBigUint64(at, true));
}

test("a warp moves slot, epoch and time together, and what went before is still known", () => {
  const { ledger, clock } = start();
  const id = ledger.submit(sign(ledger, transfer(1_000_000)));
  ledger.produce();
  const wire = sign(ledger, transfer(2_000_000));
  const block = ledger.warp(432_000 * 3 + 7);
  const now = 1_700_000_100n + ((432_000n * 3n + 7n - 1n) * 2n) / 5n;
  expect([block.height, block.number, BigInt(block.timestamp)]).toEqual([1_296_007, 2, now]);
  expect(clock.seconds()).toBe(Number(now));
  expect(clockOf(ledger)).toEqual([1_296_007n, now, 3n, 4n, now]);
  expect(run(ledger, wire)?.error).toBeUndefined();
  clock.advance(60);
  ledger.produce();
  expect(clockOf(ledger)).toEqual([1_296_009n, now, 3n, 4n, now + 60n]);
  expect(ledger.find(id)?.block.height).toBe(1);
  expect(ledger.blocks.at(2)).toBeUndefined();
});

test("a blockhash is too old after 150 blocks, however many slots lie between", () => {
  const { ledger } = start();
  const { hash } = ledger.blocks.head;
  ledger.warp(1_000);
  for (let block = 2; block < 150; block++) ledger.produce();
  expect(ledger.isRecent(hash)).toBe(true);
  ledger.produce();
  expect(ledger.isRecent(hash)).toBe(false);
});

test("warps are replayed, undone and restored like every block", () => {
  const { ledger } = start();
  const inputs: LedgerInput[] = [];
  ledger.onInput((input) => inputs.push(input));
  ledger.produce();
  const snapshot = ledger.snapshot();
  ledger.warp(500);
  ledger.restore(snapshot);
  ledger.warp(900);
  run(ledger, sign(ledger, transfer(3_000_000)));
  ledger.reorganise(1);
  ledger.produce();
  const again = start().ledger;
  for (const input of inputs) again.apply(input);
  const places = (of: SvmLedger) =>
    [...of.blocks.blocks()].map(({ height, number, hash }) => [height, number, encodeHex(hash)]);
  expect(places(again)).toEqual(places(ledger));
  expect(places(ledger).map(([height]) => height)).toEqual([0, 1, 900, 901]);
});

test("a warp goes forward only, and not for ever", () => {
  const { ledger } = start();
  ledger.warp(10);
  for (const slot of [0, 10, 10.5, 2e12]) {
    expect(faultOf(() => ledger.warp(slot))).toBe("INVALID_TRANSACTION");
  }
  expect(ledger.blocks.head.height).toBe(10);
});
