import { BASE_EXTRINSIC_WEIGHT, FEE_PER_BYTE, REF_TIME_PER_PLANCK } from "../runtime/parameters.ts";

/** Parts of a fee, plancks: `pallet_transaction_payment::InclusionFee`. */
export interface InclusionFee {
  readonly baseFee: bigint;
  readonly lenFee: bigint;
  readonly weightFee: bigint;
}

/** Fee of an extrinsic of `length` bytes whose call has this weight in picoseconds. */
export function inclusionFee(length: number, refTime: bigint): InclusionFee {
  return {
    baseFee: BASE_EXTRINSIC_WEIGHT / REF_TIME_PER_PLANCK,
    lenFee: BigInt(length) * FEE_PER_BYTE,
    weightFee: refTime / REF_TIME_PER_PLANCK,
  };
}

export const totalFee = ({ baseFee, lenFee, weightFee }: InclusionFee): bigint =>
  baseFee + lenFee + weightFee;
