import type { LinearMemory } from "@dragoman/core";
import { writeAddressWord } from "../account/world.ts";
import { ENVIRONMENT } from "../frame-header.ts";

/** What a transaction sees of itself and of its block. Amounts in wei, time in seconds. */
export interface Environment {
  /** 20 bytes. */
  readonly origin: Uint8Array;
  readonly gasPrice: bigint;
  /** Versioned hashes of the transaction's blobs (EIP-4844). */
  readonly blobHashes: readonly bigint[];
  /** 20 bytes. */
  readonly coinbase: Uint8Array;
  readonly timestamp: bigint;
  readonly number: bigint;
  /** DIFFICULTY before Paris. */
  readonly prevRandao: bigint;
  readonly gasLimit: bigint;
  readonly chainId: bigint;
  readonly baseFee: bigint;
  readonly blobBaseFee: bigint;
  /** Hash of one of the last 256 blocks; not asked for others. */
  blockHash(number: bigint): bigint;
}

const NOBODY = new Uint8Array(20);

/** An environment with everything at rest: chain 1, block 1, no fees. */
export const DEFAULT_ENVIRONMENT: Environment = {
  origin: NOBODY,
  gasPrice: 0n,
  blobHashes: [],
  coinbase: NOBODY,
  timestamp: 1n,
  number: 1n,
  prevRandao: 0n,
  gasLimit: 30_000_000n,
  chainId: 1n,
  baseFee: 0n,
  blobBaseFee: 1n,
  blockHash: () => 0n,
};

/** Writes the block of words that frames load from, at `address`, a multiple of 8. */
export function writeEnvironment(memory: LinearMemory, address: number, env: Environment): void {
  const word = (offset: number, value: bigint) => memory.setWord(address + offset, value);
  writeAddressWord(env.origin, memory.u32, (address + ENVIRONMENT.ORIGIN) >>> 2);
  writeAddressWord(env.coinbase, memory.u32, (address + ENVIRONMENT.COINBASE) >>> 2);
  word(ENVIRONMENT.GASPRICE, env.gasPrice);
  word(ENVIRONMENT.TIMESTAMP, env.timestamp);
  word(ENVIRONMENT.NUMBER, env.number);
  word(ENVIRONMENT.PREVRANDAO, env.prevRandao);
  word(ENVIRONMENT.GASLIMIT, env.gasLimit);
  word(ENVIRONMENT.CHAINID, env.chainId);
  word(ENVIRONMENT.BASEFEE, env.baseFee);
  word(ENVIRONMENT.BLOBBASEFEE, env.blobBaseFee);
}
