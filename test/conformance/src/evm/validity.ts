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
const NONCE_MAX = (1n << 64n) - 1n;
const INITCODE_BYTES_MAX = 49_152;
const BLOB_GAS = 131_072n;
const BLOBS_MAX = 6;

/** What a gas unit costs the sender, and what of it the coinbase gets. */
export interface Price {
  readonly gas: bigint;
  readonly tip: bigint;
  /** Wei for the blobs, burnt. */
  readonly blobs: bigint;
}

/** Wei a unit of gas at most: what the sender's balance must cover. */
const feeCap = (tx: StateTransaction): bigint => tx.maxFee ?? tx.gasPrice ?? 0n;

/** The price of a valid transaction's gas (EIP-1559, EIP-4844). */
export function priceOf(fork: TestedFork, tx: StateTransaction, block: BlockState): Price {
  const baseFee = since(fork, "london") ? block.baseFee : 0n;
  const blobs = BigInt(tx.blobHashes?.length ?? 0) * BLOB_GAS * blobBaseFee(block);
  const tipCap = tx.maxPriorityFee ?? feeCap(tx);
  const room = feeCap(tx) - baseFee;
  const tip = tipCap < room ? tipCap : room;
  return { gas: baseFee + tip, tip, blobs };
}

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

/** Gas that the transaction pays before its code runs (yellow paper g0; EIP-2028, 2930, 3860). */
export function intrinsicGas(fork: TestedFork, tx: StateTransaction): bigint {
  let gas = 21_000n;
  for (const byte of tx.data) gas += byte === 0 ? 4n : 16n;
  if (tx.to === undefined) {
    gas += 32_000n;
    if (since(fork, "shanghai")) gas += 2n * BigInt(Math.ceil(tx.data.length / 32));
  }
  for (const { slots } of tx.accessList ?? []) gas += 2_400n + 1_900n * BigInt(slots.length);
  return gas;
}

/** Why a transaction is refused, in the words of the test fillers; undefined if it is valid. */
export function refusal(
  fork: TestedFork,
  { transaction: tx, block, pre }: StateCase,
): string | undefined {
  const sender = pre.get(tx.sender);
  const balance = sender?.balance ?? 0n;
  const isTooLarge = tx.value >= WORD || feeCap(tx) >= WORD || (tx.gasPrice ?? 0n) >= WORD;
  if (isTooLarge) return "RLP_INVALID_VALUE";
  const wrongType = typeRefusal(fork, tx, block);
  if (wrongType !== undefined) return wrongType;
  if (tx.gasLimit > block.gasLimit) return "GAS_ALLOWANCE_EXCEEDED";
  if (tx.nonce >= NONCE_MAX) return "NONCE_IS_MAX";
  if (tx.nonce !== (sender?.nonce ?? 0n)) return "NONCE_MISMATCH";
  if (sender !== undefined && sender.code.length > 0) return "SENDER_NOT_EOA";
  if (since(fork, "london") && feeCap(tx) < block.baseFee) return "INSUFFICIENT_MAX_FEE_PER_GAS";
  const blobCap = BigInt(tx.blobHashes?.length ?? 0) * BLOB_GAS * (tx.maxBlobFee ?? 0n);
  if (balance < tx.gasLimit * feeCap(tx) + tx.value + blobCap) return "INSUFFICIENT_ACCOUNT_FUNDS";
  if (tx.gasLimit < intrinsicGas(fork, tx)) return "INTRINSIC_GAS_TOO_LOW";
  const isLongInitcode = tx.to === undefined && tx.data.length > INITCODE_BYTES_MAX;
  if (isLongInitcode && since(fork, "shanghai")) return "INITCODE_SIZE_EXCEEDED";
  return undefined;
}

function typeRefusal(
  fork: TestedFork,
  tx: StateTransaction,
  block: BlockState,
): string | undefined {
  if (tx.blobHashes !== undefined) return blobRefusal(fork, tx, tx.blobHashes, block);
  if (tx.maxFee !== undefined) {
    if (!since(fork, "london")) return "TYPE_2_TX_PRE_FORK";
    if ((tx.maxPriorityFee ?? 0n) > tx.maxFee) return "PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS";
  }
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
  if ((tx.maxPriorityFee ?? 0n) > (tx.maxFee ?? 0n)) return "PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS";
  if ((tx.maxBlobFee ?? 0n) < blobBaseFee(block)) return "INSUFFICIENT_MAX_FEE_PER_BLOB_GAS";
  return undefined;
}
