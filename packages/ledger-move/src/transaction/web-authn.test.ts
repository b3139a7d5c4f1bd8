import { ByteReader, concatBytes, decodeBase64, decodeHex } from "@dragoman/bytes";
import { expect, test } from "vitest";
import { signingMessage } from "./authenticator.ts";
import { type Assertion, readAssertion, verifyAssertion } from "./web-authn.ts";

// What a passkey made for a coin transfer (aptos-core `types/src/transaction/webauthn.rs`, tests).
const ATTESTATION =
  "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViYSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NdAAAAAAAAAAAAAAAAAAAAAAAAAAAAFG_FKuGMNWGiFATwhbpPPcm-wkFLpQECAyYgASFYIMXShkyn1SgV8l9FKzTdChTDgnn9HB2TuXHLf1GA_VuGIlggRj8IW2yK6AcefsrfbM_6WIqK5CTVpkhtT8WFRvUAfcg";
const one = `${"00".repeat(31)}01`;
const RAW = decodeHex(
  `0x${one}0000000000000000` +
    `02${one}0d6170746f735f6163636f756e740e7472616e736665725f636f696e7301` +
    `07${one}0a6170746f735f636f696e094170746f73436f696e00` +
    `0220${one}08e803000000000000` +
    "e8030000000000006400000000000000807417bcbe00000059",
);
const ASSERTION: Assertion = {
  signature: decodeHex(
    "0x71a8d884e7f00c27b810f6e6a68e46758302039b2c57ecc0c01c6e02218f11c8" +
      "3edd66e393187e600aa8c7b8550b03d418940c763c747b75e49f8beb8206723c",
  ),
  authenticatorData: decodeHex(
    "0x49960de5880e8c687434170f6476605b8fe4aeb9a28632c7995cf3ba831d97631d00000000",
  ),
  clientDataJson: new TextEncoder().encode(
    '{"type":"webauthn.get","challenge":"eUf1aXwdtHKnIYUXkTgHxmWtYQ_U0c3O8Ldmx3PTA_g","origin":"http://localhost:5173","crossOrigin":false}',
  ),
};

/** The key in the attestation: in COSE, x is behind 21 58 20 and y behind 22 58 20. */
function publicKey(): Uint8Array {
  const bytes = decodeBase64(ATTESTATION.replaceAll("-", "+").replaceAll("_", "/"));
  const part = (label: number): Uint8Array => {
    const at = bytes.findIndex(
      (byte, index) => byte === label && bytes[index + 1] === 0x58 && bytes[index + 2] === 0x20,
    );
    return bytes.slice(at + 3, at + 35);
  };
  return concatBytes(Uint8Array.of(4), part(0x21), part(0x22));
}

const verify = (change: Partial<Assertion> = {}, raw = RAW, key = publicKey()) =>
  verifyAssertion({ ...ASSERTION, ...change }, signingMessage(raw), key);

test("what a passkey signed verifies", () => {
  expect(verify()).toBe(true);
});

test("another transaction, key, signature, origin or device data does not", () => {
  const flip = (bytes: Uint8Array, at: number) =>
    bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
  expect(verify({}, flip(RAW, 40))).toBe(false);
  expect(verify({}, RAW, flip(publicKey(), 3))).toBe(false);
  expect(verify({ signature: flip(ASSERTION.signature, 10) })).toBe(false);
  expect(verify({ authenticatorData: flip(ASSERTION.authenticatorData, 33) })).toBe(false);
  const text = new TextDecoder().decode(ASSERTION.clientDataJson);
  const json = (changed: string) => ({ clientDataJson: new TextEncoder().encode(changed) });
  expect(verify(json(text.replace("5173", "5174")))).toBe(false);
  expect(verify(json(text.replace("webauthn.get", "other")))).toBe(false);
  expect(verify(json(text.slice(1)))).toBe(false);
});

test("the same signature with a high s does not", () => {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const hex = Buffer.from(ASSERTION.signature.subarray(32)).toString("hex");
  const high = (order - BigInt(`0x${hex}`)).toString(16).padStart(64, "0");
  const signature = concatBytes(ASSERTION.signature.subarray(0, 32), decodeHex(`0x${high}`));
  expect(verify({ signature })).toBe(false);
});

test("more than 1,024 bytes do not", () => {
  expect(verify({ authenticatorData: new Uint8Array(900) })).toBe(false);
});

test("an assertion of another kind or size is malformed", () => {
  expect(() => readAssertion(new ByteReader(Uint8Array.of(1)))).toThrow(/assertion signature 1/);
  expect(() => readAssertion(new ByteReader(Uint8Array.of(0, 1, 5)))).toThrow(/64 bytes/);
});
