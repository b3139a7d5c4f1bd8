import { decodeHex } from "@dragoman/bytes";
import { type ForkName, scheduleOf } from "@dragoman/frontend-evm";
import { blobBaseFee, objectionTo, type TransactionFields } from "@dragoman/ledger-evm";
import type { BlockState, StateCase, StateTransaction } from "./state-case.ts";

const WORD = 1n << 256n;

/** Wei a unit of gas at most: what the sender's balance must cover. */
const feeCap = (tx: StateTransaction): bigint => tx.maxFee ?? tx.gasPrice ?? 0n;

/** The transaction as ledgers have it. */
export function fieldsOf(
  tx: StateTransaction,
): TransactionFields & { readonly sender: Uint8Array } {
  return {
    type: typeOf(tx),
    sender: decodeHex(tx.sender),
    to: tx.to === undefined ? undefined : decodeHex(tx.to),
    nonce: tx.nonce,
    gasLimit: tx.gasLimit,
    value: tx.value,
    data: tx.data,
    maxFee: feeCap(tx),
    maxPriorityFee: tx.maxPriorityFee ?? feeCap(tx),
    accessList: (tx.accessList ?? []).map(({ address, slots }) => ({
      address: decodeHex(address),
      slots: slots.map(wordBytes),
    })),
    ...(tx.blobHashes && { blobHashes: tx.blobHashes.map(wordBytes) }),
    ...(tx.maxBlobFee === undefined ? {} : { maxBlobFee: tx.maxBlobFee }),
  };
}

function typeOf(tx: StateTransaction): TransactionFields["type"] {
  if (tx.blobHashes !== undefined) return 3;
  if (tx.maxFee !== undefined) return 2;
  return tx.accessList === undefined ? 0 : 1;
}

const wordBytes = (value: bigint): Uint8Array => decodeHex(value.toString(16).padStart(64, "0"));

/** What of a unit of gas is burnt: nothing before London. */
export const baseFeeOf = (fork: ForkName, block: BlockState): bigint =>
  scheduleOf(fork).rules.baseFee ? block.baseFee : 0n;

/** Why a transaction is refused, in the words of the ledger; undefined if it is valid. */
export function refusal(
  fork: ForkName,
  { transaction: tx, block, pre }: StateCase,
): string | undefined {
  // What has no encoding; the fillers' name for it.
  const isTooLarge = tx.value >= WORD || feeCap(tx) >= WORD || (tx.gasPrice ?? 0n) >= WORD;
  if (isTooLarge) return "RLP_INVALID_VALUE";
  const { rules } = scheduleOf(fork);
  const { balance = 0n, nonce = 0n, code = NO_CODE } = pre.accounts.get(tx.sender) ?? {};
  const objection = objectionTo(fieldsOf(tx), {
    rules,
    sender: { balance, nonce, code },
    blockGasLimit: block.gasLimit,
    baseFee: baseFeeOf(fork, block),
    blobBaseFee: blobBaseFee(rules, block.excessBlobGas),
  });
  return objection?.message;
}

const NO_CODE = new Uint8Array(0);
