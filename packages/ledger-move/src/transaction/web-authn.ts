import { type ByteReader, concatBytes, decodeBase64, encodeHex, equalBytes } from "@dragoman/bytes";
import { sha3_256, sha256, verifyP256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";

/** What a passkey gave back: its signature, what it says of itself, and the JSON of what it was asked (WebAuthn, AuthenticatorAssertionResponse). */
export interface Assertion {
  /** 64 bytes: r and s. */
  readonly signature: Uint8Array;
  readonly authenticatorData: Uint8Array;
  readonly clientDataJson: Uint8Array;
}

const SIGNATURE_SIZE = 64;
/** Bytes of the three parts together (aptos-core `types/src/transaction/webauthn.rs`). */
const ASSERTION_MAX = 1024;
/** Half the order of P-256: a signature's `s` is in the lower half. */
const HALF_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n >> 1n;
const TYPES: readonly unknown[] = ["webauthn.get", "webauthn.create", "payment.get"];

/** Reads a PartialAuthenticatorAssertionResponse. Faults: MALFORMED_TRANSACTION. */
export function readAssertion(reader: ByteReader): Assertion {
  const { at } = reader;
  const variant = reader.uleb128(255);
  if (variant !== 0)
    refuse("MALFORMED_TRANSACTION", at, `assertion signature ${variant} is unknown`);
  const bytes = (): Uint8Array => reader.take(reader.uleb128(reader.bytes.length)).slice();
  const signature = bytes();
  if (signature.length !== SIGNATURE_SIZE) {
    refuse("MALFORMED_TRANSACTION", at, `${SIGNATURE_SIZE} bytes of a signature expected`);
  }
  return { signature, authenticatorData: bytes(), clientDataJson: bytes() };
}

/**
 * Whether the passkey with the public key `key` (65 bytes: 4, x, y) approved `message`: the challenge in its JSON is the message's SHA3-256, and it
 * signed its data and the JSON's SHA-256.
 */
export function verifyAssertion(
  assertion: Assertion,
  message: Uint8Array,
  key: Uint8Array,
): boolean {
  const { signature, authenticatorData, clientDataJson } = assertion;
  const size = signature.length + authenticatorData.length + clientDataJson.length;
  if (size > ASSERTION_MAX || key[0] !== 4) return false;
  const challenge = challengeOf(clientDataJson);
  if (challenge === undefined || !equalBytes(challenge, sha3_256(message))) return false;
  const signed = concatBytes(authenticatorData, sha256(clientDataJson));
  const [r, s] = [word(signature, 0), word(signature, 32)];
  if (s > HALF_ORDER) return false;
  return verifyP256(word(sha256(signed), 0), r, s, word(key, 1), word(key, 33));
}

/** The challenge in a CollectedClientData; undefined where the bytes are none. */
function challengeOf(json: Uint8Array): Uint8Array | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json);
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null) return undefined;
    const { type, challenge, origin } = data as Record<string, unknown>;
    if (!TYPES.includes(type) || typeof challenge !== "string" || typeof origin !== "string") {
      return undefined;
    }
    // Base64 in either alphabet, padded or not.
    return decodeBase64(challenge.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    // No UTF-8, no JSON, no base64.
    return undefined;
  }
}

const word = (bytes: Uint8Array, at: number): bigint =>
  BigInt(encodeHex(bytes.subarray(at, at + 32)));
