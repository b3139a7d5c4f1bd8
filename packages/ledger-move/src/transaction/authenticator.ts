import { type ByteReader, ByteWriter, concatBytes } from "@dragoman/bytes";
import { sha3_256, verifyEd25519 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";

/** Who signed a transaction, and how (aptos-core `types/src/transaction/authenticator.rs`). */
export type Authenticator =
  | {
      /** `single`: the key inside an `AnyPublicKey`, which gives another authentication key. */
      readonly scheme: "ed25519" | "single";
      readonly publicKey: Uint8Array;
      readonly signature: Uint8Array;
    }
  /** Nobody: what a simulation may carry. */
  | { readonly scheme: "none" };

const TRANSACTION_VARIANTS = ["Ed25519", "MultiEd25519", "MultiAgent", "FeePayer", "SingleSender"];
const ACCOUNT_VARIANTS = [
  "Ed25519",
  "MultiEd25519",
  "SingleKey",
  "MultiKey",
  "NoAccountAuthenticator",
  "Abstraction",
];

/**
 * Reads a TransactionAuthenticator: Ed25519, or a single sender with an Ed25519 key of either kind. Faults: MALFORMED_TRANSACTION,
 * INVALID_TRANSACTION for the schemes that this ledger does not verify.
 */
export function readAuthenticator(reader: ByteReader): Authenticator {
  const { at } = reader;
  const variant = variantName(reader, TRANSACTION_VARIANTS);
  if (variant === "Ed25519") return readEd25519(reader);
  if (variant === "SingleSender") return readAccountAuthenticator(reader);
  return unsupported(at, variant);
}

/** Reads an AccountAuthenticator. Faults as {@link readAuthenticator}. */
export function readAccountAuthenticator(reader: ByteReader): Authenticator {
  const { at } = reader;
  const variant = variantName(reader, ACCOUNT_VARIANTS);
  if (variant === "Ed25519") return readEd25519(reader);
  if (variant === "NoAccountAuthenticator") return { scheme: "none" };
  if (variant !== "SingleKey") return unsupported(at, variant);
  const key = reader.uleb128(255);
  if (key !== 0) unsupported(at, `AnyPublicKey ${key}`);
  const publicKey = readSized(reader, 32);
  const kind = reader.uleb128(255);
  if (kind !== 0) unsupported(at, `AnySignature ${kind}`);
  return { scheme: "single", publicKey, signature: readSized(reader, 64) };
}

function variantName(reader: ByteReader, names: readonly string[]): string {
  const { at } = reader;
  const index = reader.uleb128(255);
  return names[index] ?? refuse("MALFORMED_TRANSACTION", at, `authenticator ${index} is unknown`);
}

function unsupported(at: number, scheme: string): never {
  refuse("INVALID_TRANSACTION", at, `${scheme} is not supported: sign with one Ed25519 key`, {
    status: "FEATURE_UNDER_GATING",
  });
}

function readEd25519(reader: ByteReader): Authenticator {
  const publicKey = readSized(reader, 32);
  return { scheme: "ed25519", publicKey, signature: readSized(reader, 64) };
}

function readSized(reader: ByteReader, size: number): Uint8Array {
  const { at } = reader;
  const length = reader.uleb128(0xffff);
  if (length !== size) refuse("MALFORMED_TRANSACTION", at, `${size} bytes expected, not ${length}`);
  return reader.take(size).slice();
}

/** BCS of the TransactionAuthenticator of one Ed25519 key. */
export function writeEd25519Authenticator(
  publicKey: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  const writer = new ByteWriter(100);
  writer.u8(0);
  writer.uleb128(publicKey.length);
  writer.bytes(publicKey);
  writer.uleb128(signature.length);
  writer.bytes(signature);
  return writer.finish();
}

const ED25519_SCHEME = 0;
const SINGLE_KEY_SCHEME = 2;

/** The 32 bytes that an account keeps of the key that may sign for it; the address of an account that never rotated its key. */
export function authenticationKey(scheme: "ed25519" | "single", publicKey: Uint8Array): Uint8Array {
  return scheme === "ed25519"
    ? sha3_256(concatBytes(publicKey, Uint8Array.of(ED25519_SCHEME)))
    : sha3_256(concatBytes(Uint8Array.of(0, 32), publicKey, Uint8Array.of(SINGLE_KEY_SCHEME)));
}

/** Whether the authenticator carries a signature over `message` that verifies. */
export function verifyAuthenticator(authenticator: Authenticator, message: Uint8Array): boolean {
  if (authenticator.scheme === "none") return false;
  return verifyEd25519(authenticator.signature, message, authenticator.publicKey);
}
