import { option, row } from "../scale/compounds.ts";
import { compact, U32, U64, U128 } from "../scale/numbers.ts";
import { BYTES, byteArray, sequence } from "../scale/sequences.ts";
import { constant, doubleMapOf, mapOf, type Pallet } from "./pallet.ts";
import { NATIVE_TO_ETH_RATIO } from "./parameters.ts";
import { ACCOUNT_ID, H160, H256, WEIGHT } from "./primitives.ts";

/** EIP-155 number that contracts see. */
export const EVM_CHAIN_ID = 420_420_420n;

const LIMITS = { gas_limit: WEIGHT, storage_deposit_limit: compact(U128) };

/** A pallet of pallet-revive's form that runs EVM bytecode. */
export const REVIVE = {
  name: "Revive",
  index: 60,
  calls: {
    call: row(
      1,
      { dest: H160, value: compact(U128), ...LIMITS, data: BYTES },
      "Makes a call to an account, optionally transferring some balance.",
    ),
    instantiate_with_code: row(
      3,
      { value: compact(U128), ...LIMITS, code: BYTES, data: BYTES, salt: option(byteArray(32)) },
      "Instantiates a contract from initcode, `data` appended; with `salt` at the address of CREATE2.",
    ),
    map_account: row(7, {}, "Register the caller's account so that it can be used in contracts."),
    unmap_account: row(8, {}, "Unregister the caller's account."),
  },
  events: {
    ContractEmitted: row(
      0,
      { contract: H160, data: BYTES, topics: sequence(H256) },
      "A custom event emitted by the contract.",
    ),
    Instantiated: row(1, { deployer: H160, contract: H160 }, "Contract deployed by deployer."),
  },
  errors: {
    OutOfGas: row(0, [], "The executed contract exhausted its gas limit."),
    TransferFailed: row(1, [], "Performing the requested transfer failed."),
    CodeNotFound: row(2, [], "No code could be found at the supplied address."),
    ContractTrapped: row(3, [], "Contract trapped during execution."),
    DuplicateContract: row(4, [], "A contract with the same address already exists."),
    ContractReverted: row(
      5,
      [],
      "The contract ran to completion but decided to revert its changes.",
    ),
    BlobTooLarge: row(6, [], "The code blob supplied is larger than what is allowed."),
    AccountUnmapped: row(7, [], "The account was not registered with `map_account`."),
    AccountAlreadyMapped: row(8, [], "The account is registered already."),
    StorageDepositNotEnoughFunds: row(9, [], "Origin doesn't have enough balance for deposits."),
    GasLimitTooHigh: row(10, [], "The gas limit is larger than a block's weight."),
  },
  storage: {
    PristineCode: mapOf("Identity", H256, BYTES, "Code by its keccak-256 hash."),
    CodeHashOf: mapOf("Identity", H160, H256, "Code hash of a contract."),
    ContractStorage: doubleMapOf(
      ["Identity", "Identity"],
      [H160, H256],
      H256,
      "Storage of contracts: words by big-endian slot, zeros absent.",
    ),
    Dust: mapOf("Identity", H160, U64, "Wei that an address holds beyond whole plancks."),
    OriginalAccount: mapOf(
      "Identity",
      H160,
      ACCOUNT_ID,
      "Account that a mapped address stands for.",
    ),
  },
  constants: {
    NativeToEthRatio: constant(U32, Number(NATIVE_TO_ETH_RATIO), "Wei for one planck."),
    ChainId: constant(U64, EVM_CHAIN_ID, "The EIP-155 chain id that contracts see."),
  },
} as const satisfies Pallet;
