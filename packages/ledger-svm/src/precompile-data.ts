/** Custom errors of precompiles (anza-xyz/solana-sdk `precompile-error/src/lib.rs`). */
export const PRECOMPILE_ERROR = {
  PUBLIC_KEY: 0,
  RECOVERY_ID: 1,
  SIGNATURE: 2,
  DATA_OFFSETS: 3,
  DATA_SIZE: 4,
} as const;

/** Number of a custom error; undefined: all signatures are good. */
export type Verdict = (typeof PRECOMPILE_ERROR)[keyof typeof PRECOMPILE_ERROR] | undefined;

/** Where the entries of an instruction begin, and how long each is. */
export interface OffsetEntries {
  readonly start: number;
  readonly bytes: number;
}

/** In place of an instruction's number: the instruction itself. */
const OWN_DATA = 0xffff;

/** Bytes of instruction number `instruction`, of which `all` has the data, or of the instruction itself; undefined if they are not there. */
export function partOf(
  own: Uint8Array,
  all: readonly Uint8Array[],
  instruction: number,
  offset: number,
  size: number,
): Uint8Array | undefined {
  const source = instruction === OWN_DATA ? own : all[instruction];
  return source !== undefined && offset + size <= source.length
    ? source.subarray(offset, offset + size)
    : undefined;
}

/** Big-endian bytes as a number. */
export const bigEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
