import { ByteWriter, decodeBase58, encodeHex } from "@dragoman/bytes";
import { type SvmAccount, SYSVARS } from "@dragoman/frontend-sbpf";
import { LAMPORTS_PER_SIGNATURE } from "./compute-budget.ts";
import { LAMPORTS_PER_BYTE } from "./rent.ts";

/** Where a block stands, as far as sysvars tell of it. */
export interface SlotPlace {
  readonly slot: number;
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
  /** Time of the first block of its epoch, if that is another. */
  readonly epochStart?: number | undefined;
  /** Blocks before it, newest first, with their blockhashes. */
  readonly ancestors: readonly { readonly slot: number; readonly hash: Uint8Array }[];
}

export const SLOTS_PER_EPOCH = 432_000;
/** Ancestors that the sysvar RecentBlockhashes lists, and SlotHashes. */
const RECENT_BLOCKHASHES_MAX = 150;
export const SLOT_HASHES_MAX = 512;
/** Length of the vectors in EpochRewards, which is all zeros outside of a distribution. */
const EPOCH_REWARDS_BYTES = 81;
/** 1.0 as an IEEE double: the threshold of rent exemption. */
const ONE_AS_DOUBLE = 0x3ff0_0000_0000_0000n;
const BURN_PERCENT = 50;

/** Owner of all sysvars. */
export const SYSVAR_OWNER: Uint8Array = decodeBase58("Sysvar1111111111111111111111111111111111111");
const RECENT_BLOCKHASHES = encodeHex(decodeBase58("SysvarRecentB1ockHashes11111111111111111111"));

function write(fill: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter();
  fill(writer);
  return writer.finish();
}

/** Epoch of a slot: all have one length. */
export const epochOf = (slot: number): number => Math.floor(slot / SLOTS_PER_EPOCH);

function clock({ slot, timestamp, epochStart = timestamp }: SlotPlace): Uint8Array {
  const epoch = BigInt(epochOf(slot));
  return write((to) => {
    to.u64(BigInt(slot));
    to.u64(BigInt(epochStart));
    to.u64(epoch);
    to.u64(epoch + 1n);
    to.u64(BigInt(timestamp));
  });
}

const RENT = write((to) => {
  to.u64(LAMPORTS_PER_BYTE);
  to.u64(ONE_AS_DOUBLE);
  to.u8(BURN_PERCENT);
});

const EPOCH_SCHEDULE = write((to) => {
  to.u64(BigInt(SLOTS_PER_EPOCH));
  to.u64(BigInt(SLOTS_PER_EPOCH));
  to.bytes(new Uint8Array(1 + 8 + 8));
});

function slotHashes({ ancestors }: SlotPlace): Uint8Array {
  const listed = ancestors.slice(0, SLOT_HASHES_MAX);
  return write((to) => {
    to.u64(BigInt(listed.length));
    for (const { slot, hash } of listed) {
      to.u64(BigInt(slot));
      to.bytes(hash);
    }
  });
}

function recentBlockhashes({ ancestors }: SlotPlace): Uint8Array {
  const listed = ancestors.slice(0, RECENT_BLOCKHASHES_MAX);
  return write((to) => {
    to.u64(BigInt(listed.length));
    for (const { hash } of listed) {
      to.bytes(hash);
      to.u64(LAMPORTS_PER_SIGNATURE);
    }
  });
}

/** Accounts of the sysvars in a block at `place`, by address in hex. They follow from the chain, and stand in no state. */
export function sysvarAccounts(place: SlotPlace): ReadonlyMap<string, SvmAccount> {
  const data: readonly (readonly [idHex: string, data: Uint8Array])[] = [
    [SYSVARS.clock.idHex, clock(place)],
    [SYSVARS.rent.idHex, RENT],
    [SYSVARS.epochSchedule.idHex, EPOCH_SCHEDULE],
    [SYSVARS.lastRestartSlot.idHex, new Uint8Array(8)],
    [SYSVARS.epochRewards.idHex, new Uint8Array(EPOCH_REWARDS_BYTES)],
    [SYSVARS.stakeHistory.idHex, new Uint8Array(8)],
    [SYSVARS.slotHashes.idHex, slotHashes(place)],
    [RECENT_BLOCKHASHES, recentBlockhashes(place)],
  ];
  return new Map(
    data.map(([idHex, bytes]) => [
      idHex,
      {
        lamports: 1n,
        owner: SYSVAR_OWNER,
        executable: false,
        rentEpoch: 0n,
        data: bytes,
      },
    ]),
  );
}
