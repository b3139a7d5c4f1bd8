import { encodeBase58 } from "@dragoman/bytes";
import {
  decodeMessage,
  decodeTransaction,
  encodeTransaction,
  type SvmTransactionEnvelope,
} from "@dragoman/ledger-svm";

/** A transaction of `@solana/kit`: signed bytes and signatures by address; null or absent = not signed. */
export interface KitTransaction {
  readonly messageBytes: ArrayLike<number>;
  readonly signatures: Readonly<Record<string, ArrayLike<number> | null>>;
}

/** A transaction of `@solana/web3.js`, legacy or versioned. */
export interface Web3Transaction {
  serialize(options?: {
    readonly requireAllSignatures?: boolean;
    readonly verifySignatures?: boolean;
  }): Uint8Array;
}

/** What a transaction can be given as: kit's, web3.js', or wire bytes. */
export type TransactionInput = KitTransaction | Web3Transaction | Uint8Array;

/**
 * Reads a transaction in any of its forms. What it says refers to the bytes that were given: copy what is to outlive the call.
 *
 * Faults: MALFORMED_TRANSACTION, INVALID_TRANSACTION.
 */
export function readTransaction(input: TransactionInput): SvmTransactionEnvelope {
  if (input instanceof Uint8Array) return decodeTransaction(input);
  if ("serialize" in input) {
    const wire = input.serialize({ requireAllSignatures: false, verifySignatures: false });
    return decodeTransaction(wire);
  }
  const messageBytes = Uint8Array.from(input.messageBytes);
  const message = decodeMessage(messageBytes);
  const signatures = message.keys
    .slice(0, message.requiredSignatures)
    .map((key) => Uint8Array.from(input.signatures[encodeBase58(key)] ?? new Uint8Array(64)));
  return { wire: encodeTransaction(signatures, messageBytes), signatures, messageBytes, message };
}

/** A copy of the first signature, 64 bytes: what a transaction says lies in bytes that its sender may change. */
export const signatureOf = ({ signatures }: SvmTransactionEnvelope): Uint8Array =>
  signatures[0]?.slice() ?? new Uint8Array(64);
