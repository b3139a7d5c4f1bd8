import { ByteReader, ByteWriter, encodeHex } from "@dragoman/bytes";
import { verifyEd25519 } from "@dragoman/crypto";
import { FaultError, refuse } from "@dragoman/fault";
import { decodeMessage, readCompact, type SvmMessage, writeCompact } from "./message.ts";

/** Bytes of a transaction at most: one network packet. */
export const TRANSACTION_BYTES_MAX = 1232;

/** A transaction as it came over the wire. Its first signature is its identifier. */
export interface SvmTransactionEnvelope {
  readonly wire: Uint8Array;
  /** 64 bytes each. */
  readonly signatures: readonly Uint8Array[];
  /** Signed bytes. */
  readonly messageBytes: Uint8Array;
  readonly message: SvmMessage;
}

/**
 * Decodes a transaction: signatures, then the message. Signatures are not verified.
 *
 * Faults: MALFORMED_TRANSACTION, INVALID_TRANSACTION.
 */
export function decodeTransaction(wire: Uint8Array): SvmTransactionEnvelope {
  if (wire.length > TRANSACTION_BYTES_MAX) {
    refuse(
      "MALFORMED_TRANSACTION",
      TRANSACTION_BYTES_MAX,
      `the transaction has ${wire.length} bytes; ${TRANSACTION_BYTES_MAX} fit in a packet`,
    );
  }
  const reader = new ByteReader(wire);
  const signatures = readSignatures(reader);
  const messageBytes = wire.subarray(reader.at);
  const message = decodeMessage(messageBytes);
  if (signatures.length !== message.requiredSignatures) {
    const wanted = message.requiredSignatures;
    refuse("MALFORMED_TRANSACTION", 0, `${signatures.length} signatures; ${wanted} are required`);
  }
  return { wire, signatures, messageBytes, message };
}

function readSignatures(reader: ByteReader): Uint8Array[] {
  try {
    return Array.from({ length: readCompact(reader) }, () => reader.take(64));
  } catch (error) {
    if (error instanceof FaultError) {
      refuse("MALFORMED_TRANSACTION", error.fault.at, "the signatures are cut");
    }
    throw error;
  }
}

export function encodeTransaction(
  signatures: readonly Uint8Array[],
  messageBytes: Uint8Array,
): Uint8Array {
  const writer = new ByteWriter();
  writeCompact(writer, signatures.length);
  for (const signature of signatures) writer.bytes(signature);
  writer.bytes(messageBytes);
  return writer.finish();
}

/** Whether every required key has signed the message. */
export function hasValidSignatures(transaction: SvmTransactionEnvelope): boolean {
  const { signatures, messageBytes, message } = transaction;
  return signatures.every((signature, index) =>
    verifyEd25519(signature, messageBytes, message.keys[index]!),
  );
}

/** Identifier of a transaction as a key of maps. */
export const signatureName = ({ signatures }: SvmTransactionEnvelope): string =>
  encodeHex(signatures[0]!);
