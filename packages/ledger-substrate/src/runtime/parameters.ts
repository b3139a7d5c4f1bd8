/** Numbers of the chain. Native amounts are plancks: 10^-10 of the coin. */

export const SPEC_NAME = "dragoman";
export const SPEC_VERSION = 1;
export const TRANSACTION_VERSION = 1;

export const TOKEN_DECIMALS = 10;
export const TOKEN_SYMBOL = "UNIT";
export const SS58_PREFIX = 42;

/** Balance below which an account cannot exist, plancks. */
export const EXISTENTIAL_DEPOSIT = 100_000_000n;

/** Wei that contracts see for one planck: 10 decimals become 18, as on Polkadot's Asset Hub. */
export const NATIVE_TO_ETH_RATIO = 100_000_000n;

/** Picoseconds of weight that one unit of EVM gas costs: 50 million gas a second. */
export const REF_TIME_PER_GAS = 20_000n;
/** Gas that a Revive call costs before its code runs, as a transaction of Ethereum does. */
export const CALL_BASE_GAS = 21_000n;

/** Weight of every extrinsic beside its call, picoseconds. */
export const BASE_EXTRINSIC_WEIGHT = 125_000_000n;
/** Weight of a transfer or another simple call, picoseconds. */
export const SIMPLE_CALL_WEIGHT = 100_000_000n;
/** Weight that all extrinsics of a block may have, picoseconds: 100 million gas. */
export const MAX_BLOCK_WEIGHT = 2_000_000_000_000n;
/** Bytes that all extrinsics of a block may have. */
export const MAX_BLOCK_LENGTH = 5 * 1024 * 1024;

/** Picoseconds of weight that cost one planck. */
export const REF_TIME_PER_PLANCK = 1_000n;
/** Plancks for each byte of an encoded extrinsic. */
export const FEE_PER_BYTE = 1_000n;

/** Blocks whose hashes the state knows, and the longest period of a mortal extrinsic. */
export const BLOCK_HASH_COUNT = 4096;
