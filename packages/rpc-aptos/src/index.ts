/** REST API of Aptos over a ledger. */
export {};
