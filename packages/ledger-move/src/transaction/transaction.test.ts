import { Account } from "@aptos-labs/ts-sdk";
import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { expect, test } from "vitest";
import { signedTransfer, testChain } from "../testing/test-chain.ts";
import { decodeTransaction } from "./transaction.ts";

const { ledger, faucet } = testChain();
const valid = signedTransfer(faucet, Account.generate().accountAddress, 5n, { number: 0 });

function isRefused(bytes: Uint8Array): boolean {
  try {
    ledger.submit(bytes);
    return false;
  } catch (error) {
    if (error instanceof FaultError) return true;
    throw error;
  }
}

test("no changed byte and no cut of a signed transaction is accepted", () => {
  for (let at = 0; at < valid.length; at++) {
    const changed = valid.slice();
    changed[at] = (changed[at] as number) ^ 0x41;
    expect(isRefused(changed), `byte ${at}`).toBe(true);
    expect(isRefused(valid.subarray(0, at)), `cut at ${at}`).toBe(true);
  }
  expect(ledger.pendingCount).toBe(0);
});

test("arbitrary bytes are refused with a fault", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => isRefused(bytes)));
});

test("fields are those that ts-sdk wrote", () => {
  expect(decodeTransaction(valid)).toMatchObject({
    sender: faucet.accountAddress.toUint8Array(),
    sequenceNumber: 0n,
    maxGasAmount: 100_000n,
    gasUnitPrice: 100n,
    chainId: 4,
    payload: { kind: "entry", module: "aptos_account", function: "transfer", typeArguments: [] },
    authenticator: {
      kind: "single",
      sender: { scheme: "ed25519", publicKey: faucet.publicKey.toUint8Array() },
    },
  });
});
