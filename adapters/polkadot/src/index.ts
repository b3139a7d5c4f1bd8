/** Substrate chains through the Polkadot API. */
export {};
