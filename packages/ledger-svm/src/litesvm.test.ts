import { encodeBase58, encodeHex } from "@dragoman/bytes";
import { Random } from "@dragoman/core/testing";
import { LedgerClock } from "@dragoman/ledger";
import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from "@solana/web3.js";
import { FailedTransactionMetadata, LiteSVM } from "litesvm";
import { expect, test } from "vitest";
import type { ExecutedTransaction } from "./executed-transaction.ts";
import { type KeyedAccount, wallet } from "./genesis.ts";
import { decodeTransaction } from "./signed-transaction.ts";
import { SvmLedger } from "./svm-ledger.ts";
import { wellKnownPrograms } from "./well-known-programs.ts";

const SOL = 1_000_000_000n;
const KEYS = Array.from({ length: 5 }, (_, n) => Keypair.fromSeed(new Uint8Array(32).fill(n + 1)));
const TOKEN = new PublicKey("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
const MEMO = new PublicKey("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
const TRANSACTIONS = 150;

/** A ledger and the peer with the same wallets and programs. */
async function worlds(): Promise<{ ledger: SvmLedger; peer: LiteSVM } | undefined> {
  const programs = await wellKnownPrograms();
  if (programs === undefined) return undefined;
  const wallets = KEYS.map((key): KeyedAccount => [key.publicKey.toBytes(), wallet(100n * SOL)]);
  const ledger = new SvmLedger({
    clock: new LedgerClock(() => 1_750_000_000_000),
    genesis: { timestamp: 1_750_000_000, accounts: [...programs, ...wallets] },
    finalityDepth: 32,
  });
  const peer = new LiteSVM().withBlockhashCheck(false);
  for (const [key, account] of wallets) {
    const address = encodeBase58(key) as never;
    const programAddress = encodeBase58(account.owner) as never;
    const { lamports, executable, data } = account;
    const space = BigInt(data.length);
    peer.setAccount({
      address,
      lamports: lamports as never,
      data,
      executable,
      programAddress,
      space,
    });
  }
  return { ledger, peer };
}

/** One of many instructions, right or wrong, over few accounts, so that they meet each other's effects. */
function randomInstruction(random: Random, accounts: readonly PublicKey[]): TransactionInstruction {
  const key = (): PublicKey => random.pick(accounts);
  const lamports = random.pick([
    0, 1, 890_880, 2_039_280, 5_000_000, 1_000_000_000, 200_000_000_000,
  ]);
  const space = random.pick([0, 1, 82, 165, 200]);
  const programId = random.pick([TOKEN, SystemProgram.programId, MEMO, key()]);
  const [from, to] = [key(), key()];
  switch (random.below(16)) {
    case 0:
    case 1:
    case 9:
    case 10:
      return SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports });
    case 2:
    case 11:
      return SystemProgram.createAccount({
        ...{ fromPubkey: from, newAccountPubkey: to, lamports, space, programId },
      });
    case 3:
      return SystemProgram.assign({ accountPubkey: from, programId });
    case 4:
      return SystemProgram.allocate({ accountPubkey: from, space });
    case 5:
      return new TransactionInstruction({
        programId: MEMO,
        keys: [{ pubkey: from, isSigner: random.oneIn(2), isWritable: false }],
        data: Buffer.from(random.pick(["hello", "", "Zürich"])),
      });
    case 6:
      return ComputeBudgetProgram.setComputeUnitLimit({
        units: random.pick([0, 300, 5_000, 200_000]),
      });
    case 7:
      return ComputeBudgetProgram.setComputeUnitPrice({ microLamports: random.below(2_000_000) });
    default:
      return tokenInstruction(random, from, to, key());
  }
}

