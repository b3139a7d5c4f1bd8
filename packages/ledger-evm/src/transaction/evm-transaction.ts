import type { Authorization } from "./authorization.ts";
import type { BlobSidecar } from "./blob-sidecar.ts";

/** Storage slots of one account that a transaction names beforehand (EIP-2930). */
export interface AccessListEntry {
  /** 20 bytes. */
  readonly address: Uint8Array;
  /** 32 bytes each. */
  readonly slots: readonly Uint8Array[];
}

/** What a transaction does and at most pays, whatever its form. Wei; addresses of 20 bytes. */
export interface TransactionFields {
  /** 0 legacy, 1 with access list (EIP-2930), 2 with priority fee (EIP-1559), 3 with blobs (EIP-4844), 4 with delegations (EIP-7702). */
  readonly type: 0 | 1 | 2 | 3 | 4;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  /** Absent: the transaction creates a contract. */
  readonly to: Uint8Array | undefined;
  readonly value: bigint;
  readonly data: Uint8Array;
  readonly accessList: readonly AccessListEntry[];
  /** Of type 4. */
  readonly authorizations?: readonly Authorization[];
  /** Of type 3: hashes of the commitments to its blobs, 32 bytes each. */
  readonly blobHashes?: readonly Uint8Array[];
  /** Of type 3: most that a unit of blob gas may cost. */
  readonly maxBlobFee?: bigint;
  /** Most that a unit of gas may cost; `gasPrice` of types 0 and 1. */
  readonly maxFee: bigint;
  /** Most of it that goes to the block's author; equals `maxFee` in types 0 and 1. */
  readonly maxPriorityFee: bigint;
}

/** A signed transaction whose signature was checked, or an impersonated one. */
export interface EvmTransaction extends TransactionFields {
  /** keccak-256 of `raw`. */
  readonly hash: Uint8Array;
  /** Recovered from the signature. */
  readonly sender: Uint8Array;
  /** Nobody signed: the signature is zeros and the sender may be a contract. */
  readonly isImpersonated?: true;
  /** Absent in legacy transactions from before EIP-155. */
  readonly chainId: bigint | undefined;
  /** Legacy: 27, 28 or by EIP-155; else the parity of y. */
  readonly v: bigint;
  readonly r: bigint;
  readonly s: bigint;
  /** The canonical encoding (EIP-2718), as blocks have it: without blobs. */
  readonly raw: Uint8Array;
  /** The blobs of a type 3 transaction that came from its sender; blocks do not keep them. */
  readonly sidecar?: BlobSidecar;
}
