import { encodeBase58 } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import {
  BLOCKHASH_AGE_MAX,
  decodeTransaction,
  hasValidSignatures,
  type SolanaBlock,
  type SvmTransactionEnvelope,
  V1_MAX,
} from "@dragoman/ledger-svm";
import { RpcError, refuseParams } from "@dragoman/rpc-server";
import { encodedBytes } from "./params.ts";
import { SOLANA_ERROR } from "./solana-error.ts";

/** Decodes a transaction of a request, of any version; what does not decode is refused as invalid parameters. */
export function readTransaction(value: unknown, encoding: unknown): SvmTransactionEnvelope {
  const wire = encodedBytes(value, encoding, V1_MAX.BYTES);
  try {
    return decodeTransaction(wire);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { name, message } = error.fault;
    return refuseParams(
      name === "INVALID_TRANSACTION"
        ? `invalid transaction: ${message}`
        : `failed to deserialize solana_transaction::versioned::VersionedTransaction: ${message}`,
    );
  }
}

export function checkSignatures(transaction: SvmTransactionEnvelope): void {
  if (!hasValidSignatures(transaction)) refuseSignatures();
}

export function refuseSignatures(): never {
  throw new RpcError(
    SOLANA_ERROR.TRANSACTION_SIGNATURE_VERIFICATION_FAILURE,
    "Transaction signature verification failure",
  );
}

/** A blockhash with the last height at which a block may hold a transaction that names it. */
export const blockhashValue = ({ hash, number }: SolanaBlock): unknown => ({
  blockhash: encodeBase58(hash),
  lastValidBlockHeight: number + BLOCKHASH_AGE_MAX,
});
