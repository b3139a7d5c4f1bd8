import { encodeHex } from "@dragoman/bytes";
import type { SignedTransaction, UnsignedTransaction } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import type { SignerPayloadJSON } from "@polkadot/types/types";
import { blake2AsU8a, signatureVerify } from "@polkadot/util-crypto";
import type { PolkadotNode } from "./polkadot-node.ts";

const DIRECT_BYTES_MAX = 256;

/**
 * Joins payload and MultiSignature to an extrinsic and names it by its hash. Fault: INVALID_TRANSACTION if the signature is not the sender's
 * over this payload.
 */
export function joinPolkadot(
  { api, chain }: PolkadotNode,
  unsigned: UnsignedTransaction,
  signature: Uint8Array,
  sender: string,
): SignedTransaction {
  const json = JSON.parse(unsigned.payload) as SignerPayloadJSON;
  const { version } = json;
  const payload = api.registry.createType("ExtrinsicPayload", json, { version });
  const bytes = payload.toU8a({ method: true });
  const message = bytes.length > DIRECT_BYTES_MAX ? blake2AsU8a(bytes, 256) : bytes;
  if (!isValid(message, signature, sender)) {
    refuse(
      "INVALID_TRANSACTION",
      undefined,
      `the signature is not the one of ${sender} over the transaction that was built`,
    );
  }
  const extrinsic = api.registry
    .createType("Extrinsic", { method: json.method }, { version })
    .addSignature(sender, encodeHex(signature), payload.toHex());
  return {
    chain,
    id: extrinsic.hash.toHex(),
    bytes: extrinsic.toU8a(),
    sender,
    ...(unsigned.nonce === undefined ? {} : { nonce: unsigned.nonce }),
    ...(unsigned.validUntil === undefined ? {} : { validUntil: unsigned.validUntil }),
  };
}

function isValid(message: Uint8Array, signature: Uint8Array, sender: string): boolean {
  try {
    return signatureVerify(message, signature, sender).isValid;
  } catch {
    // The client throws plain errors for what is no signature.
    return false;
  }
}
