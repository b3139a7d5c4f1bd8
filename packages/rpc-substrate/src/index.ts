/** Substrate JSON-RPC over a ledger. */
export {};
