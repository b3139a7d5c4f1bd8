/** A Polkadot chain with the Revive pallet through @polkadot/api. */
export {};
