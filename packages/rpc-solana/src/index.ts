/** JSON-RPC and WebSocket of Solana over a ledger. */
export {};
