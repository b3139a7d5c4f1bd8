import { Account } from "@aptos-labs/ts-sdk";
import { FaultError } from "@dragoman/fault";
import { expect, test } from "vitest";
import { readAccount, readAptosBalance, readNonce } from "./resource.ts";
import { signedTransfer, TEST_START, testChain } from "./testing/test-chain.ts";

function status(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof FaultError) return error.fault.context?.status;
    throw error;
  }
  return "accepted";
}

/** A chain, and payments of its faucet with a nonce that expire so many seconds after the start. */
function orderlessChain() {
  const chain = testChain();
  const to = Account.generate().accountAddress;
  const from = chain.faucet.accountAddress.toUint8Array();
  const payment = (nonce: bigint, seconds: number, octas = 5n) =>
    signedTransfer(chain.faucet, to, octas, {
      number: 0xdeadbeef,
      nonce,
      expiration: TEST_START + seconds,
    });
  return {
    ...chain,
    payment,
    from,
    received: () => readAptosBalance(chain.ledger.state, to.toUint8Array()),
  };
}

test("orderless transactions need no number and leave the account's as it is", () => {
  const { ledger, faucet, payment, from, received } = orderlessChain();
  for (const nonce of [3n, 1n, 2n]) ledger.submit(payment(nonce, 60));
  ledger.submit(signedTransfer(faucet, faucet.accountAddress, 1n, { number: 0 }));
  expect(ledger.pendingCount).toBe(4);
  const { transactions } = ledger.produce();
  expect(transactions.map(({ kind, status: { kind: how } }) => `${kind} ${how}`)).toEqual([
    "metadata success",
    "user success",
    "user success",
    "user success",
    "user success",
  ]);
  expect(received()).toBe(15n);
  expect(readAccount(ledger.state, from).sequenceNumber).toBe(1n);
  expect(readNonce(ledger.state, from, 3n)).toBe(BigInt(TEST_START + 60));
  expect(readNonce(ledger.state, from, 4n)).toBeUndefined();
});

test("a nonce is in use until it expires, and for what expires less than 100 seconds later", () => {
  const { ledger, payment, advance, received } = orderlessChain();
  ledger.submit(payment(9n, 50));
  ledger.produce();
  const again = (seconds: number, octas: bigint) =>
    status(() => ledger.submit(payment(9n, seconds, octas)));
  expect(again(51, 6n)).toBe("NONCE_ALREADY_USED");
  advance(51);
  expect(again(150, 6n)).toBe("NONCE_ALREADY_USED");
  expect(again(151, 6n)).toBe("accepted");
  ledger.produce();
  expect(received()).toBe(11n);
});

test("an orderless transaction expires within 100 seconds", () => {
  const { ledger, payment } = orderlessChain();
  expect(status(() => ledger.submit(payment(1n, 101)))).toBe(
    "TRANSACTION_EXPIRATION_TOO_FAR_IN_FUTURE",
  );
  expect(status(() => ledger.submit(payment(1n, 100)))).toBe("accepted");
});

test("a payment that fails uses its nonce up and pays its fee", () => {
  const { ledger, payment, from } = orderlessChain();
  const before = readAptosBalance(ledger.state, from);
  const hash = ledger.submit(payment(5n, 60, 10n ** 18n));
  ledger.produce();
  expect(ledger.transactions.find(hash)?.status.kind).toBe("abort");
  expect(readAptosBalance(ledger.state, from)).toBeLessThan(before);
  expect(status(() => ledger.submit(payment(5n, 61, 1n)))).toBe("NONCE_ALREADY_USED");
});

test("of two that wait with one nonce the one that pays more for gas stays", () => {
  const { ledger, faucet, payment } = orderlessChain();
  ledger.submit(payment(5n, 60));
  expect(status(() => ledger.submit(payment(5n, 61)))).toBe("INVALID_UPDATE");
  const better = signedTransfer(faucet, faucet.accountAddress, 1n, {
    number: 0,
    nonce: 5n,
    expiration: TEST_START + 60,
    gasPrice: 200,
  });
  const hash = ledger.submit(better);
  expect(ledger.pendingCount).toBe(1);
  expect(ledger.produce().transactions[1]?.hash).toEqual(hash);
});

test("nonces that expired more than 100 seconds ago are forgotten, five at a time", () => {
  const { ledger, payment, advance, from } = orderlessChain();
  for (let nonce = 0n; nonce < 7n; nonce++) ledger.submit(payment(nonce, 60));
  ledger.produce();
  advance(161);
  ledger.submit(payment(50n, 200));
  ledger.produce();
  const known = () =>
    [0n, 1n, 2n, 3n, 4n, 5n, 6n, 50n].filter((nonce) => readNonce(ledger.state, from, nonce));
  expect(known()).toEqual([5n, 6n, 50n]);
  ledger.submit(payment(51n, 200));
  ledger.produce();
  expect(known()).toEqual([50n]);
});
