import {
  Account,
  Deserializer,
  generateUserTransactionHash,
  SignedTransaction,
  SigningSchemeInput,
  SimpleTransaction,
} from "@aptos-labs/ts-sdk";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import type { LedgerInput } from "@dragoman/ledger";
import { expect, test } from "vitest";
import { vmStatusText } from "./execution/execution-status.ts";
import { MoveLedger } from "./move-ledger.ts";
import { readAccount, readAptosBalance } from "./resource.ts";
import { signedTransfer, TEST_START, testChain } from "./testing/test-chain.ts";

const bytesOf = (account: Account) => account.accountAddress.toUint8Array();

function refusal(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof FaultError) return [error.fault.name, error.fault.context?.status];
    throw error;
  }
  throw new Error("it was accepted");
}

test("a transfer creates the recipient, moves the coins and burns the fee", () => {
  const { ledger, faucet } = testChain();
  const alice = Account.generate();
  const before = readAptosBalance(ledger.state, bytesOf(faucet));
  const hash = ledger.submit(signedTransfer(faucet, alice.accountAddress, 5_000n, { number: 0 }));
  expect(ledger.pendingCount).toBe(1);
  const block = ledger.produce();
  expect(block.transactions.map(({ kind }) => kind)).toEqual(["metadata", "user"]);
  const done = ledger.transactions.find(hash)!;
  expect(vmStatusText(done.status)).toBe("Executed successfully");
  expect(done.gasUsed).toBeGreaterThan(2n);
  expect(readAptosBalance(ledger.state, bytesOf(alice))).toBe(5_000n);
  const after = readAptosBalance(ledger.state, bytesOf(faucet));
  expect(before - after).toBe(5_000n + done.gasUsed * 100n);
  expect(readAccount(ledger.state, bytesOf(faucet)).sequenceNumber).toBe(1n);
  expect(readAccount(ledger.state, bytesOf(alice)).exists).toBe(true);
  expect(done.events.map(({ type }) => type.tag === "struct" && type.name)).toEqual([
    "CoinWithdraw",
    "CoinDeposit",
    "FeeStatement",
  ]);
});

test("the identifier is the hash that ts-sdk computes", () => {
  const { ledger, faucet } = testChain();
  const bytes = signedTransfer(faucet, faucet.accountAddress, 1n, { number: 0 });
  const signed = SignedTransaction.deserialize(new Deserializer(bytes));
  const transaction = new SimpleTransaction(signed.raw_txn);
  const senderAuthenticator = faucet.signTransactionWithAuthenticator(transaction);
  const expected = generateUserTransactionHash({ transaction, senderAuthenticator });
  expect(encodeHex(ledger.submit(bytes))).toBe(expected);
});

test("an account whose key is a SingleKey pays and signs", () => {
  const { ledger, faucet } = testChain();
  const alice = Account.generate({ scheme: SigningSchemeInput.Ed25519, legacy: false });
  ledger.submit(signedTransfer(faucet, alice.accountAddress, 10n ** 9n, { number: 0 }));
  ledger.produce();
  const hash = ledger.submit(signedTransfer(alice, faucet.accountAddress, 7n, { number: 0 }));
  ledger.produce();
  expect(ledger.transactions.find(hash)?.status.kind).toBe("success");
});

test("what Aptos would discard is refused and leaves no trace", () => {
  const { ledger, faucet } = testChain();
  const to = faucet.accountAddress;
  ledger.submit(signedTransfer(faucet, to, 1n, { number: 0 }));
  ledger.produce();
  const head = ledger.blocks.head;
  const forged = signedTransfer(faucet, to, 1n, { number: 1 });
  forged[forged.length - 40] = (forged[forged.length - 40] as number) ^ 1;
  const submit = (options: Parameters<typeof signedTransfer>[3], from: Account = faucet) =>
    refusal(() => ledger.submit(signedTransfer(from, to, 1n, options)));
  expect(refusal(() => ledger.submit(forged))).toEqual(["INVALID_SIGNATURE", "INVALID_SIGNATURE"]);
  expect(submit({ number: 0, expiration: TEST_START + 601 })).toEqual([
    "NONCE_MISMATCH",
    "SEQUENCE_NUMBER_TOO_OLD",
  ]);
  expect(submit({ number: 5_000 })).toEqual(["NONCE_MISMATCH", "SEQUENCE_NUMBER_TOO_NEW"]);
  expect(submit({ number: 1, chainId: 5 })).toEqual(["CHAIN_ID_MISMATCH", "BAD_CHAIN_ID"]);
  expect(submit({ number: 1, expiration: TEST_START })).toEqual([
    "INVALID_TRANSACTION",
    "TRANSACTION_EXPIRED",
  ]);
  expect(submit({ number: 1, gasPrice: 99 })[1]).toBe("GAS_UNIT_PRICE_BELOW_MIN_BOUND");
  expect(submit({ number: 1, maxGas: 1 })[1]).toBe("MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS");
  expect(submit({ number: 1, maxGas: 3_000_000 })[1]).toBe(
    "MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND",
  );
  expect(submit({ number: 0 }, Account.generate())).toEqual([
    "BALANCE_EXCEEDED",
    "INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE",
  ]);
  const whole = signedTransfer(faucet, to, 1n, { number: 1 });
  for (const bytes of [whole.subarray(0, 100), Uint8Array.of(...whole, 0), new Uint8Array()]) {
    expect(refusal(() => ledger.submit(bytes))).toEqual(["MALFORMED_TRANSACTION", undefined]);
  }
  expect(ledger.pendingCount).toBe(0);
  expect(ledger.blocks.head).toBe(head);
});

