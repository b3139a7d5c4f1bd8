/** Ethereum JSON-RPC over a ledger. */
export {};
