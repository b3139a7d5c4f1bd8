import { LedgerClock } from "@dragoman/ledger";
import {
  Keypair,
  NONCE_ACCOUNT_LENGTH,
  NonceAccount,
  PublicKey,
  SystemProgram,
  Transaction,
  type TransactionInstruction,
} from "@solana/web3.js";
import { expect, test } from "vitest";
import { wallet } from "./genesis.ts";
import { minimumBalance } from "./rent.ts";
import { SvmLedger } from "./svm-ledger.ts";

const [alice, account, other] = [1, 2, 3].map((n) => Keypair.fromSeed(new Uint8Array(32).fill(n)));
const RENT = minimumBalance(NONCE_ACCOUNT_LENGTH);

function start(): SvmLedger {
  const accounts = [[alice.publicKey.toBytes(), wallet(10n ** 10n)] as const];
  const clock = new LedgerClock(() => 1_750_000_000_000);
  const genesis = { timestamp: 1_750_000_000, accounts };
  return new SvmLedger({ clock, genesis, finalityDepth: 4 });
}

function run(ledger: SvmLedger, transaction: Transaction, ...signers: Keypair[]) {
  transaction.recentBlockhash ??= new PublicKey(ledger.blocks.head.hash).toBase58();
  transaction.sign(alice, ...signers);
  const id = ledger.submit(transaction.serialize());
  ledger.produce();
  return ledger.find(id)?.executed;
}

const nonceOf = (ledger: SvmLedger): NonceAccount =>
  NonceAccount.fromAccountData(Buffer.from(ledger.account(account.publicKey.toBytes())!.data));

const create = (): Transaction =>
  new Transaction().add(
    SystemProgram.createNonceAccount({
      ...{ fromPubkey: alice.publicKey, noncePubkey: account.publicKey },
      ...{ authorizedPubkey: alice.publicKey, lamports: Number(RENT) },
    }),
  );

/** A transaction that names the nonce in place of a blockhash. */
function nonced(ledger: SvmLedger, ...instructions: TransactionInstruction[]): Transaction {
  const advance = SystemProgram.nonceAdvance({
    ...{ noncePubkey: account.publicKey, authorizedPubkey: alice.publicKey },
  });
  const transaction = new Transaction().add(advance, ...instructions);
  transaction.recentBlockhash = nonceOf(ledger).nonce;
  return transaction;
}

const pay = (lamports: number): TransactionInstruction =>
  SystemProgram.transfer({
    ...{ fromPubkey: alice.publicKey, toPubkey: other.publicKey, lamports },
  });

test("a transaction that names a nonce is good for ever, and once", () => {
  const ledger = start();
  expect(run(ledger, create(), account)?.error).toBeUndefined();
  expect(nonceOf(ledger).authorizedPubkey).toEqual(alice.publicKey);
  const transaction = nonced(ledger, pay(1_000_000));
  for (let i = 0; i < 200; i++) ledger.produce();
  const before = nonceOf(ledger).nonce;
  expect(run(ledger, transaction)?.error).toBeUndefined();
  expect(nonceOf(ledger).nonce).not.toBe(before);
  const again = nonced(ledger, pay(2_000_000));
  again.recentBlockhash = before;
  expect(() => run(ledger, again)).toThrow("Blockhash not found");
  expect(ledger.account(other.publicKey.toBytes())?.lamports).toBe(1_000_000n);
});

test("a nonce is used up by a transaction that fails", () => {
  const ledger = start();
  run(ledger, create(), account);
  ledger.produce();
  const failing = nonced(ledger, pay(1_000_000), pay(1e15));
  const before = nonceOf(ledger).nonce;
  expect(run(ledger, failing)?.error).toEqual({ InstructionError: [2, { Custom: 1 }] });
  expect(nonceOf(ledger).nonce).not.toBe(before);
  expect(ledger.account(other.publicKey.toBytes())).toBeUndefined();
});

test("of two transactions with one nonce a block takes the first", () => {
  const ledger = start();
  run(ledger, create(), account);
  ledger.produce();
  for (const lamports of [1_000_000, 2_000_000]) {
    const transaction = nonced(ledger, pay(lamports));
    transaction.sign(alice);
    ledger.submit(transaction.serialize());
  }
  expect(ledger.produce().transactions).toHaveLength(1);
  expect(ledger.account(other.publicKey.toBytes())?.lamports).toBe(1_000_000n);
});

test("a nonce advances once in a block, changes hands, and gives its lamports back", () => {
  const ledger = start();
  run(ledger, create(), account);
  ledger.produce();
  const [noncePubkey, authorizedPubkey] = [account.publicKey, alice.publicKey];
  const advance = SystemProgram.nonceAdvance({ noncePubkey, authorizedPubkey });
  const twice = new Transaction().add(advance, advance);
  expect(run(ledger, twice)?.error).toEqual({ InstructionError: [1, { Custom: 7 }] });
  const give = SystemProgram.nonceAuthorize({
    ...{ noncePubkey, authorizedPubkey, newAuthorizedPubkey: other.publicKey },
  });
  expect(run(ledger, new Transaction().add(give))?.error).toBeUndefined();
  const withdraw = (by: PublicKey, lamports: number): Transaction =>
    new Transaction().add(
      SystemProgram.nonceWithdraw({
        ...{ noncePubkey, authorizedPubkey: by, toPubkey: other.publicKey, lamports },
      }),
    );
  const stolen = run(ledger, withdraw(alice.publicKey, Number(RENT)));
  expect(stolen?.error).toEqual({ InstructionError: [0, "MissingRequiredSignature"] });
  const part = run(ledger, withdraw(other.publicKey, 1), other);
  expect(part?.error).toEqual({ InstructionError: [0, "InsufficientFunds"] });
  expect(run(ledger, withdraw(other.publicKey, Number(RENT)), other)?.error).toBeUndefined();
  expect(ledger.account(noncePubkey.toBytes())).toBeUndefined();
  expect(ledger.account(other.publicKey.toBytes())?.lamports).toBe(RENT);
});
