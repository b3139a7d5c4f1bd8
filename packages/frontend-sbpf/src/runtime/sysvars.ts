import { decodeBase58, encodeHex } from "@dragoman/bytes";

export interface Sysvar {
  readonly address: string;
  /** Address in hex, with `0x`: the key that `SvmTransaction.sysvar` is asked for. */
  readonly idHex: string;
  /** Bytes of the struct that getters write; account data are packed, structs are padded. */
  readonly structBytes: number;
  readonly toStruct: (data: Uint8Array) => Uint8Array;
}

const same = (data: Uint8Array): Uint8Array => data;

/** Copies runs `[from, length, to]` into a struct of `size` bytes. */
const padded =
  (size: number, ...runs: readonly (readonly [from: number, length: number, to: number])[]) =>
  (data: Uint8Array): Uint8Array => {
    const struct = new Uint8Array(size);
    for (const [from, length, to] of runs) struct.set(data.subarray(from, from + length), to);
    return struct;
  };

function sysvar(
  address: string,
  structBytes: number,
  toStruct: (data: Uint8Array) => Uint8Array = same,
): Sysvar {
  return { address, idHex: encodeHex(decodeBase58(address)), structBytes, toStruct };
}

/** Sysvars that programs can ask for (anza-xyz/solana-sdk, one crate each). */
export const SYSVARS = {
  clock: sysvar("SysvarC1ock11111111111111111111111111111111", 40),
  // u64 slots, u64 offset, bool warmup, then two u64
  epochSchedule: sysvar(
    "SysvarEpochSchedu1e111111111111111111111111",
    40,
    padded(40, [0, 16, 0], [16, 1, 16], [17, 16, 24]),
  ),
  // u64 lamports per byte-year, f64 threshold, u8 burn percent
  rent: sysvar("SysvarRent111111111111111111111111111111111", 24, padded(24, [0, 17, 0])),
  lastRestartSlot: sysvar("SysvarLastRestartS1ot1111111111111111111111", 8),
  // u64, u64, hash, u128, u64, u64, bool; the struct is aligned to 16
  epochRewards: sysvar("SysvarEpochRewards1111111111111111111111111", 96, padded(96, [0, 81, 0])),
  slotHashes: sysvar("SysvarS1otHashes111111111111111111111111111", 0),
  stakeHistory: sysvar("SysvarStakeHistory1111111111111111111111111", 0),
} as const;

export type SysvarName = keyof typeof SYSVARS;
