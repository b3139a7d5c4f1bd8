import type { ChainSigner } from "@dragoman/chain";
import { Keyring } from "@polkadot/keyring";
import type { KeyringPair } from "@polkadot/keyring/types";
import { TypeRegistry } from "@polkadot/types";
import type { SignerPayloadJSON } from "@polkadot/types/types";
import { hexToU8a } from "@polkadot/util";
import { encodeAddress } from "@polkadot/util-crypto";

/** SS58 prefix of addresses that no chain in particular has. */
const SS58_PREFIX = 42;

/** Signs with a pair of a keyring, sr25519 or ed25519. Its address is written with the prefix 42. */
export function signerFromPair(pair: KeyringPair): ChainSigner {
  const registry = new TypeRegistry();
  return {
    address: encodeAddress(pair.publicKey, SS58_PREFIX),
    async sign({ payload }) {
      const json = JSON.parse(payload) as SignerPayloadJSON;
      registry.setSignedExtensions(json.signedExtensions);
      const { version } = json;
      const { signature } = registry.createType("ExtrinsicPayload", json, { version }).sign(pair);
      return hexToU8a(signature);
    },
  };
}

/** Signs with an sr25519 seed of 32 bytes. */
export const signerFromSecret = (secret: Uint8Array): ChainSigner =>
  signerFromPair(new Keyring({ type: "sr25519", ss58Format: SS58_PREFIX }).addFromSeed(secret));
