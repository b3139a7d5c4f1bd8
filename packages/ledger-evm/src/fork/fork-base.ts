import type { StateReader } from "@dragoman/core";
import type { EvmHeader } from "../block/evm-block.ts";
import type { AccessListEntry } from "../transaction/evm-transaction.ts";

/** The state behind the forked block, in the cells of `DOMAIN`. It never changes; a read that fails throws a FaultError. */
export interface StateBelow extends StateReader {
  /** Tells which accounts and slots will be read soon, so that they are fetched together. */
  prefetch(accounts: readonly AccessListEntry[]): void;
}

/** The block of another chain from which a chain goes on. All of it is fixed by `hash`. */
export interface ForkBase {
  readonly header: EvmHeader;
  /** 32 bytes; as the other chain gives it, which may compute it in another way. */
  readonly hash: Uint8Array;
  readonly state: StateBelow;
  /** Hash of a block of the other chain, at most 256 below the forked one; 32 bytes. */
  blockHash(number: number): Uint8Array;
}
