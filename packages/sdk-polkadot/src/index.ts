/** Positions on Polkadot with a keyring pair. */
export {};
