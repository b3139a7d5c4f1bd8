import { sha3_256 } from "@dragoman/crypto";
import type { TransactionFacts } from "@dragoman/frontend-move";
import type { SignedTransaction } from "../transaction/transaction.ts";
import { formatTypeTag } from "../transaction/type-tag.ts";
import { payerOf } from "../transaction/validate.ts";

/** What `0x1::transaction_context` tells the code that a transaction runs. */
export function transactionFacts(
  transaction: SignedTransaction,
  chainId: number,
): TransactionFacts {
  const { hash, sender, payload, maxGasAmount, gasUnitPrice, authenticator } = transaction;
  const facts = {
    hash,
    sender,
    secondarySigners: authenticator.secondary.map(({ address }) => address),
    gasPayer: payerOf(transaction),
    maxGasAmount,
    gasUnitPrice,
    chainId,
    scriptHash: payload.kind === "script" ? sha3_256(payload.code) : new Uint8Array(),
  };
  if (payload.kind === "script") return facts;
  const { address, module, function: name, args } = payload;
  const typeArguments = payload.typeArguments.map(formatTypeTag);
  return { ...facts, entryFunction: { address, module, name, typeArguments, args } };
}
