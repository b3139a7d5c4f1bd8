import type { SvmAccount } from "@dragoman/frontend-sbpf";

/** Lamports for each byte that an account must keep; the sysvar Rent says the same (SIMD-0194: no multiplication by years). */
export const LAMPORTS_PER_BYTE = 6960n;
/** Bytes that every account is charged beside its data. */
const ACCOUNT_BYTES = 128;

/** Balance from which an account of `dataBytes` bytes is exempt from rent, in lamports. */
export const minimumBalance = (dataBytes: number): bigint =>
  BigInt(ACCOUNT_BYTES + dataBytes) * LAMPORTS_PER_BYTE;

type Holding = Pick<SvmAccount, "lamports" | "data"> | undefined;

/** Balance that exempts an account of so many bytes from rent. */
export type RentMinimum = (dataBytes: number) => bigint;

const pays = (account: Holding, minimum: RentMinimum): boolean =>
  account !== undefined && account.lamports > 0n && account.lamports < minimum(account.data.length);

/**
 * Whether a transaction may leave an account so: empty, exempt from rent, or below the minimum as it was before, not larger and not richer
 * (agave `svm/src/rent_calculator.rs`).
 */
export function mayLeaveRent(
  before: Holding,
  after: Holding,
  minimum: RentMinimum = minimumBalance,
): boolean {
  if (!pays(after, minimum)) return true;
  if (!pays(before, minimum)) return false;
  return before!.data.length === after!.data.length && after!.lamports <= before!.lamports;
}