test("a transaction that aborts is committed with its fee", () => {
  const { ledger, faucet } = testChain();
  const before = readAptosBalance(ledger.state, bytesOf(faucet));
  const hash = ledger.submit(
    signedTransfer(faucet, Account.generate().accountAddress, 2n * 10n ** 18n, { number: 0 }),
  );
  ledger.produce();
  const done = ledger.transactions.find(hash)!;
  expect(vmStatusText(done.status)).toBe(
    "Move abort in 0x1::coin: EINSUFFICIENT_BALANCE(0x10006): Not enough coins to complete transaction",
  );
  expect(done.events.map(({ type }) => type.tag === "struct" && type.name)).toEqual([
    "FeeStatement",
  ]);
  const after = readAptosBalance(ledger.state, bytesOf(faucet));
  expect(before - after).toBe(done.gasUsed * 100n);
});

test("a payload that spends what the fee needs is undone", () => {
  const { ledger, faucet } = testChain();
  const alice = Account.generate();
  ledger.submit(signedTransfer(faucet, alice.accountAddress, 1_000_000n, { number: 0 }));
  ledger.produce();
  const options = { number: 0, maxGas: 10_000 };
  const hash = ledger.submit(signedTransfer(alice, faucet.accountAddress, 1_000_000n, options));
  ledger.produce();
  const done = ledger.transactions.find(hash)!;
  expect(vmStatusText(done.status)).toBe("Move abort in 0x1::transaction_validation: 0x203ed");
  expect(readAptosBalance(ledger.state, bytesOf(alice))).toBe(1_000_000n - done.gasUsed * 100n);
});

test("numbers may come in any order; a gap waits", () => {
  const { ledger, faucet } = testChain();
  const send = (number: number) =>
    ledger.submit(signedTransfer(faucet, faucet.accountAddress, 1n, { number }));
  send(1);
  send(3);
  expect(ledger.pendingCount).toBe(0);
  send(0);
  expect(ledger.pendingCount).toBe(2);
  expect(ledger.produce().transactions).toHaveLength(3);
  expect(ledger.pendingCount).toBe(0);
  send(2);
  expect(ledger.produce().transactions).toHaveLength(3);
});

test("a reorganisation returns transactions, and the new block differs", () => {
  const { ledger, faucet } = testChain();
  const alice = Account.generate();
  const hash = ledger.submit(signedTransfer(faucet, alice.accountAddress, 9n, { number: 0 }));
  const first = ledger.produce();
  ledger.reorganise(1);
  expect(ledger.blocks.head.height).toBe(0);
  expect(ledger.transactions.find(hash)).toBeUndefined();
  expect(readAptosBalance(ledger.state, bytesOf(alice))).toBe(0n);
  expect(ledger.pendingCount).toBe(1);
  const second = ledger.produce();
  expect(encodeHex(second.hash)).not.toBe(encodeHex(first.hash));
  expect(readAptosBalance(ledger.state, bytesOf(alice))).toBe(9n);
  ledger.reorganise(1, true);
  expect(ledger.pendingCount).toBe(0);
});

test("inputs alone make the same chain, through reorganisations and snapshots", () => {
  const chain = testChain();
  const { ledger, faucet, genesis, clock, advance } = chain;
  const inputs: LedgerInput[] = [];
  ledger.onInput((input) => inputs.push(input));
  const pay = (number: number, octas: bigint) =>
    ledger.submit(signedTransfer(faucet, Account.generate().accountAddress, octas, { number }));
  pay(0, 5n);
  ledger.produce();
  const snapshot = ledger.snapshot();
  for (let number = 1; number <= 4; number++) {
    advance(2);
    pay(number, 6n);
    ledger.produce();
  }
  ledger.restore(snapshot);
  expect(ledger.blocks.head.height).toBe(1);
  pay(1, 8n);
  ledger.produce();
  ledger.reorganise(1);
  advance(5);
  ledger.produce();
  const replayed = new MoveLedger({ clock, genesis, finalityDepth: 3 });
  for (const input of inputs) replayed.apply(input);
  expect(encodeHex(replayed.blocks.head.hash)).toBe(encodeHex(ledger.blocks.head.hash));
  expect(replayed.transactions.length).toBe(ledger.transactions.length);
  expect(decodeHex(encodeHex(replayed.blocks.head.hash))).toHaveLength(32);
});
