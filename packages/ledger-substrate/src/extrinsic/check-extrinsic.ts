import { encodeHex, equalBytes } from "@dragoman/bytes";
import { weightOf } from "../block/dispatch.ts";
import type { Execution } from "../block/execution.ts";
import { accountInfo, exists, spendable } from "../runtime/accounts.ts";
import { MAX_BLOCK_WEIGHT, SPEC_VERSION, TRANSACTION_VERSION } from "../runtime/parameters.ts";
import { birthOf, type Extrinsic, signerOf, signingPayload } from "./extrinsic.ts";
import { inclusionFee, totalFee } from "./fees.ts";
import type { ValidityError } from "./transaction-validity.ts";
import { verifySignature } from "./verify-signature.ts";

const ZERO_ACCOUNT = new Uint8Array(32);

/** Signatures that were found right, by extrinsic hash, with the birth hash that they are over: a check costs milliseconds. */
export type KnownSignatures = Map<string, Uint8Array>;

/**
 * The runtime's checks of a transaction, in the order of its signed extensions; undefined if it can come into the block now. `Future` is no
 * refusal for ever.
 */
export function checkExtrinsic(
  execution: Execution,
  extrinsic: Extrinsic,
  genesisHash: Uint8Array,
  known: KnownSignatures,
): ValidityError | undefined {
  const { signed, callBytes, call, bytes } = extrinsic;
  if (signed === undefined) return "MandatoryValidation";
  const account = signerOf(signed);
  if (account === undefined) return "CannotLookup";
  const { number } = execution.block;
  const birth = signed.era === undefined ? 0 : birthOf(signed.era, number);
  const birthHash =
    signed.era === undefined ? genesisHash : execution.storage.get("System", "BlockHash", birth)!;
  if (birthHash.every((byte) => byte === 0)) return "AncientBirthBlock";
  const name = encodeHex(extrinsic.hash);
  const verified = known.get(name);
  if (verified === undefined || !equalBytes(verified, birthHash)) {
    const implicit = {
      specVersion: SPEC_VERSION,
      transactionVersion: TRANSACTION_VERSION,
      genesisHash,
      birthHash,
    };
    const payload = signingPayload(callBytes, signed, implicit);
    if (!verifySignature(signed.signature, payload, account)) return "BadProof";
    known.set(name, birthHash);
  }
  if (equalBytes(account, ZERO_ACCOUNT)) return "BadSigner";
  const info = accountInfo(execution, account);
  if (!exists(info)) return "Payment";
  if (signed.nonce < info.nonce) return "Stale";
  const refTime = weightOf(call);
  if (refTime > MAX_BLOCK_WEIGHT) return "ExhaustsResources";
  const fee = totalFee(inclusionFee(bytes.length, refTime)) + signed.tip;
  if (spendable(info) < fee) return "Payment";
  return signed.nonce > info.nonce ? "Future" : undefined;
}
