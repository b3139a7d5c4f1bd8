import { encodeBase58 } from "@dragoman/bytes";
import { type FeatureSet, rentExemption, type SvmAccount, SYSVARS } from "@dragoman/frontend-sbpf";
import type { BankState } from "@dragoman/ledger-svm";

const EXEMPT_EPOCH = 2n ** 64n - 1n;
/** Slots of 0.4 seconds in a tropical year. */
const SLOTS_PER_YEAR = (365.242_199 * 24 * 60 * 60) / 0.4;

/**
 * The account after rent was taken, as it was when a transaction that writes it was loaded (until disable_rent_fees_collection; anza-xyz/solana-sdk
 * `rent-collector/src/lib.rs`). Undefined: nothing is left.
 */
export function collectRent(
  account: SvmAccount,
  key: Uint8Array,
  state: BankState,
  features: FeatureSet,
): SvmAccount | undefined {
  const rent = state.sysvar(SYSVARS.rent.idHex)?.data;
  const schedule = state.sysvar(SYSVARS.epochSchedule.idHex)?.data;
  const clock = state.sysvar(SYSVARS.clock.idHex)?.data;
  if (rent === undefined || schedule === undefined || clock === undefined) return account;
  const { rentEpoch, lamports, data, executable } = account;
  const isExempt = lamports >= rentExemption(rent, data.length);
  const exempt = { ...account, rentEpoch: EXEMPT_EPOCH };
  if (features.has("disableRentFeesCollection")) return isExempt ? exempt : account;
  const epoch = viewOf(clock).getBigUint64(16, true);
  if (rentEpoch === EXEMPT_EPOCH || rentEpoch > epoch) return account;
  if (executable || encodeBase58(key) === INCINERATOR || isExempt) return exempt;
  const due = rentDue(rent, schedule, data.length, rentEpoch, epoch);
  if (due === 0n) return account;
  if (due >= lamports) return undefined;
  return { ...account, lamports: lamports - due, rentEpoch: epoch + 1n };
}

const INCINERATOR = "1nc1nerator11111111111111111111111111111111";

function rentDue(
  rent: Uint8Array,
  schedule: Uint8Array,
  bytes: number,
  from: bigint,
  to: bigint,
): bigint {
  let slots = 0n;
  for (let epoch = from; epoch <= to; epoch++) slots += slotsIn(schedule, epoch + 1n);
  const perYear = Number(viewOf(rent).getBigUint64(0, true) * BigInt(128 + bytes));
  return BigInt(Math.trunc(perYear * (Number(slots) / SLOTS_PER_YEAR)));
}

/** Slots of an epoch, by the sysvar EpochSchedule: the first ones double in length. */
function slotsIn(schedule: Uint8Array, epoch: bigint): bigint {
  const view = viewOf(schedule);
  const firstNormal = view.getBigUint64(17, true);
  return epoch < firstNormal ? 1n << (epoch + 5n) : view.getBigUint64(0, true);
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
