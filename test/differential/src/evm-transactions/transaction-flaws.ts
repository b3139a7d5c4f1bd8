import { decodeHex } from "@dragoman/bytes";
import { ZERO_BLOB_HASH as ZERO_BLOB_HASH_HEX } from "../evm/precompile-inputs.ts";
import type { Random } from "../evm/random.ts";
import { CHAIN_ID } from "./block-case.ts";
import { PROGRAMS } from "./random-world.ts";
import type { TransactionPlan } from "./sealed-transaction.ts";

/** Gas before the code runs, at most (EIP-2028, EIP-3860, EIP-2930, EIP-7702), and the floor (EIP-7623): where limits are interesting. */
export function gasBounds(plan: TransactionPlan): { before: number; floor: number } {
  const { data, to, accessList, authorizations } = plan;
  const zeros = data.filter((byte) => byte === 0).length;
  const tokens = zeros + 4 * (data.length - zeros);
  let before = 21_000 + 4 * tokens + authorizations.length * 25_000;
  if (to === undefined) before += 32_000 + 2 * Math.ceil(data.length / 32);
  for (const [, slots] of accessList) before += 2_400 + 1_900 * slots.length;
  return { before, floor: 21_000 + 10 * tokens };
}

/** 29,000 gas beforehand, a floor of 41,000. */
const MUCH_DATA: Partial<TransactionPlan> = {
  type: 2,
  chainId: CHAIN_ID,
  to: PROGRAMS[0] as bigint,
  data: new Uint8Array(500).fill(1),
  accessList: [],
  authorizations: [],
  blobHashes: [],
};

/** One fault of a transaction, or what is just allowed. */
export interface Flaw {
  readonly name: string;
  /** anvil accepts it all the same. */
  readonly anvilAccepts?: true;
  change(plan: TransactionPlan, random: Random, baseFee: bigint): Partial<TransactionPlan>;
}

/** What makes a transaction invalid, one fault each, and some limits that are met. */
export const FLAWS: readonly Flaw[] = [
  { name: "no blobs", change: (plan) => blobs(plan, []) },
  { name: "six blobs", change: (plan) => blobs(plan, new Array(6).fill(ZERO_BLOB_HASH)) },
  { name: "seven blobs", change: (plan) => blobs(plan, new Array(7).fill(ZERO_BLOB_HASH)) },
  { name: "ten blobs", change: (plan) => blobs(plan, new Array(10).fill(ZERO_BLOB_HASH)) },
  {
    name: "blob hash of another version",
    change: (plan) =>
      blobs(plan, [Uint8Array.from(ZERO_BLOB_HASH, (byte, i) => (i === 0 ? 2 : byte))]),
  },
  {
    name: "no fee for blobs",
    change: (plan) => ({ ...blobs(plan, [ZERO_BLOB_HASH]), maxBlobFee: 0n }),
  },
  {
    name: "more fee for blobs than there is",
    change: (plan) => ({ ...blobs(plan, [ZERO_BLOB_HASH]), maxBlobFee: 10n ** 18n }),
  },
  { name: "nonce too low", change: ({ nonce }) => ({ nonce: nonce === 0n ? 1n : nonce - 1n }) },
  { name: "nonce too high", change: ({ nonce }) => ({ nonce: nonce + 1n }) },
  {
    name: "gas below what it pays beforehand",
    change: (plan) => ({ gasLimit: BigInt(gasBounds(plan).before - 1) }),
  },
  { name: "gas below the floor", change: () => ({ ...MUCH_DATA, gasLimit: 40_999n }) },
  { name: "gas at the floor", change: () => ({ ...MUCH_DATA, gasLimit: 41_000n }) },
  { name: "gas above the cap", change: () => ({ gasLimit: (1n << 24n) + 1n }) },
  { name: "gas at the cap", change: () => ({ gasLimit: 1n << 24n }) },
  { name: "gas above the block's", change: () => ({ gasLimit: 60_000_001n }) },
  {
    name: "fee below the base fee",
    change: (_, __, baseFee) => ({ maxFee: baseFee - 1n, maxPriorityFee: 0n }),
  },
  {
    name: "tip above the fee",
    change: ({ maxFee }) => ({ type: 2, maxPriorityFee: maxFee + 1n, authorizations: [] }),
  },
  { name: "more value than there is", change: () => ({ value: 10n ** 21n }) },
  { name: "more fee than there is", change: () => ({ maxFee: 10n ** 20n }) },
  { name: "another chain", change: () => ({ chainId: 2n }) },
  // EIP-2: a signature with a larger s than half of the order is not valid.
  { name: "high s", anvilAccepts: true, change: () => ({ flaw: "high-s" }) },
  { name: "wrong parity", change: () => ({ flaw: "wrong-parity" }) },
  { name: "no parity", change: () => ({ flaw: "parity-2" }) },
  { name: "r is zero", change: () => ({ flaw: "zero-r" }) },
  {
    name: "no authorizations",
    change: () => ({ type: 4, to: PROGRAMS[0] as bigint, authorizations: [] }),
  },
  {
    name: "delegates and creates",
    change: (_, random) => ({ type: 4, to: undefined, data: random.bytes(3) }),
  },
  {
    name: "initcode too large",
    change: () => ({
      type: 2,
      to: undefined,
      authorizations: [],
      data: new Uint8Array(49_153),
      gasLimit: 4_000_000n,
    }),
  },
  {
    name: "initcode of the largest size",
    change: () => ({
      type: 2,
      to: undefined,
      authorizations: [],
      data: new Uint8Array(49_152),
      gasLimit: 4_000_000n,
    }),
  },
  { name: "nonce at the end", change: () => ({ nonce: (1n << 64n) - 1n }) },
];

/** As a transaction with these blobs. */
const blobs = (
  { to }: TransactionPlan,
  blobHashes: readonly Uint8Array[],
): Partial<TransactionPlan> => ({
  type: 3,
  chainId: CHAIN_ID,
  to: to ?? (PROGRAMS[0] as bigint),
  authorizations: [],
  blobHashes,
  maxBlobFee: 10n ** 9n,
});

/** Versioned hash of a blob of zeros. */
export const ZERO_BLOB_HASH = decodeHex(ZERO_BLOB_HASH_HEX);
