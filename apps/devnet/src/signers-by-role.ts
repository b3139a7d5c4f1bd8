import type { ChainSigner } from "@dragoman/chain";
import { type DevnetRole, devnetSecret } from "./secrets.ts";

/** Signers of the roles on one chain. Each is made once: deriving keys takes milliseconds. */
export function signersByRole(
  signerFromSecret: (secret: Uint8Array) => ChainSigner,
): (role: DevnetRole) => ChainSigner {
  const signers = new Map<DevnetRole, ChainSigner>();
  return (role) => {
    let signer = signers.get(role);
    if (signer === undefined) {
      signer = signerFromSecret(devnetSecret(role));
      signers.set(role, signer);
    }
    return signer;
  };
}
