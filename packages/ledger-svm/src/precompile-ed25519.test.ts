import { encodeBase58 } from "@dragoman/bytes";
import { Ed25519Program, Keypair, Transaction, TransactionInstruction } from "@solana/web3.js";
import { expect, test } from "vitest";
import { wallet } from "./genesis.ts";
import { LitesvmTwin } from "./testing/litesvm-twin.ts";

const payer = Keypair.fromSeed(new Uint8Array(32).fill(1));

function changed(instruction: TransactionInstruction, at: number, value: number) {
  const data = Buffer.from(instruction.data);
  data[at] = value;
  return new TransactionInstruction({ ...instruction, data });
}

test("the Ed25519 program checks signatures and charges for them as in litesvm", async () => {
  const twin = await LitesvmTwin.start([[payer.publicKey.toBytes(), wallet(10n ** 10n)]]);
  if (twin === undefined) return;
  const good = Ed25519Program.createInstructionWithPrivateKey({
    ...{ privateKey: payer.secretKey, message: Buffer.from("a message") },
  });
  const outcomes = [
    [good],
    [good, good],
    [changed(good, good.data.length - 1, 0)],
    [changed(good, 2, 0xff)],
    [changed(good, 0, 9)],
    [changed(good, 0, 0)],
    [new TransactionInstruction({ keys: [], programId: good.programId, data: Buffer.of() })],
    [new TransactionInstruction({ keys: [], programId: good.programId, data: Buffer.of(0, 0) })],
  ].map((instructions) => {
    const transaction = new Transaction().add(...instructions);
    transaction.recentBlockhash = encodeBase58(twin.ledger.blocks.head.hash);
    transaction.sign(payer);
    const { ours, theirs } = twin.run(transaction.serialize());
    const account = twin.account(payer.publicKey.toBytes());
    expect(account.ours, `${ours?.why} ${theirs.why}`).toBe(account.theirs);
    expect(ours?.ok).toBe(theirs.ok);
    expect(ours?.logs).toEqual(theirs.logs);
    expect(ours?.units).toBe(theirs.units);
    expect(theirs.why).toContain(ours?.why);
    return ours?.ok;
  });
  expect(outcomes.filter((ok) => ok === true).length).toBeGreaterThanOrEqual(2);
});
