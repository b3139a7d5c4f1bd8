import { WELL_KNOWN_PROGRAMS, wellKnownPrograms } from "@dragoman/ledger-svm";
import {
  createAssociatedTokenAccountIdempotent,
  createMint,
  getAccount,
  getMint,
  mintTo,
  NATIVE_MINT,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
  transfer,
} from "@solana/spl-token";
import {
  Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  PublicKey,
  sendAndConfirmTransaction,
  Transaction,
  TransactionInstruction,
} from "@solana/web3.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestNode, type TestNode } from "./testing/start-node.ts";

let node: TestNode;
let connection: Connection;
const payer = Keypair.fromSeed(new Uint8Array(32).fill(3));
const bob = Keypair.fromSeed(new Uint8Array(32).fill(4)).publicKey;
// The programs come with an optional package that has no native part on some platforms.
const hasPrograms = (await wellKnownPrograms()) !== undefined;

beforeAll(async () => {
  node = await startTestNode();
  connection = new Connection(node.server.url, "confirmed");
  await connection.requestAirdrop(payer.publicKey, 100 * LAMPORTS_PER_SOL);
});

afterAll(async () => {
  await node.close();
  expect(node.lines).toEqual([]);
});

test.each([
  ["SPL Token", TOKEN_PROGRAM_ID],
  ["Token-2022", TOKEN_2022_PROGRAM_ID],
])(
  "%s: mint, associated accounts, minting and a transfer by @solana/spl-token",
  async (_, program) => {
    if (!hasPrograms) return;
    const options = { commitment: "confirmed" } as const;
    const mint = await createMint(
      connection,
      payer,
      payer.publicKey,
      null,
      6,
      Keypair.generate(),
      options,
      program,
    );
    expect(await getMint(connection, mint, "confirmed", program)).toMatchObject({
      decimals: 6,
      supply: 0n,
    });
    const ata = (owner: PublicKey) =>
      createAssociatedTokenAccountIdempotent(connection, payer, mint, owner, options, program);
    const own = await ata(payer.publicKey);
    const other = await ata(bob);
    await mintTo(connection, payer, mint, own, payer, 5_000_000, [], options, program);
    const signature = await transfer(
      connection,
      payer,
      own,
      other,
      payer,
      1_250_000,
      [],
      options,
      program,
    );
    expect((await getAccount(connection, other, "confirmed", program)).amount).toBe(1_250_000n);

    const { value } = await connection.getTokenAccountBalance(other);
    expect(value).toEqual({
      amount: "1250000",
      decimals: 6,
      uiAmount: 1.25,
      uiAmountString: "1.25",
    });
    expect((await connection.getTokenSupply(mint)).value.uiAmount).toBe(5);
    const owned = await connection.getParsedTokenAccountsByOwner(bob, { mint });
    expect(owned.value.map(({ pubkey }) => pubkey)).toEqual([other]);
    expect(owned.value[0]?.account.data.parsed.info.tokenAmount.uiAmountString).toBe("1.25");
    const ofProgram = await connection.getTokenAccountsByOwner(bob, { programId: program });
    expect(ofProgram.value).toHaveLength(1);
    const largest = await connection.getTokenLargestAccounts(mint);
    expect(largest.value.map(({ amount }) => amount)).toEqual(["3750000", "1250000"]);

    const done = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    const amounts = done?.meta?.postTokenBalances?.map(({ uiTokenAmount }) => uiTokenAmount.amount);
    expect(amounts?.sort()).toEqual(["1250000", "3750000"]);
  },
);

