import type { ForkName } from "@dragoman/frontend-evm";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { WorldAccount } from "../evm/case.ts";

/** A signed transaction as it goes to every implementation. */
export interface SealedTransaction {
  readonly raw: Uint8Array;
  /** What a pool takes instead: with the blobs (EIP-4844, EIP-7594). */
  readonly wrapped?: () => Uint8Array;
  /** What it is, for people. */
  readonly note: string;
  /** Who pays, by `0x` and 40 digits. */
  readonly payer: string;
  /** Wei that the payer must have: gas at the highest fee, value, blob gas likewise. */
  readonly costMax: bigint;
}

/** What is chosen of a block before it is made. Wei; seconds since 1970-01-01. */
export interface BlockPlan {
  /** 20 bytes as a number. */
  readonly coinbase: bigint;
  readonly timestamp: number;
  readonly baseFee: bigint;
  /** Of which the blob base fee is a function (EIP-4844); a node that makes the block has its own. */
  readonly excessBlobGas: bigint;
  readonly transactions: readonly SealedTransaction[];
}

/** A few blocks on a small world; the first has number {@link FIRST_BLOCK}. */
export interface BlockCase {
  readonly seed: number;
  readonly fork: ForkName;
  readonly accounts: readonly WorldAccount[];
  readonly blocks: readonly BlockPlan[];
}

/** A header as far as transactions see it: the plan's fields and those that a node chose. */
export interface BlockSite {
  readonly number: number;
  readonly timestamp: number;
  readonly coinbase: bigint;
  readonly baseFee: bigint;
  readonly gasLimit: bigint;
  readonly prevRandao: bigint;
  readonly parentHash: bigint;
  readonly excessBlobGas: bigint;
}

export const CHAIN_ID = 1n;
/** Number of the block that stands below every case. */
export const GENESIS_NUMBER = 1000;
export const GENESIS_TIMESTAMP = 1_700_000_000;
export const BLOCK_GAS_LIMIT = 60_000_000n;

/** How one transaction ended; `refused` = it is not valid in this block. */
export type TransactionEnding =
  | { readonly refused: string }
  | {
      readonly ok: boolean;
      readonly gasUsed: bigint;
      /** `address topics data` in hex. */
      readonly logs: readonly string[];
      readonly created: string | undefined;
      /** State root after it, in hex, where an implementation knows it. */
      readonly root?: string;
    };

/** An account after a block, everything in hex without leading zeros or as a decimal number. */
export interface AccountEnding {
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: string;
  /** Slots that are not zero, by `0x` and 64 digits. */
  readonly storage: ReadonlyMap<string, bigint>;
}

/** How a block ended on one implementation. */
export interface BlockEnding {
  readonly transactions: readonly TransactionEnding[];
  /** Accounts that are not empty, by `0x` and 40 digits. */
  readonly accounts: ReadonlyMap<string, AccountEnding>;
  readonly stateRoot: string | undefined;
  readonly receiptsRoot?: string;
  readonly requestsHash?: string;
  /** Of the header with all of its fields. */
  readonly blockHash?: string;
}

export const addressHex = (address: bigint): `0x${string}` =>
  `0x${address.toString(16).padStart(40, "0")}`;

export const wordHex = (word: bigint): `0x${string}` => `0x${word.toString(16).padStart(64, "0")}`;

/** Hash of a block below the case's, as state tests and anvil have it: that of its number in decimal. */
export const oldBlockHash = (number: bigint): Uint8Array =>
  keccak_256(new TextEncoder().encode(number.toString()));