/** InitializeMint2, InitializeAccount3, MintTo, Transfer, CloseAccount and bytes that are none. */
function tokenInstruction(
  random: Random,
  a: PublicKey,
  b: PublicKey,
  owner: PublicKey,
): TransactionInstruction {
  const amount = Buffer.alloc(8);
  amount.writeBigUInt64LE(BigInt(random.below(1000)));
  const data = random.pick([
    Buffer.concat([Buffer.of(20, 6), owner.toBuffer(), Buffer.of(0)]),
    Buffer.concat([Buffer.of(18), owner.toBuffer()]),
    Buffer.concat([Buffer.of(7), amount]),
    Buffer.concat([Buffer.of(3), amount]),
    Buffer.of(9),
    Buffer.of(random.below(40)),
  ]);
  const keys = [
    { pubkey: a, isSigner: random.oneIn(4), isWritable: true },
    { pubkey: b, isSigner: random.oneIn(4), isWritable: true },
    { pubkey: owner, isSigner: true, isWritable: random.oneIn(2) },
  ];
  return new TransactionInstruction({ programId: TOKEN, keys, data });
}

function randomTransaction(random: Random, ledger: SvmLedger): Uint8Array {
  // The first mostly only pays: what pays must stay a plain wallet.
  const keys = KEYS.slice(random.oneIn(20) ? 0 : 1).map(({ publicKey }) => publicKey);
  const transaction = new Transaction();
  for (let count = random.between(1, 3); count > 0; count--) {
    transaction.add(randomInstruction(random, keys));
  }
  transaction.recentBlockhash = encodeBase58(ledger.blocks.head.hash);
  const payer = random.oneIn(8) ? random.pick(KEYS) : KEYS[0];
  transaction.feePayer = payer.publicKey;
  const { accountKeys, header } = transaction.compileMessage();
  const signers = accountKeys.slice(0, header.numRequiredSignatures).map(String);
  transaction.sign(...KEYS.filter(({ publicKey }) => signers.includes(String(publicKey))));
  return transaction.serialize();
}

/** What the peer did with a transaction; `err` in words without its numbers' names. */
function runPeer(peer: LiteSVM, wire: Uint8Array) {
  const { signatures, messageBytes, message } = decodeTransaction(wire);
  const entries = signatures.map((signature, index) => [
    encodeBase58(message.keys[index]!),
    signature,
  ]);
  const result = peer.sendTransaction({
    messageBytes,
    signatures: Object.fromEntries(entries),
  } as never);
  const failed = result instanceof FailedTransactionMetadata;
  const meta = failed ? result.meta() : result;
  return {
    failed,
    text: failed ? result.toString() : "",
    units: Number(meta.computeUnitsConsumed()),
    logs: meta.logs(),
  };
}

function runOurs(ledger: SvmLedger, wire: Uint8Array): ExecutedTransaction | undefined {
  const id = ledger.submit(wire);
  ledger.produce();
  return ledger.find(id)?.executed;
}

test.each([1, 2, 3, 4])("random transactions do the same as in litesvm, seed %i", async (seed) => {
  const both = await worlds();
  if (both === undefined) return;
  const { ledger, peer } = both;
  const random = new Random(seed);
  const outcomes = { ok: 0, failed: 0, refused: 0 };
  for (let number = 0; number < TRANSACTIONS; number++) {
    const wire = randomTransaction(random, ledger);
    const ours = runOurs(ledger, wire);
    const theirs = runPeer(peer, wire);
    const where = `seed ${seed}, transaction ${number}: ${theirs.text}`;
    expect(ours !== undefined && ours.error === undefined, where).toBe(!theirs.failed);
    if (ours === undefined) outcomes.refused++;
    else {
      outcomes[ours.error === undefined ? "ok" : "failed"]++;
      expect(ours.logs, where).toEqual(theirs.logs);
      expect(ours.unitsConsumed, where).toBe(theirs.units);
    }
    for (const { publicKey } of KEYS) {
      const account = ledger.account(publicKey.toBytes());
      const other = peer.getAccount(publicKey.toBase58() as never);
      const there = other.exists && other.lamports > 0n ? other : undefined;
      expect(account?.lamports, where).toBe(there?.lamports);
      expect(account && encodeHex(account.data), where).toBe(
        there && encodeHex(Uint8Array.from(there.data)),
      );
      expect(account && encodeBase58(account.owner), where).toBe(there?.programAddress);
    }
  }
  // Most fail in one way or another; enough must succeed for states to differ if anything does.
  expect(Math.min(outcomes.ok, outcomes.failed, outcomes.refused)).toBeGreaterThan(2);
});