test("getProgramAccounts filters by size and bytes, and cuts data", async () => {
  if (!hasPrograms) return;
  const options = { commitment: "confirmed" } as const;
  const mint = await createMint(
    connection,
    payer,
    payer.publicKey,
    null,
    0,
    Keypair.generate(),
    options,
  );
  const own = await createAssociatedTokenAccountIdempotent(
    connection,
    payer,
    mint,
    payer.publicKey,
  );
  const found = await connection.getProgramAccounts(TOKEN_PROGRAM_ID, {
    filters: [{ dataSize: 165 }, { memcmp: { offset: 0, bytes: mint.toBase58() } }],
    dataSlice: { offset: 32, length: 32 },
  });
  expect(found.map(({ pubkey }) => pubkey)).toEqual([own]);
  expect(new PublicKey(found[0]!.account.data)).toEqual(payer.publicKey);
  const mints = await connection.getProgramAccounts(TOKEN_PROGRAM_ID, {
    filters: [{ dataSize: 82 }],
  });
  expect(mints.map(({ pubkey }) => pubkey.toBase58())).toContain(NATIVE_MINT.toBase58());
});

test("calls between programs are recorded with their height", async () => {
  if (!hasPrograms) return;
  const mint = await createMint(connection, payer, payer.publicKey, null, 0);
  await createAssociatedTokenAccountIdempotent(connection, payer, mint, bob);
  const [last] = await connection.getSignaturesForAddress(mint, { limit: 1 });
  const done = await connection.getTransaction(last!.signature, {
    maxSupportedTransactionVersion: 0,
  });
  const [inner] = done?.meta?.innerInstructions ?? [];
  const keys = done?.transaction.message.staticAccountKeys ?? [];
  const called = inner?.instructions.map(({ programIdIndex }) => keys[programIdIndex]?.toBase58());
  // GetAccountDataSize, CreateAccount, InitializeImmutableOwner, InitializeAccount3
  const token = TOKEN_PROGRAM_ID.toBase58();
  expect(called).toEqual([token, PublicKey.default.toBase58(), token, token]);
  const logs = done?.meta?.logMessages ?? [];
  expect(logs.filter((line) => line.includes("invoke [2]"))).toHaveLength(4);
});

test("instructions are parsed: of the transaction, and of calls between programs", async () => {
  if (!hasPrograms) return;
  const mint = await createMint(connection, payer, payer.publicKey, null, 2);
  const own = await createAssociatedTokenAccountIdempotent(
    connection,
    payer,
    mint,
    payer.publicKey,
  );
  const [last] = await connection.getSignaturesForAddress(mint, { limit: 1 });
  const options = { maxSupportedTransactionVersion: 0 };
  const done = await connection.getParsedTransaction(last!.signature, options);
  const roles = {
    ...{ source: payer.publicKey.toBase58(), wallet: payer.publicKey.toBase58() },
    ...{ account: own.toBase58(), mint: mint.toBase58() },
  };
  expect(done?.transaction.message.instructions[0]).toMatchObject({
    program: "spl-associated-token-account",
    parsed: { type: "createIdempotent", info: roles },
  });
  const inner = done?.meta?.innerInstructions?.[0]?.instructions ?? [];
  expect(inner[1]).toMatchObject({
    program: "system",
    parsed: {
      type: "createAccount",
      info: { newAccount: own.toBase58(), space: 165, lamports: 2_039_280 },
    },
  });
  expect(inner[3]).toMatchObject({
    program: "spl-token",
    parsed: { type: "initializeAccount3", info: { owner: payer.publicKey.toBase58() } },
  });
  const minted = await mintTo(connection, payer, mint, own, payer, 500);
  const read = await connection.getParsedTransaction(minted, options);
  expect(read?.transaction.message.instructions[0]).toMatchObject({
    parsed: { type: "mintTo", info: { amount: "500", account: own.toBase58() } },
  });
});

test("the memo program logs what it is given, and fails on what is no text", async () => {
  if (!hasPrograms) return;
  const memo = (data: Buffer) =>
    new Transaction().add(
      new TransactionInstruction({
        programId: new PublicKey(WELL_KNOWN_PROGRAMS.memo),
        keys: [],
        data,
      }),
    );
  const signature = await sendAndConfirmTransaction(connection, memo(Buffer.from("Grüezi")), [
    payer,
  ]);
  const done = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  expect(done?.meta?.logMessages?.join()).toContain("Grüezi");
  const broken = connection.sendTransaction(memo(Buffer.of(0xff)), [payer]);
  await expect(broken).rejects.toThrow("Transaction simulation failed");
});
