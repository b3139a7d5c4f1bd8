import {
  BASE_EXTRINSIC_WEIGHT,
  DISPATCH_CLASS,
  decodeExtrinsic,
  FEE_PER_BYTE,
  inclusionFee,
  option,
  REF_TIME_PER_PLANCK,
  readCompact,
  type Shape,
  struct,
  totalFee,
  U32,
  U128,
  type Value,
  WEIGHT,
  weightOf,
} from "@dragoman/ledger-substrate";
import { UNCHECKED_EXTRINSIC } from "../metadata/metadata.ts";
import { method, type RuntimeApi } from "./runtime-api.ts";

const LENGTH_MAX = 0x3fff_ffffn;

/** An extrinsic inside other data, its length in front. */
const EXTRINSIC: Shape<Uint8Array> = {
  definition: UNCHECKED_EXTRINSIC.definition,
  write: (writer, value) => writer.bytes(value),
  read(reader) {
    const { at } = reader;
    const length = Number(readCompact(reader, LENGTH_MAX));
    reader.take(length);
    return reader.bytes.slice(at, reader.at);
  },
};

const DISPATCH_INFO = struct("pallet_transaction_payment::types::RuntimeDispatchInfo", {
  weight: WEIGHT,
  class: DISPATCH_CLASS,
  partial_fee: U128,
});
export type RuntimeDispatchInfo = Value<typeof DISPATCH_INFO>;

const FEE_DETAILS = struct("pallet_transaction_payment::types::FeeDetails", {
  inclusion_fee: option(
    struct("pallet_transaction_payment::types::InclusionFee", {
      base_fee: U128,
      len_fee: U128,
      adjusted_weight_fee: U128,
    }),
  ),
  tip: U128,
});
export type FeeDetails = Value<typeof FEE_DETAILS>;

/** What including an extrinsic costs at most. The signature is not looked at. Fault: MALFORMED_TRANSACTION. */
export function dispatchInfoOf(bytes: Uint8Array): RuntimeDispatchInfo {
  const { call, signed } = decodeExtrinsic(bytes);
  const refTime = weightOf(call);
  const fee = signed === undefined ? 0n : totalFee(inclusionFee(bytes.length, refTime));
  return {
    weight: { ref_time: refTime + BASE_EXTRINSIC_WEIGHT, proof_size: 0n },
    class: { type: signed === undefined ? "Mandatory" : "Normal", value: [] },
    partial_fee: fee,
  };
}

/** The parts of that cost. */
export function feeDetailsOf(bytes: Uint8Array): FeeDetails {
  const { call, signed } = decodeExtrinsic(bytes);
  if (signed === undefined) return { inclusion_fee: undefined, tip: 0n };
  const { baseFee, lenFee, weightFee } = inclusionFee(bytes.length, weightOf(call));
  return {
    inclusion_fee: { base_fee: baseFee, len_fee: lenFee, adjusted_weight_fee: weightFee },
    tip: signed.tip,
  };
}

const QUERY = { uxt: EXTRINSIC, len: U32 };

export const PAYMENT_API: RuntimeApi = {
  name: "TransactionPaymentApi",
  version: 4,
  methods: {
    query_info: method(QUERY, DISPATCH_INFO, "Weight and fee of an extrinsic.", (_, { uxt }) =>
      dispatchInfoOf(uxt),
    ),
    query_fee_details: method(QUERY, FEE_DETAILS, "Parts of the fee.", (_, { uxt }) =>
      feeDetailsOf(uxt),
    ),
    query_weight_to_fee: method(
      { weight: WEIGHT },
      U128,
      "Fee for a weight.",
      (_, { weight }) => weight.ref_time / REF_TIME_PER_PLANCK,
    ),
    query_length_to_fee: method(
      { length: U32 },
      U128,
      "Fee for a length.",
      (_, { length }) => BigInt(length) * FEE_PER_BYTE,
    ),
  },
};
