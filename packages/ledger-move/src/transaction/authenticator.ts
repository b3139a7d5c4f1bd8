import { type ByteReader, ByteWriter, concatBytes } from "@dragoman/bytes";
import { sha3_256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import {
  type AccountAuthenticator,
  readAccountAuthenticator,
  readEd25519,
  readList,
  readMultiEd25519,
  variantName,
  verifyAccountAuthenticator,
} from "./account-authenticator.ts";

/** An account other than the sender that signs a transaction. */
export interface Cosigner {
  readonly address: Uint8Array;
  readonly authenticator: AccountAuthenticator;
}

/** Who signed a transaction, and how (aptos-core `types/src/transaction/authenticator.rs`). */
export interface Authenticator {
  readonly kind: "single" | "multi_agent" | "fee_payer";
  readonly sender: AccountAuthenticator;
  /** Whose signers the transaction's function gets behind the sender's. */
  readonly secondary: readonly Cosigner[];
  /** Who pays the fee in the sender's stead. */
  readonly feePayer: Cosigner | undefined;
}

const VARIANTS = ["Ed25519", "MultiEd25519", "MultiAgent", "FeePayer", "SingleSender"];
const ADDRESS_SIZE = 32;

const alone = (sender: AccountAuthenticator): Authenticator => ({
  kind: "single",
  sender,
  secondary: [],
  feePayer: undefined,
});

/**
 * Reads a TransactionAuthenticator. Faults: MALFORMED_TRANSACTION, INVALID_TRANSACTION for schemes that this ledger does not verify; the context's
 * status of as many addresses as signers is SECONDARY_KEYS_ADDRESSES_COUNT_MISMATCH where they are not.
 */
export function readAuthenticator(reader: ByteReader): Authenticator {
  switch (variantName(reader, VARIANTS)) {
    case "Ed25519":
      return alone(readEd25519(reader));
    case "MultiEd25519":
      return alone(readMultiEd25519(reader));
    case "MultiAgent":
      return { kind: "multi_agent", ...readAgents(reader), feePayer: undefined };
    case "FeePayer": {
      const agents = readAgents(reader);
      const address = reader.take(ADDRESS_SIZE).slice();
      const authenticator = readAccountAuthenticator(reader);
      return { kind: "fee_payer", ...agents, feePayer: { address, authenticator } };
    }
    default:
      return alone(readAccountAuthenticator(reader));
  }
}

function readAgents(reader: ByteReader): Pick<Authenticator, "sender" | "secondary"> {
  const sender = readAccountAuthenticator(reader);
  const addresses = readList(reader, () => reader.take(ADDRESS_SIZE).slice());
  const { at } = reader;
  const authenticators = readList(reader, () => readAccountAuthenticator(reader));
  if (addresses.length !== authenticators.length) {
    const message = `${addresses.length} secondary addresses, ${authenticators.length} signers`;
    const status = "SECONDARY_KEYS_ADDRESSES_COUNT_MISMATCH";
    refuse("INVALID_TRANSACTION", at, message, { status });
  }
  const secondary = addresses.map((address, index) => ({
    address,
    authenticator: authenticators[index] as AccountAuthenticator,
  }));
  return { sender, secondary };
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

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const RAW_PREFIX = sha3_256(ascii("APTOS::RawTransaction"));
const WITH_DATA_PREFIX = sha3_256(ascii("APTOS::RawTransactionWithData"));
const ZERO = new Uint8Array(ADDRESS_SIZE);

/** What a key signs for a transaction that one account signs: the domain of raw transactions and the BCS of this one. */
export const signingMessage = (rawBytes: Uint8Array): Uint8Array =>
  concatBytes(RAW_PREFIX, rawBytes);

/** What each of several accounts signs: the raw transaction, the others' addresses, and the payer's where there is one. */
export function agentsMessage(
  rawBytes: Uint8Array,
  secondary: readonly Uint8Array[],
  feePayer: Uint8Array | undefined,
): Uint8Array {
  const writer = new ByteWriter(rawBytes.length + 128);
  writer.bytes(WITH_DATA_PREFIX);
  writer.u8(feePayer === undefined ? 0 : 1);
  writer.bytes(rawBytes);
  writer.uleb128(secondary.length);
  for (const address of secondary) writer.bytes(address);
  if (feePayer !== undefined) writer.bytes(feePayer);
  return writer.finish();
}

/**
 * Whether everybody's signature over the transaction verifies. A fee payer signs with its address; the others may have signed before it was known, with
 * the address 0x0 instead.
 */
export function verifyAuthenticator(authenticator: Authenticator, rawBytes: Uint8Array): boolean {
  const { kind, sender, secondary, feePayer } = authenticator;
  if (kind === "single") return verifyAccountAuthenticator(sender, signingMessage(rawBytes));
  const addresses = secondary.map(({ address }) => address);
  const message = agentsMessage(rawBytes, addresses, feePayer?.address);
  const messages =
    feePayer === undefined ? [message] : [message, agentsMessage(rawBytes, addresses, ZERO)];
  const verifies = (one: AccountAuthenticator): boolean =>
    messages.some((text) => verifyAccountAuthenticator(one, text));
  return (
    verifies(sender) &&
    secondary.every((one) => verifies(one.authenticator)) &&
    (feePayer === undefined || verifyAccountAuthenticator(feePayer.authenticator, message))
  );
}
