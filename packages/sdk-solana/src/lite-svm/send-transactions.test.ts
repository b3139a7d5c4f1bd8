import {
  Keypair,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LiteSVM, TransactionMetadata } from "./index.ts";

const [alice, bob, carol] = [1, 2, 3].map((n) => Keypair.fromSeed(new Uint8Array(32).fill(n))) as [
  Keypair,
  Keypair,
  Keypair,
];
const SOL = 1_000_000_000n;

function opened(): LiteSVM {
  const svm = new LiteSVM();
  for (const { publicKey } of [alice, bob]) svm.airdrop(publicKey.toBase58(), SOL);
  return svm;
}

/** Both send what they have to carol: two signers. */
function transfer(lamports: number, recentBlockhash: string): Uint8Array {
  const tx = new Transaction({ feePayer: alice.publicKey, recentBlockhash });
  for (const { publicKey: fromPubkey } of [alice, bob]) {
    tx.add(SystemProgram.transfer({ fromPubkey, toPubkey: carol.publicKey, lamports }));
  }
  tx.sign(alice, bob);
  return Uint8Array.from(tx.serialize());
}

/** What there is to see of an end. */
const shown = (sent: ReturnType<LiteSVM["sendTransaction"]>): unknown =>
  sent instanceof TransactionMetadata
    ? [sent.signature(), sent.logs(), sent.computeUnitsConsumed()]
    : [sent.meta().signature(), sent.meta().logs(), sent.err()];

const balances = (svm: LiteSVM): unknown =>
  [alice, bob, carol].map(({ publicKey }) => svm.getBalance(publicKey.toBase58()));

test("many at once end as one by one: good ones, bad signatures of either signer, duplicates, too poor ones", async () => {
  const order = fc.record({
    // Bob cannot pay the last of them.
    lamports: fc.constantFrom(1_000_000, 1_000_001, 300_000_000, 2_000_000_000),
    broken: fc.option(fc.integer({ min: 1, max: 128 })),
    isStale: fc.boolean(),
  });
  const property = fc.asyncProperty(fc.array(order, { maxLength: 12 }), async (orders) => {
    const [one, many] = [opened(), opened()];
    const old = one.latestBlockhash();
    for (const svm of [one, many]) svm.expireBlockhash();
    const wires = orders.map(({ lamports, broken, isStale }) => {
      const wire = transfer(lamports, isStale ? old : one.latestBlockhash());
      if (broken !== null) wire[broken] = wire[broken]! ^ 1;
      return wire;
    });
    const expected = wires.map((wire) => shown(one.sendTransaction(wire)));
    expect((await many.sendTransactions(wires)).map(shown)).toEqual(expected);
    expect(balances(many)).toEqual(balances(one));
  });
  await fc.assert(property, { numRuns: 25 });
}, 60_000);

test("more than are looked at ahead keep their order", async () => {
  const svm = opened();
  const wires = Array.from({ length: 300 }, (_, i) =>
    transfer(1_000_000 + i, svm.latestBlockhash()),
  );
  const sent = await svm.sendTransactions(wires);
  const signatures = sent.map((one) => one instanceof TransactionMetadata && one.signature());
  expect(signatures).toEqual(wires.map((wire) => wire.slice(1, 65)));
});

test("versioned transactions are taken too", async () => {
  const svm = opened();
  const instruction = SystemProgram.transfer({
    ...{ fromPubkey: alice.publicKey, toPubkey: carol.publicKey, lamports: 1_000_000 },
  });
  const message = new TransactionMessage({
    payerKey: alice.publicKey,
    recentBlockhash: svm.latestBlockhash(),
    instructions: [instruction],
  }).compileToV0Message();
  const tx = new VersionedTransaction(message);
  tx.sign([alice]);
  expect((await svm.sendTransactions([tx]))[0]).toBeInstanceOf(TransactionMetadata);
});

test("a malformed one is named by its position; those before it have run, those behind it have not", async () => {
  const svm = opened();
  const wires = [1, 2, 3].map((n) => transfer(n * 1_000_000, svm.latestBlockhash()));
  wires[1] = wires[1]!.subarray(0, 90);
  await expect(svm.sendTransactions(wires)).rejects.toThrow(/transaction 1: /);
  expect(svm.getBalance(carol.publicKey.toBase58())).toBe(2_000_000n);
});

test("bytes that change after the call are not what runs", async () => {
  const svm = opened();
  const wire = transfer(1_000_000, svm.latestBlockhash());
  const sending = svm.sendTransactions([wire]);
  wire.fill(0);
  expect((await sending)[0]).toBeInstanceOf(TransactionMetadata);
});

test("without checks of signatures a bad one runs", async () => {
  const svm = opened().withSigverify(false);
  const wire = transfer(1_000_000, svm.latestBlockhash());
  wire[3] = wire[3]! ^ 1;
  expect((await svm.sendTransactions([wire]))[0]).toBeInstanceOf(TransactionMetadata);
});
