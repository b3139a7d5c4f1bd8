import { Keyring } from "@polkadot/keyring";
import { TypeRegistry } from "@polkadot/types";
import type { SignerPayloadJSON } from "@polkadot/types/types";
import { signatureVerify } from "@polkadot/util-crypto";
import { expect, test } from "vitest";
import { signerFromPair, signerFromSecret } from "./signer.ts";

const hash = `0x${"11".repeat(32)}` as const;
const payloadOf = (method: `0x${string}`): SignerPayloadJSON => ({
  address: "",
  blockHash: hash,
  blockNumber: "0x01",
  era: "0x0000",
  genesisHash: hash,
  method,
  nonce: "0x03",
  signedExtensions: ["CheckSpecVersion", "CheckTxVersion", "CheckGenesis", "CheckMortality"],
  specVersion: "0x01",
  tip: "0x00",
  transactionVersion: "0x01",
  version: 4,
});

test.each([
  ["sr25519", 1, "0x0007"],
  ["ed25519", 0, `0x${"ab".repeat(400)}`],
] as const)(
  "a %s signature is the pair's, over the payload or its hash",
  async (type, kind, method) => {
    const pair = new Keyring({ type }).addFromSeed(new Uint8Array(32).fill(7));
    const signer = signerFromPair(pair);
    const payload = payloadOf(method);
    const unsigned = {
      chain: "polkadot:11",
      encoding: "substrate-json",
      payload: JSON.stringify(payload),
    } as const;
    const signature = await signer.sign(unsigned);
    expect([signature.length, signature[0]]).toEqual([65, kind]);
    const registry = new TypeRegistry();
    registry.setSignedExtensions(payload.signedExtensions);
    const bytes = registry
      .createType("ExtrinsicPayload", payload, { version: 4 })
      .toU8a({ method: true });
    const message = bytes.length > 256 ? registry.hash(bytes) : bytes;
    expect(signatureVerify(message, signature, signer.address).isValid).toBe(true);
  },
);

test("a secret is a seed, and the address has the prefix 42", () => {
  // The secret seed of //Alice and her address, as `subkey inspect //Alice` prints them.
  const secret = "e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";
  expect(signerFromSecret(Buffer.from(secret, "hex")).address).toBe(
    "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
  );
});
