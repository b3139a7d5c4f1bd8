import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assemble, link } from "@dragoman/frontend-sbpf/asm";
import {
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import {
  LiteSVM as Peer,
  Clock as PeerClock,
  FailedTransactionMetadata as PeerFailure,
} from "litesvm";
import { expect, test } from "vitest";
import {
  Clock,
  FailedTransactionMetadata,
  LiteSVM,
  type SimulatedTransactionInfo,
  TransactionErrorFieldless,
  type TransactionMetadata,
} from "./index.ts";

const [alice, bob] = [1, 2].map((n) => Keypair.fromSeed(new Uint8Array(32).fill(n))) as [
  Keypair,
  Keypair,
];
const PROGRAM = Keypair.fromSeed(new Uint8Array(32).fill(3)).publicKey;
const MEMO = new PublicKey("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
const SOL = 1_000_000_000n;

/** A program that logs 5 numbers, returns a byte and succeeds. */
const ELF = link(
  assemble(
    `entrypoint:
      stxb [r10-1], r1
      mov64 r1, 1
      mov64 r2, 2
      mov64 r3, 3
      mov64 r4, 4
      mov64 r5, 5
      syscall sol_log_64_
      mov64 r1, r10
      add64 r1, -1
      mov64 r2, 1
      syscall sol_set_return_data
      mov64 r0, 0
      exit`,
    0,
  ),
);

/** What both classes have, as far as the script uses it. */
type Svm = LiteSVM;
type Sent = ReturnType<LiteSVM["sendTransaction"]>;

const isFailure = (sent: unknown): boolean =>
  sent instanceof FailedTransactionMetadata || sent instanceof PeerFailure;

/** A signed transaction in kit's form. */
function signed(svm: Svm, instructions: TransactionInstruction[], ...signers: Keypair[]): never {
  const message = new TransactionMessage({
    payerKey: signers[0]!.publicKey,
    recentBlockhash: svm.latestBlockhash(),
    instructions,
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign(signers);
  const signatures = transaction.signatures.map((signature, index) => [
    message.staticAccountKeys[index]!.toBase58(),
    signature,
  ]);
  return { messageBytes: message.serialize(), signatures: Object.fromEntries(signatures) } as never;
}

function shown(sent: Sent | null): unknown {
  if (sent === null) return null;
  const failure = isFailure(sent) ? (sent as FailedTransactionMetadata) : undefined;
  const meta = failure?.meta() ?? (sent as Exclude<Sent, FailedTransactionMetadata>);
  const error = failure?.err();
  return {
    error: typeof error === "object" ? errorFields(error) : error,
    logs: meta.logs(),
    units: meta.computeUnitsConsumed(),
    calls: meta.innerInstructions().map((calls) => calls.length),
    returned: Buffer.from(meta.returnData().data()).toString("hex"),
  };
}

/** The fields of an error, which are getters in litesvm. */
function errorFields(error: object): unknown {
  const { index, accountIndex, err } = error as {
    index?: number;
    accountIndex?: number;
    err?: () => number | { code: number };
  };
  const reason = err?.call(error);
  const inner = typeof reason === "object" ? `custom ${reason.code}` : reason;
  return { kind: error.constructor.name, index, accountIndex, inner };
}

const account = (svm: Svm, address: string): unknown => {
  const found = svm.getAccount(address);
  return found.exists ? { ...found, data: Buffer.from(found.data).toString("hex") } : found;
};

const transfer = (lamports: number): TransactionInstruction =>
  SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: bob.publicKey, lamports });

/** What a script of everyday calls gives. */
function script(svm: Svm, clock: (slot: bigint) => Clock): unknown[] {
  const [a, b] = [alice.publicKey.toBase58(), bob.publicKey.toBase58()];
  const out: unknown[] = [svm.latestBlockhash(), svm.minimumBalanceForRentExemption(165n)];
  out.push(account(svm, a), shown(svm.airdrop(a, 10n * SOL)), svm.getBalance(a));
  const first = signed(svm, [transfer(1_000_000_000)], alice);
  out.push(shown(svm.sendTransaction(first)), shown(svm.sendTransaction(first)));
  out.push(account(svm, b), svm.getBalance(PROGRAM.toBase58()));
  out.push(shown(svm.sendTransaction(signed(svm, [transfer(100)], alice))));
  out.push(shown(svm.sendTransaction(signed(svm, [transfer(10 ** 12)], alice))));
  const stale = signed(svm, [transfer(7)], alice);
  svm.expireBlockhash();
  out.push(svm.latestBlockhash(), shown(svm.sendTransaction(stale)));
  svm.addProgram(PROGRAM.toBase58(), ELF);
  const run = new TransactionInstruction({ keys: [], programId: PROGRAM, data: Buffer.of(1, 2) });
  out.push(account(svm, PROGRAM.toBase58()));
  const simulated = svm.simulateTransaction(signed(svm, [run, transfer(5)], alice));
  out.push(shown(simulated instanceof FailedTransactionMetadata ? simulated : simulated.meta()));
  out.push(shown(svm.sendTransaction(signed(svm, [run, transfer(5)], alice))));
  const memo = new TransactionInstruction({ keys: [], programId: MEMO, data: Buffer.from("hi") });
  out.push(shown(svm.sendTransaction(signed(svm, [memo], alice))));
  svm.setAccount({
    ...{ address: b, data: new Uint8Array([1, 2, 3]), executable: false, lamports: 5n * SOL },
    ...{ programAddress: PROGRAM.toBase58(), space: 3n },
  });
  out.push(account(svm, b), svm.getProgramAccounts(PROGRAM.toBase58()).length);
  svm.setClock(clock(500n));
  const { slot, epoch, unixTimestamp } = svm.getClock();
  out.push({ slot, epoch, unixTimestamp }, svm.getRent().minimumBalance(0n));
  out.push(svm.getEpochSchedule().slotsPerEpoch, svm.getSlotHashes()[0]?.slot);
  svm.withTransactionHistory(0n).withSigverify(false).withBlockhashCheck(false);
  out.push(shown(svm.sendTransaction(stale)), shown(svm.sendTransaction(stale)));
  return out;
}

test("a script of everyday calls gives the same with our class and with litesvm's", async () => {
  expect(await LiteSVM.loadDefaultPrograms()).toBe(true);
  const ours = script(new LiteSVM(), (slot) => new Clock(slot, 1n, 2n, 3n, 1_750_000_000n));
  const theirs = script(
    new Peer() as unknown as Svm,
    (slot) => new PeerClock(slot, 1n, 2n, 3n, 1_750_000_000n) as unknown as Clock,
  );
  expect(ours).toEqual(theirs);
});

test("transactions of web3.js and wire bytes are taken as they are", () => {
  const svm = new LiteSVM();
  svm.airdrop(alice.publicKey.toBase58(), 10n * SOL);
  const legacy = new Transaction().add(transfer(1_000_000_000));
  legacy.recentBlockhash = svm.latestBlockhash();
  legacy.feePayer = alice.publicKey;
  legacy.sign(alice);
  expect(isFailure(svm.sendTransaction(legacy))).toBe(false);
  svm.expireBlockhash();
  legacy.recentBlockhash = svm.latestBlockhash();
  legacy.sign(alice);
  expect(isFailure(svm.sendTransaction(legacy.serialize()))).toBe(false);
  expect(svm.getBalance(bob.publicKey.toBase58())).toBe(2n * SOL);
});

test("time travel moves slot, epoch and clock together", () => {
  const svm = new LiteSVM();
  svm.setClock(new Clock(524_256n, 1000n, 14n, 15n, 1000n));
  svm.warpToSlot(524_256n + 432_000n + 10n);
  expect(svm.getClock()).toEqual(new Clock(956_266n, 173_804n, 15n, 16n, 173_804n));
  svm.warpToSlot(524_256n + 432_000n + 20n);
  expect(svm.getClock()).toMatchObject({ epoch: 15n, epochStartTimestamp: 173_804n });
  expect(svm.getClock().unixTimestamp).toBe(173_808n);
});

test("revert goes back to a snapshot, sysvars and blockhash included", () => {
  const svm = new LiteSVM();
  const a = alice.publicKey.toBase58();
  svm.airdrop(a, SOL);
  const before = [account(svm, a), svm.getClock(), svm.latestBlockhash()];
  const snapshot = svm.snapshot();
  svm.airdrop(bob.publicKey.toBase58(), SOL);
  svm.expireBlockhash();
  svm.warpToSlot(999_999_999n);
  svm.setAccount({
    ...{ address: a, data: new Uint8Array(9), executable: false, lamports: 1n },
    ...{ programAddress: PROGRAM.toBase58(), space: 9n },
  });
  svm.revert(snapshot);
  expect([account(svm, a), svm.getClock(), svm.latestBlockhash()]).toEqual(before);
  expect(svm.getAccount(bob.publicKey.toBase58()).exists).toBe(false);
});

test("what is simulated or refused leaves everything as it was sent", () => {
  const svm = new LiteSVM();
  svm.airdrop(alice.publicKey.toBase58(), 2n * SOL);
  const to = bob.publicKey.toBase58();
  const pay = (lamports: number): never =>
    signed(
      svm,
      [
        SystemProgram.transfer({
          ...{ fromPubkey: alice.publicKey, toPubkey: bob.publicKey, lamports },
        }),
      ],
      alice,
    );
  svm.sendTransaction(pay(1_000_000));
  const unsigned = { ...(pay(5_000_000) as object), signatures: {} } as never;
  expect(svm.simulateTransaction(unsigned)).toBeInstanceOf(FailedTransactionMetadata);
  expect(svm.getBalance(to)).toBe(1_000_000n);
  const simulated = svm.simulateTransaction(pay(7_000_000)) as SimulatedTransactionInfo;
  expect(simulated.postAccounts().map(({ lamports }) => lamports)).toContain(8_000_000n);
  expect(svm.getBalance(to)).toBe(1_000_000n);
  svm.simulateTransaction(pay(Number(3n * SOL)));
  expect(svm.getBalance(to)).toBe(1_000_000n);
  svm.sendTransaction(pay(2_000_000));
  expect(svm.getBalance(to)).toBe(3_000_000n);
});

test("a chain without anything has no account", () => {
  const svm = LiteSVM.default();
  expect(svm.getAccount(SystemProgram.programId.toBase58()).exists).toBe(false);
  expect(svm.minimumBalanceForRentExemption(0n)).toBe(1n);
  svm.setAccount({
    ...{ address: alice.publicKey.toBase58(), lamports: 5n, data: new Uint8Array(0) },
    ...{ programAddress: PROGRAM.toBase58(), executable: false, space: 0n },
  });
  expect(svm.getProgramAccounts(PROGRAM.toBase58())).toHaveLength(1);
});

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

test("a chain that was saved goes on where it was", () => {
  const svm = new LiteSVM().withTransactionHistory(5n);
  svm.airdrop(alice.publicKey.toBase58(), 2n * SOL);
  svm.addProgram(PROGRAM.toBase58(), ELF);
  const call = new TransactionInstruction({ programId: PROGRAM, keys: [], data: Buffer.of(1) });
  const sent = svm.sendTransaction(signed(svm, [call], alice));
  const file = join(mkdtempSync(join(tmpdir(), "lite-svm-")), "chain");
  svm.saveToFile(file);
  const copy = LiteSVM.loadFromFile(file);
  expect(isSame(copy.toBytes(), svm.toBytes())).toBe(true);
  expect(copy.getClock()).toEqual(svm.getClock());
  expect(copy.latestBlockhash()).toBe(svm.latestBlockhash());
  const meta = sent as TransactionMetadata;
  const known = copy.getTransaction(meta.signature()) as TransactionMetadata;
  expect(known.logs()).toEqual(meta.logs());
  expect(known.returnData().data()).toEqual(meta.returnData().data());
  expect(known.fee()).toBe(5000n);
  // What was processed is known still, and both go on alike.
  const again = copy.sendTransaction(signed(svm, [call], alice)) as FailedTransactionMetadata;
  expect(again.err()).toBe(TransactionErrorFieldless.AlreadyProcessed);
  const memo = new TransactionInstruction({ programId: PROGRAM, keys: [], data: Buffer.of(2) });
  for (const chain of [svm, copy]) chain.sendTransaction(signed(svm, [memo], alice));
  expect(isSame(copy.toBytes(), svm.toBytes())).toBe(true);
});

test("bytes that are no saved chain, and damaged ones, are refused", () => {
  const good = new LiteSVM().toBytes();
  expect(() => LiteSVM.fromBytes(Uint8Array.of(1, 2, 3))).toThrow(/UNSUPPORTED_FILE/);
  for (const length of [0, 7, 11, 40, good.length - 1]) {
    expect(() => LiteSVM.fromBytes(good.subarray(0, length))).toThrow(/UNSUPPORTED_FILE/);
  }
  for (let at = 8; at < 500; at += 7) {
    const damaged = good.slice();
    damaged[at] = (damaged[at] as number) ^ 0x11;
    try {
      LiteSVM.fromBytes(damaged);
    } catch (error) {
      expect(String(error)).toMatch(/UNSUPPORTED_FILE/);
    }
  }
});
