import { ByteReader, ByteWriter, encodeHex } from "@dragoman/bytes";
import { verifyEd25519, verifyEd25519OffThread } from "@dragoman/crypto";
import { FaultError, refuse } from "@dragoman/fault";
import { decodeMessage, readCompact, type SvmMessage, writeCompact } from "./message.ts";
import { V1_FIRST_BYTE, V1_MAX } from "./message-v1.ts";

/** Bytes of a legacy or version 0 transaction at most: one network packet. */
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
 * Decodes a transaction: signatures, then the message, or the other way round in version 1. Signatures are not verified.
 *
 * Faults: MALFORMED_TRANSACTION, INVALID_TRANSACTION.
 */
export function decodeTransaction(wire: Uint8Array): SvmTransactionEnvelope {
  if (wire[0] === V1_FIRST_BYTE) return decodeTransactionV1(wire);
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

const SIGNATURE_BYTES = 64;

/** Version 1: the message, then as many signatures as its header asks for. */
function decodeTransactionV1(wire: Uint8Array): SvmTransactionEnvelope {
  if (wire.length > V1_MAX.BYTES) {
    refuse("MALFORMED_TRANSACTION", V1_MAX.BYTES, `${wire.length} bytes are too many`);
  }
  const messageEnd = wire.length - (wire[1] ?? 0) * SIGNATURE_BYTES;
  if (messageEnd < 0) refuse("MALFORMED_TRANSACTION", 1, "the signatures are cut");
  const messageBytes = wire.subarray(0, messageEnd);
  const message = decodeMessage(messageBytes);
  const signatures = Array.from({ length: message.requiredSignatures }, (_, index) => {
    const at = messageEnd + index * SIGNATURE_BYTES;
    return wire.subarray(at, at + SIGNATURE_BYTES);
  });
  return { wire, signatures, messageBytes, message };
}

function readSignatures(reader: ByteReader): Uint8Array[] {
  try {
    const signatures: Uint8Array[] = [];
    for (let left = readCompact(reader); left > 0; left--) signatures.push(reader.take(64));
    return signatures;
  } catch (error) {
    if (error instanceof FaultError) {
      refuse("MALFORMED_TRANSACTION", error.fault.at, "the signatures are cut");
    }
    throw error;
  }
}

/** Wire bytes of a transaction; signatures stand behind a message of version 1, and before others. */
export function encodeTransaction(
  signatures: readonly Uint8Array[],
  messageBytes: Uint8Array,
): Uint8Array {
  const writer = new ByteWriter();
  if (messageBytes[0] === V1_FIRST_BYTE) {
    writer.bytes(messageBytes);
    for (const signature of signatures) writer.bytes(signature);
    return writer.finish();
  }
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

/** {@link hasValidSignatures} on the platform's threads. The bytes are read before it returns. */
export async function hasValidSignaturesOffThread({
  signatures,
  messageBytes,
  message,
}: SvmTransactionEnvelope): Promise<boolean> {
  const checks = signatures.map((signature, index) =>
    verifyEd25519OffThread(signature, messageBytes, message.keys[index]!),
  );
  return (await Promise.all(checks)).every((isValid) => isValid);
}

/** Identifier of a transaction as a key of maps. */
export const signatureName = ({ signatures }: SvmTransactionEnvelope): string =>
  encodeHex(signatures[0]!);
