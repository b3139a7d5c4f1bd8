import { verifyEd25519 } from "@dragoman/crypto";
import { GatewayClient } from "@dragoman/sdk";
import { Keypair, PublicKey, SystemProgram, TransactionMessage } from "@solana/web3.js";
import { expect, test } from "vitest";
import { createMarketAccount } from "./create-market-account.ts";
import { signerFromKeypair, signerFromSecret } from "./signer.ts";

const SECRET = new Uint8Array(32).fill(7);
const keypair = Keypair.fromSeed(SECRET);

function message(payerKey: PublicKey): TransactionMessage {
  const instruction = SystemProgram.transfer({
    ...{ fromPubkey: payerKey, toPubkey: PublicKey.default, lamports: 1 },
  });
  const recentBlockhash = PublicKey.default.toBase58();
  return new TransactionMessage({ payerKey, recentBlockhash, instructions: [instruction] });
}

const unsigned = (bytes: Uint8Array) =>
  ({
    chain: "solana:test",
    encoding: "solana-message",
    payload: Buffer.from(bytes).toString("base64"),
  }) as const;

test("legacy and v0 messages are signed with the key's Ed25519 signature", async () => {
  const own = message(keypair.publicKey);
  for (const bytes of [
    own.compileToLegacyMessage().serialize(),
    own.compileToV0Message().serialize(),
  ]) {
    for (const signer of [
      signerFromKeypair(keypair),
      signerFromSecret(SECRET),
      signerFromSecret(keypair.secretKey),
    ]) {
      expect(signer.address).toBe(keypair.publicKey.toBase58());
      const signature = await signer.sign(unsigned(bytes));
      expect(verifyEd25519(signature, bytes, keypair.publicKey.toBytes())).toBe(true);
    }
  }
});

test("a message that does not ask for the key is not signed", async () => {
  const other = Keypair.generate().publicKey;
  const bytes = message(other).compileToV0Message().serialize();
  await expect(signerFromSecret(SECRET).sign(unsigned(bytes))).rejects.toThrow(
    "Cannot sign with non signer key",
  );
});

test("a market account is named by chain and address", () => {
  const gateway = new GatewayClient({ url: "http://127.0.0.1:1/graphql" });
  const account = createMarketAccount({ gateway, chain: "solana:test", keypair });
  expect(account.id).toBe(`solana:test:${keypair.publicKey.toBase58()}`);
});
