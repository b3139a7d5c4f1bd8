import type { SubstrateLedger } from "@dragoman/ledger-substrate";
import { SPEC_NAME, SS58_PREFIX, TOKEN_DECIMALS, TOKEN_SYMBOL } from "@dragoman/ledger-substrate";
import type { RpcMethod } from "@dragoman/rpc-server";
import { accountParam, bytesOf } from "../parameters.ts";
import { dispatchInfoOf, feeDetailsOf } from "../runtime-api/payment-api.ts";

const hex = (value: bigint): string => `0x${value.toString(16)}`;

/** `system_*` and `payment_*`. */
export function systemMethods(ledger: SubstrateLedger): [string, RpcMethod][] {
  const nextIndex: RpcMethod = ([account]) => ledger.nonces(accountParam(account)).pending;
  return [
    ["system_chain", () => "Dragoman"],
    ["system_name", () => SPEC_NAME],
    ["system_version", () => "0.1.0"],
    ["system_chainType", () => "Development"],
    ["system_health", () => ({ peers: 0, isSyncing: false, shouldHavePeers: false })],
    ["system_nodeRoles", () => ["Authority"]],
    [
      "system_properties",
      () => ({
        isEthereum: false,
        ss58Format: SS58_PREFIX,
        tokenDecimals: TOKEN_DECIMALS,
        tokenSymbol: TOKEN_SYMBOL,
      }),
    ],
    ["system_accountNextIndex", nextIndex],
    ["account_nextIndex", nextIndex],
    [
      "payment_queryInfo",
      ([extrinsic]) => {
        const {
          weight,
          class: kind,
          partial_fee,
        } = dispatchInfoOf(bytesOf(extrinsic, "extrinsic"));
        return {
          weight: { ref_time: Number(weight.ref_time), proof_size: Number(weight.proof_size) },
          class: kind.type.toLowerCase(),
          partialFee: partial_fee.toString(),
        };
      },
    ],
    [
      "payment_queryFeeDetails",
      ([extrinsic]) => {
        const { inclusion_fee: fee } = feeDetailsOf(bytesOf(extrinsic, "extrinsic"));
        return {
          inclusionFee: fee && {
            baseFee: hex(fee.base_fee),
            lenFee: hex(fee.len_fee),
            adjustedWeightFee: hex(fee.adjusted_weight_fee),
          },
        };
      },
    ],
  ];
}
