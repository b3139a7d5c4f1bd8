/** A Substrate chain in memory: extrinsics, balances, a Revive-style pallet for EVM contracts. */
export {};
