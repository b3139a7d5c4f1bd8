import { encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { type FaultName, refuse } from "@dragoman/fault";
import { isDelegation, type Rules } from "@dragoman/frontend-evm";
import { BLOB_GAS } from "../block/blob-gas.ts";
import type { EvmTransaction, TransactionFields } from "./evm-transaction.ts";
import { intrinsicGas } from "./intrinsic-gas.ts";

const NONCE_MAX = (1n << 64n) - 1n;

/** What stands at the sender's address. */
export interface SenderState {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly code: Uint8Array;
}

/** What a transaction is checked against. */
export interface CheckContext {
  readonly rules: Readonly<Rules>;
  readonly sender: SenderState;
  readonly blockGasLimit: bigint;
  /** Base fee of the block that takes it; absent: not known yet, and not checked. */
  readonly baseFee?: bigint;
  /** Wei a unit of blob gas in that block; absent: not known yet, and not checked. */
  readonly blobBaseFee?: bigint;
}

type CheckedFields = TransactionFields & Pick<EvmTransaction, "sender" | "isImpersonated">;

export interface Objection {
  readonly name: FaultName;
  /** In the words of geth (core/error.go, core/txpool/errors.go). */
  readonly message: string;
}

/**
 * Why a transaction that is well-formed cannot be in the next block, or undefined. A nonce that is too high is an objection too: a pool keeps
 * such transactions for later.
 */
export function objectionTo(tx: CheckedFields, context: CheckContext): Objection | undefined {
  return costObjection(tx, context) ?? senderObjection(tx, context);
}

/** As {@link objectionTo}, what does not depend on the sender's state. */
function costObjection(
  tx: TransactionFields,
  { rules, blockGasLimit, baseFee, blobBaseFee }: CheckContext,
): Objection | undefined {
  const { type, gasLimit, maxFee, maxPriorityFee, data, to, authorizations } = tx;
  if (type > rules.transactionTypeMax) return invalid("transaction type not supported");
  if (type === 3) {
    const objection = blobObjection(tx, rules, blobBaseFee);
    if (objection !== undefined) return objection;
  }
  if (type === 4 && to === undefined) {
    return invalid("EIP-7702 transaction cannot be used to create contract");
  }
  if (authorizations?.length === 0) return invalid("EIP-7702 transaction with empty auth list");
  if (maxPriorityFee > maxFee) {
    const fees = `maxPriorityFeePerGas: ${maxPriorityFee}, maxFeePerGas: ${maxFee}`;
    return invalid(`max priority fee per gas higher than max fee per gas: ${fees}`);
  }
  if (gasLimit > blockGasLimit) return invalid("exceeds block gas limit");
  if (rules.transactionGasMax > 0 && gasLimit > BigInt(rules.transactionGasMax)) {
    const sizes = `cap: ${rules.transactionGasMax}, tx: ${gasLimit}`;
    return invalid(`transaction gas limit too high (${sizes})`);
  }
  if (to === undefined && data.length > rules.initcodeSizeMax) {
    const sizes = `code size ${data.length}, limit ${rules.initcodeSizeMax}`;
    return invalid(`max initcode size exceeded: ${sizes}`);
  }
  const { before, floor } = intrinsicGas(rules, tx);
  if (gasLimit < before) {
    return invalid(`intrinsic gas too low: gas ${gasLimit}, minimum needed ${before}`);
  }
  if (gasLimit < floor) {
    const sizes = `gas ${gasLimit}, minimum needed ${floor}`;
    return invalid(`insufficient gas for floor data gas cost: ${sizes}`);
  }
  if (baseFee !== undefined && maxFee < baseFee) {
    const fees = `maxFeePerGas: ${maxFee}, baseFee: ${baseFee}`;
    return invalid(`max fee per gas less than block base fee: ${fees}`);
  }
  return undefined;
}

const VERSION_KZG = 0x01;

function blobObjection(
  { to, blobHashes = [], maxBlobFee = 0n }: TransactionFields,
  rules: Readonly<Rules>,
  blobBaseFee: bigint | undefined,
): Objection | undefined {
  if (to === undefined) return invalid("blob transaction of type create");
  if (blobHashes.length === 0) return invalid("blob transaction missing blob hashes");
  if (blobHashes.length > rules.blobsPerTransaction) {
    const counts = `have ${blobHashes.length}, permitted ${rules.blobsPerTransaction}`;
    return invalid(`blob transaction has too many blobs (${counts})`);
  }
  const wrong = blobHashes.findIndex((hash) => hash[0] !== VERSION_KZG);
  if (wrong >= 0) return invalid(`blob ${wrong} has invalid hash version`);
  if (blobBaseFee !== undefined && maxBlobFee < blobBaseFee) {
    const fees = `maxFeePerBlobGas: ${maxBlobFee}, blobBaseFee: ${blobBaseFee}`;
    return invalid(`max fee per blob gas less than block blob gas fee: ${fees}`);
  }
  return undefined;
}

/** Wei that a transaction costs its sender at most. */
export function costMax(
  tx: Pick<TransactionFields, "gasLimit" | "maxFee" | "value" | "blobHashes" | "maxBlobFee">,
): bigint {
  const { gasLimit, maxFee, value, blobHashes = [], maxBlobFee = 0n } = tx;
  return gasLimit * maxFee + value + BigInt(blobHashes.length) * BLOB_GAS * maxBlobFee;
}

function senderObjection(
  tx: CheckedFields,
  { rules, sender }: CheckContext,
): Objection | undefined {
  const isDelegated = rules.delegation && isDelegation(sender.code);
  if (sender.code.length > 0 && !isDelegated && tx.isImpersonated !== true) {
    const account = `address ${encodeHex(tx.sender)}, codehash: ${encodeHex(keccak256(sender.code))}`;
    return invalid(`sender not an eoa: ${account}`);
  }
  if (tx.nonce >= NONCE_MAX) return nonceMismatch("nonce has max value");
  if (tx.nonce < sender.nonce) {
    return nonceMismatch(`nonce too low: next nonce ${sender.nonce}, tx nonce ${tx.nonce}`);
  }
  const cost = costMax(tx);
  if (sender.balance < cost) {
    const sums = `balance ${sender.balance}, tx cost ${cost}, overshot ${cost - sender.balance}`;
    const message = `insufficient funds for gas * price + value: ${sums}`;
    return { name: "BALANCE_EXCEEDED", message };
  }
  if (tx.nonce > sender.nonce) {
    return nonceMismatch(`nonce too high: next nonce ${sender.nonce}, tx nonce ${tx.nonce}`);
  }
  return undefined;
}

/** Refuses with an objection. */
export const refuseFor = ({ name, message }: Objection): never => refuse(name, undefined, message);

const invalid = (message: string): Objection => ({ name: "INVALID_TRANSACTION", message });
const nonceMismatch = (message: string): Objection => ({ name: "NONCE_MISMATCH", message });
