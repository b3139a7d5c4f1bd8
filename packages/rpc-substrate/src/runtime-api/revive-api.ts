import {
  ACCOUNT_ID,
  accountInfo,
  accountOf,
  addressOf,
  BYTES,
  byteArray,
  codeOf,
  DISPATCH_ERROR,
  type DryRun,
  dryRun,
  EVENTS,
  enumeration,
  err,
  H160,
  H256,
  ok,
  option,
  REF_TIME_PER_GAS,
  result,
  row,
  type Shape,
  struct,
  U32,
  U128,
  U256,
  type Value,
  WEIGHT,
  weiOf,
} from "@dragoman/ledger-substrate";
import { method, type RuntimeApi } from "./runtime-api.ts";

/** Bits of `ReturnFlags`: the contract reverted. */
const REVERT = 1;

const EXEC_RETURN = struct("pallet_revive_uapi::ExecReturnValue", {
  flags: struct("pallet_revive_uapi::flags::ReturnFlags", { bits: U32 }),
  data: BYTES,
});
const INSTANTIATE_RETURN = struct("pallet_revive::primitives::InstantiateReturnValue", {
  result: EXEC_RETURN,
  addr: H160,
});
const STORAGE_DEPOSIT = enumeration("pallet_revive::primitives::StorageDeposit", {
  Refund: row(0, [U128]),
  Charge: row(1, [U128]),
});
const CODE = enumeration("pallet_revive::primitives::Code", {
  Upload: row(0, [BYTES]),
  Existing: row(1, [H256]),
});
const ACCESS_ERROR = enumeration("pallet_revive::primitives::ContractAccessError", {
  DoesntExist: row(0, []),
  KeyDecodingFailed: row(1, []),
});

/** `ContractResult`, with the events that the run would emit behind it. */
const contractResult = <T>(value: Shape<T>) =>
  struct("pallet_revive::primitives::ContractResult", {
    gas_consumed: WEIGHT,
    gas_required: WEIGHT,
    storage_deposit: STORAGE_DEPOSIT,
    debug_message: BYTES,
    result: result(value, DISPATCH_ERROR),
    events: option(EVENTS.value),
  });
const CALL_RESULT = contractResult(EXEC_RETURN);
const INSTANTIATE_RESULT = contractResult(INSTANTIATE_RETURN);

const LIMITS = { gas_limit: option(WEIGHT), storage_deposit_limit: option(U128) };

const weightOf = (gas: bigint) => ({ ref_time: gas * REF_TIME_PER_GAS, proof_size: 0n });
const gasOf = (limit: Value<typeof WEIGHT> | undefined): bigint | undefined =>
  limit && limit.ref_time / REF_TIME_PER_GAS;

/** What a dry run cost. Storage deposits are not taken here, so they are 0. */
const costOf = ({ outcome, gasRequired, events }: DryRun) => ({
  gas_consumed: weightOf(outcome.gasUsed),
  gas_required: weightOf(gasRequired),
  storage_deposit: { type: "Charge", value: [0n] } as const,
  debug_message: new Uint8Array(0),
  events,
});

const returnOf = ({ outcome }: DryRun) => ({
  flags: { bits: outcome.isReverted ? REVERT : 0 },
  data: outcome.output,
});

export const REVIVE_API: RuntimeApi = {
  name: "ReviveApi",
  version: 1,
  methods: {
    call: method(
      { origin: ACCOUNT_ID, dest: H160, value: U128, ...LIMITS, input_data: BYTES },
      CALL_RESULT,
      "Perform a call from a specified account to a given contract.",
      ({ execution }, { origin, dest, value, gas_limit, input_data }) => {
        const { nonce } = accountInfo(execution, origin);
        const gas = gasOf(gas_limit);
        const run = dryRun(execution, { origin, dest, value, gas, data: input_data, nonce });
        const { error, isReverted } = run.outcome;
        return {
          ...costOf(run),
          result: error === undefined || isReverted ? ok(returnOf(run)) : err(error),
        };
      },
    ),
    instantiate: method(
      {
        origin: ACCOUNT_ID,
        value: U128,
        ...LIMITS,
        code: CODE,
        data: BYTES,
        salt: option(byteArray(32)),
      },
      INSTANTIATE_RESULT,
      "Instantiate a new contract.",
      ({ execution }, { origin, value, gas_limit, code, data, salt }) => {
        const { nonce } = accountInfo(execution, origin);
        const initcode =
          code.type === "Upload"
            ? code.value[0]
            : (execution.storage.get("Revive", "PristineCode", code.value[0]) ?? new Uint8Array(0));
        const run = dryRun(execution, {
          origin,
          dest: undefined,
          value,
          gas: gasOf(gas_limit),
          data: Buffer.concat([initcode, data]),
          salt,
          nonce,
        });
        const { error, isReverted, contract } = run.outcome;
        return {
          ...costOf(run),
          result:
            error === undefined || isReverted
              ? ok({ result: returnOf(run), addr: contract })
              : err(error),
        };
      },
    ),
    address: method(
      { account_id: ACCOUNT_ID },
      H160,
      "The address of an account.",
      (_, { account_id }) => addressOf(account_id),
    ),
    balance: method(
      { address: H160 },
      U256,
      "The spendable balance of an address, wei.",
      ({ execution }, { address }) => weiOf(execution, address),
    ),
    nonce: method(
      { address: H160 },
      U32,
      "The nonce of an address.",
      ({ execution }, { address }) =>
        accountInfo(execution, accountOf(execution.storage, address)).nonce,
    ),
    code: method(
      { address: H160 },
      BYTES,
      "The code at an address.",
      ({ execution: { storage } }, { address }) => codeOf(storage, address) ?? new Uint8Array(0),
    ),
    get_storage: method(
      { address: H160, key: byteArray(32) },
      result(option(BYTES), ACCESS_ERROR),
      "Query a given storage key in a given contract.",
      ({ execution: { storage } }, { address, key }) =>
        codeOf(storage, address) === undefined
          ? err({ type: "DoesntExist", value: [] } as const)
          : ok(storage.get("Revive", "ContractStorage", address, key)),
    ),
  },
};
