import type { Authorization } from "./authorization.ts";

/** Storage slots of one account that a transaction names beforehand (EIP-2930). */
export interface AccessListEntry {
  /** 20 bytes. */
  readonly address: Uint8Array;
  /** 32 bytes each. */
  readonly slots: readonly Uint8Array[];
}

/** What a transaction does and at most pays, whatever its form. Wei; addresses of 20 bytes. */
export interface TransactionFields {
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  /** Absent: the transaction creates a contract. */
  readonly to: Uint8Array | undefined;
  readonly value: bigint;
  readonly data: Uint8Array;
  readonly accessList: readonly AccessListEntry[];
  /** Of type 4. */
  readonly authorizations?: readonly Authorization[];
  /** Most that a unit of gas may cost; `gasPrice` of types 0 and 1. */
  readonly maxFee: bigint;
  /** Most of it that goes to the block's author; equals `maxFee` in types 0 and 1. */
  readonly maxPriorityFee: bigint;
}

/** A signed transaction whose signature was checked. */
export interface EvmTransaction extends TransactionFields {
  /** 0 legacy, 1 with access list (EIP-2930), 2 with priority fee (EIP-1559), 4 with delegations (EIP-7702). */
  readonly type: 0 | 1 | 2 | 4;
  readonly hash: Uint8Array;
  /** Recovered from the signature. */
  readonly sender: Uint8Array;
  /** Absent in legacy transactions from before EIP-155. */
  readonly chainId: bigint | undefined;
  /** Legacy: 27, 28 or by EIP-155; else the parity of y. */
  readonly v: bigint;
  readonly r: bigint;
  readonly s: bigint;
  /** The canonical encoding (EIP-2718). */
  readonly raw: Uint8Array;
}
