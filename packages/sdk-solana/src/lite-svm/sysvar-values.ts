/** Time as the programs see it. */
export class Clock {
  slot: bigint;
  epochStartTimestamp: bigint;
  epoch: bigint;
  leaderScheduleEpoch: bigint;
  unixTimestamp: bigint;

  /** Timestamps are seconds since 1970-01-01. */
  constructor(
    slot: bigint,
    epochStartTimestamp: bigint,
    epoch: bigint,
    leaderScheduleEpoch: bigint,
    unixTimestamp: bigint,
  ) {
    this.slot = slot;
    this.epochStartTimestamp = epochStartTimestamp;
    this.epoch = epoch;
    this.leaderScheduleEpoch = leaderScheduleEpoch;
    this.unixTimestamp = unixTimestamp;
  }
}

/** Lengths of epochs. */
export class EpochSchedule {
  slotsPerEpoch: bigint;
  leaderScheduleSlotOffset: bigint;
  warmup: boolean;
  firstNormalEpoch: bigint;
  firstNormalSlot: bigint;

  constructor(
    slotsPerEpoch: bigint,
    leaderScheduleSlotOffset: bigint,
    warmup: boolean,
    firstNormalEpoch: bigint,
    firstNormalSlot: bigint,
  ) {
    this.slotsPerEpoch = slotsPerEpoch;
    this.leaderScheduleSlotOffset = leaderScheduleSlotOffset;
    this.warmup = warmup;
    this.firstNormalEpoch = firstNormalEpoch;
    this.firstNormalSlot = firstNormalSlot;
  }
}

/** What accounts must hold for their bytes. */
export class Rent {
  lamportsPerByteYear: bigint;
  /** Years. */
  exemptionThreshold: number;
  burnPercent: number;

  constructor(lamportsPerByteYear: bigint, exemptionThreshold: number, burnPercent: number) {
    this.lamportsPerByteYear = lamportsPerByteYear;
    this.exemptionThreshold = exemptionThreshold;
    this.burnPercent = burnPercent;
  }

  static default(): Rent {
    return new Rent(6960n, 1, 50);
  }

  /** Nothing is to be held. */
  static free(): Rent {
    return new Rent(0n, 1, 50);
  }

  /** Lamports that exempt an account of `dataLen` bytes. */
  minimumBalance(dataLen: bigint): bigint {
    return BigInt(
      Math.trunc(Number((128n + dataLen) * this.lamportsPerByteYear) * this.exemptionThreshold),
    );
  }

  isExempt(balance: bigint, dataLen: bigint): boolean {
    return balance >= this.minimumBalance(dataLen);
  }
}

/** The distribution of an epoch's rewards. */
export class EpochRewards {
  distributionStartingBlockHeight: bigint;
  numPartitions: bigint;
  /** Base58. */
  parentBlockhash: string;
  totalPoints: bigint;
  totalRewards: bigint;
  distributedRewards: bigint;
  active: boolean;

  constructor(
    distributionStartingBlockHeight: bigint,
    numPartitions: bigint,
    parentBlockhash: string,
    totalPoints: bigint,
    totalRewards: bigint,
    distributedRewards: bigint,
    active: boolean,
  ) {
    this.distributionStartingBlockHeight = distributionStartingBlockHeight;
    this.numPartitions = numPartitions;
    this.parentBlockhash = parentBlockhash;
    this.totalPoints = totalPoints;
    this.totalRewards = totalRewards;
    this.distributedRewards = distributedRewards;
    this.active = active;
  }
}

/** A slot and the hash of its block, in base58. */
export interface SlotHash {
  slot: bigint;
  hash: string;
}

/** Stake of all in one epoch, in lamports. */
export class StakeHistoryEntry {
  effective: bigint;
  activating: bigint;
  deactivating: bigint;

  constructor(effective: bigint, activating: bigint, deactivating: bigint) {
    this.effective = effective;
    this.activating = activating;
    this.deactivating = deactivating;
  }
}

/** Epochs that a history keeps. */
const EPOCHS_MAX = 512;

/** Stake by epoch, newest first. */
export class StakeHistory {
  readonly entries: { readonly epoch: bigint; readonly entry: StakeHistoryEntry }[] = [];

  get(epoch: bigint): StakeHistoryEntry | null {
    return this.entries.find((known) => known.epoch === epoch)?.entry ?? null;
  }

  add(epoch: bigint, entry: StakeHistoryEntry): void {
    const at = this.entries.findIndex((known) => known.epoch <= epoch);
    const isKnown = this.entries[at]?.epoch === epoch;
    this.entries.splice(at < 0 ? this.entries.length : at, isKnown ? 1 : 0, { epoch, entry });
    this.entries.splice(EPOCHS_MAX);
  }
}

/** Answers of {@link SlotHistory.check}. */
export const SlotHistoryCheck = { Future: 0, TooOld: 1, Found: 2, NotFound: 3 } as const;

const SLOTS_MAX = 1024n * 1024n;

/** Which of the last 2^20 slots had a block. */
export class SlotHistory {
  bits: BigUint64Array;
  nextSlot: bigint;

  constructor(bits: BigUint64Array, nextSlot: bigint) {
    this.bits = bits;
    this.nextSlot = nextSlot;
  }

  /** With slot 0 alone. */
  static default(): SlotHistory {
    const bits = new BigUint64Array(Number(SLOTS_MAX / 64n));
    bits[0] = 1n;
    return new SlotHistory(bits, 1n);
  }

  add(slot: bigint): void {
    if (slot > this.nextSlot && slot - this.nextSlot >= SLOTS_MAX) this.bits.fill(0n);
    else for (let skipped = this.nextSlot; skipped < slot; skipped++) this.#put(skipped, false);
    this.#put(slot, true);
    this.nextSlot = slot + 1n;
  }

  check(slot: bigint): number {
    if (slot > this.newest()) return SlotHistoryCheck.Future;
    if (slot < this.oldest()) return SlotHistoryCheck.TooOld;
    const at = slot % SLOTS_MAX;
    const word = this.bits[Number(at / 64n)] ?? 0n;
    const isSet = ((word >> (at % 64n)) & 1n) === 1n;
    return isSet ? SlotHistoryCheck.Found : SlotHistoryCheck.NotFound;
  }

  oldest(): bigint {
    return this.nextSlot > SLOTS_MAX ? this.nextSlot - SLOTS_MAX : 0n;
  }

  newest(): bigint {
    return this.nextSlot - 1n;
  }

  #put(slot: bigint, isSet: boolean): void {
    const at = slot % SLOTS_MAX;
    const index = Number(at / 64n);
    const bit = 1n << (at % 64n);
    const word = this.bits[index] ?? 0n;
    this.bits[index] = isSet ? word | bit : word & ~bit;
  }
}
