import { encodeBase58 } from "@dragoman/bytes";
import { ChainError, type SignedTransaction, type UnsignedTransaction } from "@dragoman/chain";
import { verifyEd25519 } from "@dragoman/crypto";
import { VersionedMessage, VersionedTransaction } from "@solana/web3.js";

/** Joins a message and the only signature that it needs. Throws a ChainError `refused` if that is not the sender's. */
export function joinSignature(
  { chain, encoding, payload, validUntil }: UnsignedTransaction,
  signature: Uint8Array,
  sender: string,
): SignedTransaction {
  const refused = (message: string): ChainError => new ChainError(chain, "refused", message);
  if (encoding !== "solana-message") throw refused(`a message of encoding ${encoding}`);
  const bytes = Uint8Array.from(Buffer.from(payload, "base64"));
  const message = VersionedMessage.deserialize(bytes);
  const [payer] = message.staticAccountKeys;
  if (message.header.numRequiredSignatures !== 1 || payer?.toBase58() !== sender) {
    throw refused(`the message needs other signatures than that of ${sender}`);
  }
  if (!verifyEd25519(signature, bytes, payer.toBytes())) {
    throw refused(`the signature is not that of ${sender}`);
  }
  return {
    chain,
    id: encodeBase58(signature),
    bytes: new VersionedTransaction(message, [signature]).serialize(),
    sender,
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}
