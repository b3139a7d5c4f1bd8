import { ByteReader, ByteWriter, decodeBase58, encodeBase58 } from "@dragoman/bytes";
import {
  Clock,
  EpochRewards,
  EpochSchedule,
  Rent,
  type SlotHash,
  SlotHistory,
  StakeHistory,
  StakeHistoryEntry,
} from "./sysvar-values.ts";

/** How a value stands in the account of its sysvar: bincode (anza-xyz/solana-sdk, one crate each). */
export interface SysvarCodec<T> {
  /** Base58. */
  readonly address: string;
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (data: Uint8Array) => T;
}

/** `bytes`: how long the account is at least, which lists do not always fill. */
function codec<T>(
  address: string,
  write: (to: ByteWriter, value: T) => void,
  read: (from: ByteReader) => T,
  bytes = 0,
): SysvarCodec<T> {
  return {
    address,
    encode: (value) => {
      const writer = new ByteWriter();
      write(writer, value);
      const written = writer.finish();
      const data = new Uint8Array(Math.max(bytes, written.length));
      data.set(written);
      return data;
    },
    decode: (data) => read(new ByteReader(data)),
  };
}

const signed = (value: bigint): bigint => BigInt.asIntN(64, value);
const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value);

export const CLOCK: SysvarCodec<Clock> = codec(
  "SysvarC1ock11111111111111111111111111111111",
  (to, clock) => {
    to.u64(clock.slot);
    to.u64(unsigned(clock.epochStartTimestamp));
    to.u64(clock.epoch);
    to.u64(clock.leaderScheduleEpoch);
    to.u64(unsigned(clock.unixTimestamp));
  },
  (from) => {
    const [slot, start, epoch, schedule] = [from.u64(), signed(from.u64()), from.u64(), from.u64()];
    return new Clock(slot, start, epoch, schedule, signed(from.u64()));
  },
);

export const EPOCH_SCHEDULE: SysvarCodec<EpochSchedule> = codec(
  "SysvarEpochSchedu1e111111111111111111111111",
  (to, schedule) => {
    to.u64(schedule.slotsPerEpoch);
    to.u64(schedule.leaderScheduleSlotOffset);
    to.u8(schedule.warmup ? 1 : 0);
    to.u64(schedule.firstNormalEpoch);
    to.u64(schedule.firstNormalSlot);
  },
  (from) => new EpochSchedule(from.u64(), from.u64(), from.u8() === 1, from.u64(), from.u64()),
);

const bits = new DataView(new ArrayBuffer(8));

export const RENT: SysvarCodec<Rent> = codec(
  "SysvarRent111111111111111111111111111111111",
  (to, rent) => {
    to.u64(rent.lamportsPerByteYear);
    bits.setFloat64(0, rent.exemptionThreshold);
    to.u64(bits.getBigUint64(0));
    to.u8(rent.burnPercent);
  },
  (from) => {
    const perByte = from.u64();
    bits.setBigUint64(0, from.u64());
    return new Rent(perByte, bits.getFloat64(0), from.u8());
  },
);

export const EPOCH_REWARDS: SysvarCodec<EpochRewards> = codec(
  "SysvarEpochRewards1111111111111111111111111",
  (to, rewards) => {
    to.u64(rewards.distributionStartingBlockHeight);
    to.u64(rewards.numPartitions);
    to.bytes(decodeBase58(rewards.parentBlockhash));
    to.u64(unsigned(rewards.totalPoints));
    to.u64(rewards.totalPoints >> 64n);
    to.u64(rewards.totalRewards);
    to.u64(rewards.distributedRewards);
    to.u8(rewards.active ? 1 : 0);
  },
  (from) => {
    const [height, partitions] = [from.u64(), from.u64()];
    const parent = encodeBase58(from.take(32));
    const points = from.u64() | (from.u64() << 64n);
    const [total, distributed] = [from.u64(), from.u64()];
    return new EpochRewards(
      ...([height, partitions, parent, points] as const),
      ...([total, distributed, from.u8() === 1] as const),
    );
  },
);

export const LAST_RESTART_SLOT: SysvarCodec<bigint> = codec(
  "SysvarLastRestartS1ot1111111111111111111111",
  (to, slot) => to.u64(slot),
  (from) => from.u64(),
);

/** A vector with its length before it. */
function list<T>(from: ByteReader, read: () => T): T[] {
  return Array.from({ length: Number(from.u64()) }, read);
}

export const SLOT_HASHES: SysvarCodec<readonly SlotHash[]> = codec(
  "SysvarS1otHashes111111111111111111111111111",
  (to, hashes) => {
    to.u64(BigInt(hashes.length));
    for (const { slot, hash } of hashes) {
      to.u64(slot);
      to.bytes(decodeBase58(hash));
    }
  },
  (from) => list(from, () => ({ slot: from.u64(), hash: encodeBase58(from.take(32)) })),
  20_488,
);

export const STAKE_HISTORY: SysvarCodec<StakeHistory> = codec(
  "SysvarStakeHistory1111111111111111111111111",
  (to, { entries }) => {
    to.u64(BigInt(entries.length));
    for (const { epoch, entry } of entries) {
      to.u64(epoch);
      to.u64(entry.effective);
      to.u64(entry.activating);
      to.u64(entry.deactivating);
    }
  },
  (from) => {
    const history = new StakeHistory();
    const entries = list(from, () => [from.u64(), from.u64(), from.u64(), from.u64()] as const);
    for (const [epoch, ...stake] of entries) history.add(epoch, new StakeHistoryEntry(...stake));
    return history;
  },
);

/** Blockhashes that transactions may name, each with the lamports of a signature. */
export const RECENT_BLOCKHASHES: SysvarCodec<
  readonly { readonly blockhash: Uint8Array; readonly lamportsPerSignature: bigint }[]
> = codec(
  "SysvarRecentB1ockHashes11111111111111111111",
  (to, hashes) => {
    to.u64(BigInt(hashes.length));
    for (const { blockhash, lamportsPerSignature } of hashes) {
      to.bytes(blockhash);
      to.u64(lamportsPerSignature);
    }
  },
  (from) =>
    list(from, () => ({
      blockhash: from.take(32).slice(),
      lamportsPerSignature: from.u64(),
    })),
);

export const SLOT_HISTORY: SysvarCodec<SlotHistory> = codec(
  "SysvarS1otHistory11111111111111111111111111",
  (to, { bits: words, nextSlot }) => {
    to.u8(1);
    to.u64(BigInt(words.length));
    for (const word of words) to.u64(word);
    to.u64(BigInt(words.length * 64));
    to.u64(nextSlot);
  },
  (from) => {
    from.u8();
    const words = BigUint64Array.from(list(from, () => from.u64()));
    from.u64();
    return new SlotHistory(words, from.u64());
  },
);

/** All of them, as programs find them by address. */
export const SYSVAR_ADDRESSES: readonly string[] = [
  CLOCK,
  EPOCH_SCHEDULE,
  RENT,
  EPOCH_REWARDS,
  LAST_RESTART_SLOT,
  SLOT_HASHES,
  STAKE_HISTORY,
  RECENT_BLOCKHASHES,
  SLOT_HISTORY,
].map(({ address }) => address);
