import { encodeHex } from "@dragoman/bytes";
import { bitsOf } from "@dragoman/crypto";
import {
  type AccountAuthenticator,
  type Authenticator,
  standardAddress,
} from "@dragoman/ledger-move";

type Json = Record<string, unknown>;

const ED25519_KEY = 32;
const ED25519_SIGNATURE = 64;

/** Who signed a transaction, as a node shows it (aptos-core `api/types/src/transaction.rs`, TransactionSignature). */
export function signatureJson({ kind, sender, secondary, feePayer }: Authenticator): Json {
  if (kind === "single") {
    return sender.scheme === "none"
      ? { type: "single_sender", signature: { type: "no_account_signature" } }
      : accountSignatureJson(sender);
  }
  const agents = {
    sender: accountSignatureJson(sender),
    secondary_signer_addresses: secondary.map(({ address }) => standardAddress(address)),
    secondary_signers: secondary.map((one) => accountSignatureJson(one.authenticator)),
  };
  if (feePayer === undefined) return { type: "multi_agent_signature", ...agents };
  return {
    type: "fee_payer_signature",
    ...agents,
    fee_payer_address: standardAddress(feePayer.address),
    fee_payer_signer: accountSignatureJson(feePayer.authenticator),
  };
}

function accountSignatureJson(authenticator: AccountAuthenticator): Json {
  switch (authenticator.scheme) {
    case "none":
      return { type: "no_account_signature" };
    case "ed25519":
      return {
        type: "ed25519_signature",
        public_key: encodeHex(authenticator.publicKey),
        signature: encodeHex(authenticator.signature),
      };
    case "multi_ed25519":
      return multiEd25519Json(authenticator.publicKey, authenticator.signature);
    case "single":
      return {
        type: "single_key_signature",
        public_key: typed(authenticator.key),
        signature: typed(authenticator.signature),
      };
    default: {
      const signers = bitsOf(authenticator.bitmap);
      return {
        type: "multi_key_signature",
        public_keys: authenticator.keys.map(typed),
        signatures: authenticator.signatures.map((signature, at) => ({
          index: signers[at] ?? at,
          signature: typed(signature),
        })),
        signatures_required: authenticator.signaturesRequired,
      };
    }
  }
}

const typed = ({ type, bytes }: { readonly type: string; readonly bytes: Uint8Array }): Json => ({
  type,
  value: encodeHex(bytes),
});

function multiEd25519Json(publicKey: Uint8Array, signature: Uint8Array): Json {
  const parts = (bytes: Uint8Array, size: number): string[] =>
    Array.from({ length: Math.floor(bytes.length / size) }, (_, at) =>
      encodeHex(bytes.subarray(at * size, (at + 1) * size)),
    );
  return {
    type: "multi_ed25519_signature",
    public_keys: parts(publicKey, ED25519_KEY),
    signatures: parts(signature, ED25519_SIGNATURE),
    threshold: publicKey[publicKey.length - 1] ?? 0,
    bitmap: encodeHex(signature.subarray(-4)),
  };
}
