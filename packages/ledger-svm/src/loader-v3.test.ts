import { encodeBase58 } from "@dragoman/bytes";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import { assemble, link } from "@dragoman/frontend-sbpf/asm";
import {
  Keypair,
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from "@solana/web3.js";
import { expect, test } from "vitest";
import { wallet } from "./genesis.ts";
import { minimumBalance } from "./rent.ts";
import { LitesvmTwin, type TwinOutcome } from "./testing/litesvm-twin.ts";

const LOADER = new PublicKey(ADDRESS.LOADER_V3.text);
const key = (n: number): Keypair => Keypair.fromSeed(new Uint8Array(32).fill(n));
const [payer, other, program, buffer, second] = [1, 2, 3, 4, 5].map(key);
const [target] = PublicKey.findProgramAddressSync([program.publicKey.toBytes()], LOADER);

const returning = (value: number): Uint8Array => link(assemble(`mov64 r0, ${value}\nexit`, 0));
const FIRST = returning(0);
const LATER = returning(7);

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

type Role = readonly [key: PublicKey, rights: "" | "w" | "s" | "ws"];

const loader = (data: Buffer, ...roles: Role[]): TransactionInstruction =>
  new TransactionInstruction({
    programId: LOADER,
    data,
    keys: roles.map(([pubkey, rights]) => ({
      pubkey,
      isWritable: rights.includes("w"),
      isSigner: rights.includes("s"),
    })),
  });

const create = (account: Keypair, space: number): TransactionInstruction =>
  SystemProgram.createAccount({
    ...{ fromPubkey: payer.publicKey, newAccountPubkey: account.publicKey, space },
    ...{ lamports: Number(minimumBalance(space)), programId: LOADER },
  });

const initialise = (account: Keypair): TransactionInstruction =>
  loader(u32(0), [account.publicKey, "w"], [payer.publicKey, ""]);

const write = (account: Keypair, offset: number, bytes: Uint8Array, by = payer) =>
  loader(
    Buffer.concat([u32(1, offset, bytes.length, 0), bytes]),
    [account.publicKey, "w"],
    [by.publicKey, "s"],
  );

const deploy = (room: number, by = payer): TransactionInstruction =>
  loader(
    u32(2, room, 0),
    [payer.publicKey, "ws"],
    [target, "w"],
    [program.publicKey, "w"],
    [buffer.publicKey, "w"],
    [SYSVAR_RENT_PUBKEY, ""],
    [SYSVAR_CLOCK_PUBKEY, ""],
    [SystemProgram.programId, ""],
    [by.publicKey, "s"],
  );

const upgrade = (from: Keypair, by = payer): TransactionInstruction =>
  loader(
    u32(3),
    [target, "w"],
    [program.publicKey, "w"],
    [from.publicKey, "w"],
    [other.publicKey, "w"],
    [SYSVAR_RENT_PUBKEY, ""],
    [SYSVAR_CLOCK_PUBKEY, ""],
    [by.publicKey, "s"],
  );

const invoke = (): TransactionInstruction =>
  new TransactionInstruction({ programId: program.publicKey, keys: [], data: Buffer.alloc(0) });

/** Gives a transaction to both sides, which must agree on everything; the outcome. */
function agree(twin: LitesvmTwin, ...instructions: TransactionInstruction[]): TwinOutcome {
  const transaction = new Transaction().add(...instructions);
  transaction.recentBlockhash = encodeBase58(twin.ledger.blocks.head.hash);
  transaction.feePayer = payer.publicKey;
  const { accountKeys, header } = transaction.compileMessage();
  const signers = accountKeys.slice(0, header.numRequiredSignatures).map(String);
  const keys = [payer, other, program, buffer, second];
  transaction.sign(...keys.filter(({ publicKey }) => signers.includes(String(publicKey))));
  const { ours, theirs } = twin.run(transaction.serialize());
  expect(ours?.ok, `${ours?.why} ${theirs.why}`).toBe(theirs.ok);
  expect(ours?.logs).toEqual(theirs.logs);
  expect(ours?.units).toBe(theirs.units);
  expect(theirs.why).toContain(ours?.why);
  for (const account of [...keys.map(({ publicKey }) => publicKey), target]) {
    const { ours: own, theirs: there } = twin.account(account.toBytes());
    expect(own).toBe(there);
  }
  return ours!;
}

test("a program is deployed, run, upgraded, extended, handed over and closed as in litesvm", async () => {
  const twin = await LitesvmTwin.start([
    [payer.publicKey.toBytes(), wallet(10n ** 12n)],
    [other.publicKey.toBytes(), wallet(10n ** 9n)],
  ]);
  if (twin === undefined) return;
  const room = LATER.length + 100;
  const ok = (...instructions: TransactionInstruction[]): void =>
    expect(agree(twin, ...instructions).ok).toBe(true);
  const fails = (...instructions: TransactionInstruction[]): void =>
    expect(agree(twin, ...instructions).ok).toBe(false);

  ok(create(buffer, 37 + FIRST.length), initialise(buffer));
  fails(initialise(buffer));
  fails(write(buffer, 0, FIRST.subarray(0, 100), other));
  fails(write(buffer, FIRST.length - 10, FIRST.subarray(0, 11)));
  ok(write(buffer, 0, FIRST.subarray(0, 100)), write(buffer, 100, FIRST.subarray(100)));
  fails(create(program, 36), deploy(room, other));
  fails(create(program, 36), deploy(FIRST.length - 1));
  fails(create(program, 20), deploy(room));
  ok(create(program, 36), deploy(room));
  ok(invoke());
  fails(deploy(room));

  ok(create(second, 37 + LATER.length), initialise(second), write(second, 0, LATER));
  fails(upgrade(second, other));
  ok(upgrade(second));
  const later = agree(twin, invoke());
  expect(later.logs.at(-1)).toContain("custom program error: 0x7");

  const extended: Role[] = [
    [target, "w"],
    [program.publicKey, "w"],
    [SystemProgram.programId, ""],
  ];
  ok(loader(u32(6, 20_000), ...extended, [payer.publicKey, "ws"]));
  fails(loader(u32(6, 0), ...extended, [payer.publicKey, "ws"]));

  const handOver: Role[] = [
    [target, "w"],
    [payer.publicKey, "s"],
    [other.publicKey, ""],
  ];
  fails(loader(u32(7), ...handOver));
  ok(loader(u32(4), ...handOver));
  const close: Role[] = [
    [target, "w"],
    [payer.publicKey, "w"],
  ];
  fails(loader(u32(5), ...close, [payer.publicKey, "s"], [program.publicKey, "w"]));
  ok(loader(u32(5), ...close, [other.publicKey, "s"], [program.publicKey, "w"]));
  fails(invoke());
});

test("an ELF that cannot run is not deployed", async () => {
  const twin = await LitesvmTwin.start([[payer.publicKey.toBytes(), wallet(10n ** 12n)]]);
  if (twin === undefined) return;
  const broken = FIRST.slice();
  broken.fill(0xff, 64);
  agree(twin, create(buffer, 37 + broken.length), initialise(buffer), write(buffer, 0, broken));
  const transaction = new Transaction().add(create(program, 36), deploy(broken.length));
  transaction.recentBlockhash = encodeBase58(twin.ledger.blocks.head.hash);
  transaction.sign(payer, program);
  const { ours, theirs } = twin.run(transaction.serialize());
  // The words behind "ELF error" are each side's own.
  expect(ours?.why).toBe("InstructionError(1, InvalidAccountData)");
  expect(theirs.ok).toBe(false);
  expect(theirs.why).toContain("InvalidAccountData");
});
