import { type ByteReader, ByteWriter, concatBytes } from "@dragoman/bytes";
import {
  bitsOf,
  sha3_256,
  verifyEd25519,
  verifyMultiEd25519,
  verifySecp256k1,
} from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import { type Assertion, readAssertion, verifyAssertion } from "./web-authn.ts";

/** A key of a kind that the type names (aptos-core `types/src/transaction/authenticator.rs`, AnyPublicKey). */
export interface AnyKey {
  readonly type: "ed25519" | "secp256k1_ecdsa" | "secp256r1_ecdsa";
  readonly bytes: Uint8Array;
}

/** A signature of a kind that the type names (AnySignature). Passkeys are keys of the kind `secp256r1_ecdsa`. */
export type AnySignature =
  | { readonly type: "ed25519" | "secp256k1_ecdsa"; readonly bytes: Uint8Array }
  /** `bytes`: BCS of the assertion. */
  | { readonly type: "web_authn"; readonly bytes: Uint8Array; readonly assertion: Assertion };

/** How one account signs. */
export type AccountAuthenticator =
  | {
      readonly scheme: "ed25519" | "multi_ed25519";
      readonly publicKey: Uint8Array;
      readonly signature: Uint8Array;
    }
  | { readonly scheme: "single"; readonly key: AnyKey; readonly signature: AnySignature }
  | {
      readonly scheme: "multi";
      readonly keys: readonly AnyKey[];
      readonly signaturesRequired: number;
      readonly signatures: readonly AnySignature[];
      /** The first key's is the highest bit of the first byte. */
      readonly bitmap: Uint8Array;
    }
  /** Nobody: what a simulation may carry. */
  | { readonly scheme: "none" };

const VARIANTS = [
  "Ed25519",
  "MultiEd25519",
  "SingleKey",
  "MultiKey",
  "NoAccountAuthenticator",
  "Abstraction",
];
/** Kinds of keys by their variant, and their sizes. */
const KEY_TYPES = [
  ["ed25519", 32],
  ["secp256k1_ecdsa", 65],
  ["secp256r1_ecdsa", 65],
] as const;
/** Kinds of signatures by their variant. */
const SIGNATURE_TYPES = ["ed25519", "secp256k1_ecdsa", "web_authn"] as const;
const SIGNATURE_SIZE = 64;
/** Keys that one account may have (`MultiKey`, MAX_NUM_OF_SIGS of signatures and 32 keys). */
const KEYS_MAX = 32;

/** Reads an AccountAuthenticator. Faults: MALFORMED_TRANSACTION; INVALID_TRANSACTION for the schemes that this ledger does not verify. */
export function readAccountAuthenticator(reader: ByteReader): AccountAuthenticator {
  const { at } = reader;
  const variant = variantName(reader, VARIANTS);
  switch (variant) {
    case "Ed25519":
      return readEd25519(reader);
    case "MultiEd25519":
      return readMultiEd25519(reader);
    case "SingleKey": {
      const key = readKey(reader);
      return { scheme: "single", key, signature: readSignature(reader) };
    }
    case "MultiKey":
      return readMultiKey(reader);
    case "NoAccountAuthenticator":
      return { scheme: "none" };
    default:
      return unsupported(at, variant);
  }
}

export function readEd25519(reader: ByteReader): AccountAuthenticator {
  const publicKey = readSized(reader, 32);
  return { scheme: "ed25519", publicKey, signature: readSized(reader, 64) };
}

export function readMultiEd25519(reader: ByteReader): AccountAuthenticator {
  const publicKey = readBytes(reader);
  return { scheme: "multi_ed25519", publicKey, signature: readBytes(reader) };
}

function readMultiKey(reader: ByteReader): AccountAuthenticator {
  const keys = readList(reader, () => readKey(reader));
  const signaturesRequired = reader.u8();
  const signatures = readList(reader, () => readSignature(reader));
  return { scheme: "multi", keys, signaturesRequired, signatures, bitmap: readBytes(reader) };
}

function readKey(reader: ByteReader): AnyKey {
  const { at } = reader;
  const variant = reader.uleb128(255);
  const [type, size] = KEY_TYPES[variant] ?? unsupported(at, `AnyPublicKey ${variant}`);
  return { type, bytes: readSized(reader, size) };
}

function readSignature(reader: ByteReader): AnySignature {
  const { at } = reader;
  const variant = reader.uleb128(255);
  const type = SIGNATURE_TYPES[variant] ?? unsupported(at, `AnySignature ${variant}`);
  if (type !== "web_authn") return { type, bytes: readSized(reader, SIGNATURE_SIZE) };
  const start = reader.at;
  const assertion = readAssertion(reader);
  return { type, assertion, bytes: reader.bytes.slice(start, reader.at) };
}

