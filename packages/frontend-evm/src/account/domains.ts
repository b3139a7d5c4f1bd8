import { BYTE_CELLS, type Journal, WORD_CELLS } from "@dragoman/core";

/** Cells of an EVM account. Balance, nonce and code have the empty key, slots their 32-byte big-endian number. */
export const DOMAIN = {
  BALANCE: "evm.balance",
  NONCE: "evm.nonce",
  CODE: "evm.code",
  STORAGE: "evm.storage",
  TRANSIENT: "evm.transient",
  /** What compiled code knows of an account that it calls; the key is the address. */
  CALLEE: "evm.callee",
  /** 1 for an account that is empty and exists nevertheless: before EIP-161 a call of it costs less. */
  EXISTENCE: "evm.existence",
} as const;

/** Numbers of the domains in one journal. */
export interface DomainNumbers {
  readonly balance: number;
  readonly nonce: number;
  readonly code: number;
  readonly storage: number;
  readonly transient: number;
  readonly callee: number;
  readonly existence: number;
}

export function declareDomains(journal: Journal): DomainNumbers {
  return {
    balance: journal.domain(DOMAIN.BALANCE, WORD_CELLS),
    nonce: journal.domain(DOMAIN.NONCE, WORD_CELLS),
    code: journal.domain(DOMAIN.CODE, BYTE_CELLS),
    storage: journal.domain(DOMAIN.STORAGE, WORD_CELLS),
    transient: journal.domain(DOMAIN.TRANSIENT, WORD_CELLS, "transaction"),
    callee: journal.domain(DOMAIN.CALLEE, WORD_CELLS, "journal"),
    existence: journal.domain(DOMAIN.EXISTENCE, WORD_CELLS),
  };
}

/** What a cell of {@link DOMAIN.CALLEE} holds, in 32-bit parts. A handle is a cell's number + 1. */
export const CALLEE = {
  /** Number by which the account's program is entered; 0 = it has none. */
  ENTRY: 0,
  ACCOUNT: 1,
  /** Handle of the balance. */
  BALANCE: 2,
  /** `Journal.bytesVersion` up to which this holds. */
  BYTES_VERSION: 3,
  /** Handle of the nonce if the account has no code, or else 0. */
  NONCE: 4,
} as const;

/** Bits of the mark on an account's balance cell. */
export const MARK = {
  /** In the list of accessed addresses (EIP-2929); on a slot: of accessed slots. */
  WARM: 1,
  /** Was touched (EIP-161). */
  TOUCHED: 2,
  /** Was created in this transaction (EIP-6780). */
  CREATED: 4,
  /** Will be deleted when the transaction ends. */
  DESTROYED: 8,
} as const;

/** Journal counter that holds the refund. */
export const REFUND_COUNTER = 0;
/** Journal counter of the accounts that will be deleted. */
export const DESTROYED_COUNTER = 1;
