import { verifyEd25519 } from "@dragoman/crypto";
import { verify as verifySr25519 } from "@scure/sr25519";
import type { MultiSignature } from "../runtime/primitives.ts";

/** Whether the account, a public key of 32 bytes, made the signature. ECDSA signatures are not supported and never right. */
export function verifySignature(
  { type, value: [signature] }: MultiSignature,
  message: Uint8Array,
  account: Uint8Array,
): boolean {
  if (type === "Ed25519") return verifyEd25519(signature, message, account);
  if (type === "Ecdsa") return false;
  try {
    return verifySr25519(message, signature, account);
  } catch {
    // The library throws plain errors for bytes that are no point or no scalar.
    return false;
  }
}
