import type { FaultRow } from "./row.ts";

/** Faults of `ledger-*`. */
export const LEDGER_FAULTS = [
  [9001, "REORG_DEPTH_EXCEEDED", "the reorganisation would undo a final block"],
  [9002, "INVALID_TRANSACTION", "the chain refuses the transaction"],
  [9003, "INVALID_SIGNATURE", "the signature does not belong to the sender"],
  [9004, "NONCE_MISMATCH", "the transaction's number is not the account's next one"],
  [9005, "BALANCE_EXCEEDED", "the account cannot pay"],
  [9006, "CHAIN_ID_MISMATCH", "the transaction is for another chain"],
  [9007, "MALFORMED_TRANSACTION", "the transaction's bytes do not decode"],
  [9008, "MALFORMED_SCALE", "the bytes are no value of the SCALE type"],
] as const satisfies readonly FaultRow[];
