import { scheduleOf } from "@dragoman/frontend-evm";
import { objectionTo, type TransactionFields } from "@dragoman/ledger-evm";
import type { BlockState, StateCase, StateTransaction } from "./state-case.ts";

/** Forks of the state tests in time; the position in this list compares them. */
const FORKS = ["istanbul", "berlin", "london", "paris", "shanghai", "cancun"] as const;
export type TestedFork = (typeof FORKS)[number];

/** The fork that a state test names; undefined for those without filled tests here. */
export const testedFork = (name: string): TestedFork | undefined =>
  FORKS.find((fork) => fork === name.toLowerCase().replace("merge", "paris"));

export const since = (fork: TestedFork, first: TestedFork): boolean =>
  FORKS.indexOf(fork) >= FORKS.indexOf(first);

const WORD = 1n << 256n;
const BLOB_GAS = 131_072n;
const BLOBS_MAX = 6;

/** Wei a unit of gas at most: what the sender's balance must cover. */
const feeCap = (tx: StateTransaction): bigint => tx.maxFee ?? tx.gasPrice ?? 0n;

/** The transaction as ledgers have it. */
export function fieldsOf(
  tx: StateTransaction,
): TransactionFields & { readonly sender: Uint8Array } {
  return {
    type: typeOf(tx),
    sender: bytesOf(tx.sender),
    to: tx.to === undefined ? undefined : bytesOf(tx.to),
    nonce: tx.nonce,
    gasLimit: tx.gasLimit,
    value: tx.value,
    data: tx.data,
    ...blobsOf(tx),
    maxFee: feeCap(tx),
    maxPriorityFee: tx.maxPriorityFee ?? feeCap(tx),
    accessList: (tx.accessList ?? []).map(({ address, slots }) => ({
      address: bytesOf(address),
      slots: slots.map((slot) => bytesOf(slot.toString(16).padStart(64, "0"))),
    })),
  };
}

function typeOf(tx: StateTransaction): TransactionFields["type"] {
  if (tx.blobHashes !== undefined) return 3;
  if (tx.maxFee !== undefined) return 2;
  return tx.accessList === undefined ? 0 : 1;
}

function blobsOf({ blobHashes, maxBlobFee }: StateTransaction): Partial<TransactionFields> {
  if (blobHashes === undefined) return {};
  const hashes = blobHashes.map((hash) => bytesOf(hash.toString(16).padStart(64, "0")));
  return { blobHashes: hashes, maxBlobFee: maxBlobFee ?? 0n };
}

const bytesOf = (hex: string): Uint8Array =>
  new Uint8Array(Buffer.from(hex.replace(/^0x/, ""), "hex"));

/** What of a unit of gas is burnt: nothing before London. */
export const baseFeeOf = (fork: TestedFork, block: BlockState): bigint =>
  since(fork, "london") ? block.baseFee : 0n;

/** Wei for the blobs, burnt. */
export const blobFee = (tx: StateTransaction, block: BlockState): bigint =>
  BigInt(tx.blobHashes?.length ?? 0) * BLOB_GAS * blobBaseFee(block);

/** Base fee of a unit of blob gas (EIP-4844): 1 · e^(excess / 3338477) in integers. */
export function blobBaseFee({ excessBlobGas }: BlockState): bigint {
  const denominator = 3_338_477n;
  let sum = 0n;
  let term = denominator;
  for (let i = 1n; term > 0n; i++) {
    sum += term;
    term = (term * excessBlobGas) / (denominator * i);
  }
  return sum / denominator;
}

/** Why a transaction is refused, in the words of the test fillers or of the ledger; undefined if it is valid. */
export function refusal(
  fork: TestedFork,
  { transaction: tx, block, pre }: StateCase,
): string | undefined {
  const isTooLarge = tx.value >= WORD || feeCap(tx) >= WORD || (tx.gasPrice ?? 0n) >= WORD;
  if (isTooLarge) return "RLP_INVALID_VALUE";
  const wrongType = typeRefusal(fork, tx, block);
  if (wrongType !== undefined) return wrongType;
  const { balance = 0n, nonce = 0n, code = NO_CODE } = pre.get(tx.sender) ?? {};
  const objection = objectionTo(fieldsOf(tx), {
    rules: scheduleOf(fork).rules,
    sender: { balance, nonce, code },
    blockGasLimit: block.gasLimit,
    baseFee: baseFeeOf(fork, block),
    blobBaseFee: blobBaseFee(block),
  });
  return objection?.message;
}

const NO_CODE = new Uint8Array(0);

function typeRefusal(
  fork: TestedFork,
  tx: StateTransaction,
  block: BlockState,
): string | undefined {
  if (tx.blobHashes !== undefined) return blobRefusal(fork, tx, tx.blobHashes, block);
  if (tx.maxFee !== undefined && !since(fork, "london")) return "TYPE_2_TX_PRE_FORK";
  if (tx.accessList !== undefined && !since(fork, "berlin")) return "TYPE_1_TX_PRE_FORK";
  return undefined;
}

function blobRefusal(
  fork: TestedFork,
  tx: StateTransaction,
  hashes: readonly bigint[],
  block: BlockState,
): string | undefined {
  if (!since(fork, "cancun")) return "TYPE_3_TX_PRE_FORK";
  if (tx.to === undefined) return "TYPE_3_TX_CONTRACT_CREATION";
  if (hashes.length === 0) return "TYPE_3_TX_ZERO_BLOBS";
  if (hashes.length > BLOBS_MAX) return "TYPE_3_TX_BLOB_COUNT_EXCEEDED";
  if (hashes.some((hash) => hash >> 248n !== 1n)) return "TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH";
  if ((tx.maxBlobFee ?? 0n) < blobBaseFee(block)) return "INSUFFICIENT_MAX_FEE_PER_BLOB_GAS";
  return undefined;
}
