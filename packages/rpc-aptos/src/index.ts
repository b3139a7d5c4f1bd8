/** The Aptos REST interface and faucet over a ledger. */
export {};
