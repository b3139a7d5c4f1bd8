import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import {
  Account,
  AccountAuthenticator,
  AccountAuthenticatorEd25519,
  ChainId,
  Deserializer,
  EntryFunction,
  generateSigningMessageForTransaction,
  RawTransaction,
  SimpleTransaction,
  TransactionPayloadEntryFunction,
} from "@aptos-labs/ts-sdk";
import { encodeHex } from "@dragoman/bytes";
import type { UnsignedTransaction } from "@dragoman/chain";
import { expect, test } from "vitest";
import { signerFromAccount, signerFromSecret } from "./move-signer.ts";

function unsignedOf(account: Account): { unsigned: UnsignedTransaction; raw: RawTransaction } {
  const fn = EntryFunction.build(
    "0x1::aptos_account",
    "create_account",
    [],
    [account.accountAddress],
  );
  const payload = new TransactionPayloadEntryFunction(fn);
  const raw = new RawTransaction(
    account.accountAddress,
    3n,
    payload,
    9n,
    100n,
    77n,
    new ChainId(4),
  );
  const payloadHex = encodeHex(raw.bcsToBytes());
  return { raw, unsigned: { chain: "aptos:4", encoding: "aptos-bcs", payload: payloadHex } };
}

test("the signature is an authenticator that ts-sdk verifies for the transaction", async () => {
  const account = Account.generate();
  const { unsigned, raw } = unsignedOf(account);
  const signer = signerFromAccount(account);
  expect(signer.address).toBe(account.accountAddress.toString());
  const bytes = await signer.sign(unsigned);
  const authenticator = AccountAuthenticator.deserialize(new Deserializer(bytes));
  if (!(authenticator instanceof AccountAuthenticatorEd25519)) throw new Error("not Ed25519");
  const message = generateSigningMessageForTransaction(new SimpleTransaction(raw));
  const { public_key: key, signature } = authenticator;
  expect(key.verifySignature({ message, signature })).toBe(true);
});

test("a secret's address is SHA3-256 of its Ed25519 key and the scheme 0", () => {
  // DER of an Ed25519 private key (RFC 8410) is this prefix and the seed.
  const seed = new Uint8Array(32).fill(1);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
  const raw = key.export({ format: "der", type: "spki" }).subarray(-32);
  const hash = createHash("sha3-256").update(raw).update(Uint8Array.of(0)).digest("hex");
  expect(signerFromSecret(seed).address).toBe(`0x${hash}`);
});

test("another account's transaction and another chain's are refused", async () => {
  const signer = signerFromAccount(Account.generate());
  const { unsigned } = unsignedOf(Account.generate());
  await expect(signer.sign(unsigned)).rejects.toThrow("INVALID_TRANSACTION");
  await expect(signer.sign({ ...unsigned, encoding: "evm-json" })).rejects.toThrow(
    "a transaction of Aptos is wanted",
  );
});
