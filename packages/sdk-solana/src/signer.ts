import type { ChainSigner, UnsignedTransaction } from "@dragoman/chain";
import { assert } from "@dragoman/fault";
import { Keypair, VersionedMessage, VersionedTransaction } from "@solana/web3.js";

/** Signs the payload of an unsigned transaction: the bytes of a message, legacy or v0. */
function signMessage(keypair: Keypair, { encoding, payload }: UnsignedTransaction): Uint8Array {
  assert(encoding === "solana-message", "a Solana signer signs Solana messages");
  const message = VersionedMessage.deserialize(Uint8Array.from(Buffer.from(payload, "base64")));
  const transaction = new VersionedTransaction(message);
  // Throws if the key is none of the message's signers.
  transaction.sign([keypair]);
  const index = message.staticAccountKeys.findIndex((key) => key.equals(keypair.publicKey));
  return transaction.signatures[index]!;
}

/** A signer from web3.js's own object. Its signatures have 64 bytes. */
export const signerFromKeypair = (keypair: Keypair): ChainSigner => ({
  address: keypair.publicKey.toBase58(),
  sign: async (unsigned) => signMessage(keypair, unsigned),
});

/** A signer from an Ed25519 secret: 32 bytes, or 64 with the public key behind them, as Solana's key files hold it. */
export const signerFromSecret = (secret: Uint8Array): ChainSigner =>
  signerFromKeypair(
    secret.length === 64 ? Keypair.fromSecretKey(secret) : Keypair.fromSeed(secret),
  );
