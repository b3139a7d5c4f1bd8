import { encodeBase58 } from "@dragoman/bytes";
import { Random } from "@dragoman/core/testing";
import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from "@solana/web3.js";
import { expect, test } from "vitest";
import { type KeyedAccount, wallet } from "./genesis.ts";
import type { SvmLedger } from "./svm-ledger.ts";
import { LitesvmTwin } from "./testing/litesvm-twin.ts";

const SOL = 1_000_000_000n;
const KEYS = Array.from({ length: 5 }, (_, n) => Keypair.fromSeed(new Uint8Array(32).fill(n + 1)));
const TOKEN = new PublicKey("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
const MEMO = new PublicKey("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
const TRANSACTIONS = 150;

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

test.each([1, 2, 3, 4])("random transactions do the same as in litesvm, seed %i", async (seed) => {
  const twin = await LitesvmTwin.start(
    KEYS.map((key): KeyedAccount => [key.publicKey.toBytes(), wallet(100n * SOL)]),
  );
  if (twin === undefined) return;
  const random = new Random(seed);
  const outcomes = { ok: 0, failed: 0, refused: 0 };
  for (let number = 0; number < TRANSACTIONS; number++) {
    const { ours, theirs } = twin.run(randomTransaction(random, twin.ledger));
    const where = `seed ${seed}, transaction ${number}: ${theirs.why}`;
    expect(ours?.ok ?? false, where).toBe(theirs.ok);
    if (ours === undefined) outcomes.refused++;
    else {
      outcomes[ours.ok ? "ok" : "failed"]++;
      expect(ours.logs, where).toEqual(theirs.logs);
      expect(ours.units, where).toBe(theirs.units);
      expect(theirs.why).toContain(ours.why);
    }
    for (const { publicKey } of KEYS) {
      const account = twin.account(publicKey.toBytes());
      expect(account.ours, where).toBe(account.theirs);
    }
  }
  // Most fail in one way or another; enough must succeed for states to differ if anything does.
  expect(Math.min(outcomes.ok, outcomes.failed, outcomes.refused)).toBeGreaterThan(2);
});
