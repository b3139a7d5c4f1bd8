/** JSON-RPC of Ethereum over a ledger. */
export {};
