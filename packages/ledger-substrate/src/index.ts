/** A Substrate chain: Balances, contracts on EVM bytecode, extrinsics, SCALE, metadata. */
export {};
