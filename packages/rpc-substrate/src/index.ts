/** JSON-RPC of Substrate over a ledger. */
export {};