/** The name of the variant that comes. Faults: MALFORMED_TRANSACTION. */
export function variantName(reader: ByteReader, names: readonly string[]): string {
  const { at } = reader;
  const index = reader.uleb128(255);
  return names[index] ?? refuse("MALFORMED_TRANSACTION", at, `authenticator ${index} is unknown`);
}

function unsupported(at: number, scheme: string): never {
  const message = `${scheme} is not supported: sign with Ed25519 or secp256k1 keys, or a passkey`;
  refuse("INVALID_TRANSACTION", at, message, { status: "FEATURE_UNDER_GATING" });
}

function readSized(reader: ByteReader, size: number): Uint8Array {
  const { at } = reader;
  const length = reader.uleb128(0xffff);
  if (length !== size) refuse("MALFORMED_TRANSACTION", at, `${size} bytes expected, not ${length}`);
  return reader.take(size).slice();
}

const readBytes = (reader: ByteReader): Uint8Array =>
  reader.take(reader.uleb128(reader.bytes.length)).slice();

export function readList<T>(reader: ByteReader, read: () => T): T[] {
  const list: T[] = [];
  for (let count = reader.uleb128(KEYS_MAX); count > 0; count--) list.push(read());
  return list;
}

/** Last bytes of what authentication keys are hashes of. */
const SCHEMES = { ed25519: 0, multi_ed25519: 1, single: 2, multi: 3 } as const;

/** The 32 bytes that an account keeps of who may sign for it; the address of an account that never rotated its key. */
export function authenticationKey(
  authenticator: Exclude<AccountAuthenticator, { scheme: "none" }>,
): Uint8Array {
  const scheme = Uint8Array.of(SCHEMES[authenticator.scheme]);
  return sha3_256(concatBytes(keyBytes(authenticator), scheme));
}

/** The key as it is hashed: its bytes, or the BCS of an AnyPublicKey or a MultiKey. */
function keyBytes(authenticator: Exclude<AccountAuthenticator, { scheme: "none" }>): Uint8Array {
  if ("publicKey" in authenticator) return authenticator.publicKey;
  const writer = new ByteWriter(128);
  if (authenticator.scheme === "single") {
    writeKey(writer, authenticator.key);
  } else {
    writer.uleb128(authenticator.keys.length);
    for (const key of authenticator.keys) writeKey(writer, key);
    writer.u8(authenticator.signaturesRequired);
  }
  return writer.finish();
}

function writeKey(writer: ByteWriter, { type, bytes }: AnyKey): void {
  writer.uleb128(KEY_TYPES.findIndex(([name]) => name === type));
  writer.uleb128(bytes.length);
  writer.bytes(bytes);
}

/** Whether the authenticator's signatures over `message` verify, as many as it needs. */
export function verifyAccountAuthenticator(
  authenticator: AccountAuthenticator,
  message: Uint8Array,
): boolean {
  switch (authenticator.scheme) {
    case "none":
      return false;
    case "ed25519":
      return verifyEd25519(authenticator.signature, message, authenticator.publicKey);
    case "multi_ed25519":
      return verifyMultiEd25519(authenticator.signature, message, authenticator.publicKey);
    case "single":
      return verifyAny(authenticator.key, authenticator.signature, message);
    default:
      return verifyMultiKey(authenticator, message);
  }
}

/** secp256k1 signs the SHA3-256 of the message. */
function verifyAny(key: AnyKey, signature: AnySignature, message: Uint8Array): boolean {
  if (signature.type === "web_authn") {
    const isPasskey = key.type === "secp256r1_ecdsa";
    return isPasskey && verifyAssertion(signature.assertion, message, key.bytes);
  }
  if (key.type !== signature.type) return false;
  return signature.type === "ed25519"
    ? verifyEd25519(signature.bytes, message, key.bytes)
    : verifySecp256k1(signature.bytes, sha3_256(message), key.bytes);
}

function verifyMultiKey(
  {
    keys,
    signatures,
    signaturesRequired,
    bitmap,
  }: Extract<AccountAuthenticator, { scheme: "multi" }>,
  message: Uint8Array,
): boolean {
  const signers = bitsOf(bitmap);
  const isSized = signers.length === signatures.length && signers.length >= signaturesRequired;
  if (!isSized || signaturesRequired < 1 || keys.length < signaturesRequired) return false;
  return signers.every((signer, index) => {
    const [key, signature] = [keys[signer], signatures[index]];
    return key !== undefined && signature !== undefined && verifyAny(key, signature, message);
  });
}
