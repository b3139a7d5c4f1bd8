import { option, row, struct } from "../scale/compounds.ts";
import { U8, U16, U32, U64, U128 } from "../scale/numbers.ts";
import { BYTES, byteArray, sequence, TEXT, tuple } from "../scale/sequences.ts";
import type { AnyShape, Shape, Value } from "../scale/shape.ts";
import { constant, mapOr, type Pallet, valueOr } from "./pallet.ts";
import {
  BASE_EXTRINSIC_WEIGHT,
  BLOCK_HASH_COUNT,
  MAX_BLOCK_LENGTH,
  MAX_BLOCK_WEIGHT,
  SPEC_NAME,
  SPEC_VERSION,
  SS58_PREFIX,
  TRANSACTION_VERSION,
} from "./parameters.ts";
import { ACCOUNT_ID, DIGEST, DISPATCH_ERROR, DISPATCH_INFO, H256, WEIGHT } from "./primitives.ts";

const ZERO_HASH = new Uint8Array(32);
const NO_WEIGHT = { ref_time: 0n, proof_size: 0n };

export const ACCOUNT_DATA = struct("pallet_balances::types::AccountData", {
  free: U128,
  reserved: U128,
  frozen: U128,
  flags: U128,
});

/** `frame_system::AccountInfo`. */
export const ACCOUNT_INFO = struct(
  "frame_system::AccountInfo",
  { nonce: U32, consumers: U32, providers: U32, sufficients: U32, data: ACCOUNT_DATA },
  { Nonce: U32, AccountData: ACCOUNT_DATA },
);
export type AccountInfo = Value<typeof ACCOUNT_INFO>;

export const NO_ACCOUNT: AccountInfo = {
  nonce: 0,
  consumers: 0,
  providers: 0,
  sufficients: 0,
  data: { free: 0n, reserved: 0n, frozen: 0n, flags: 0n },
};

const perClass = <T>(path: string, of: Shape<T>) =>
  struct(path, { normal: of, operational: of, mandatory: of }, { T: of as AnyShape });

const WEIGHT_PER_CLASS = perClass("frame_support::dispatch::PerDispatchClass", WEIGHT);

const WEIGHTS_PER_CLASS = struct("frame_system::limits::WeightsPerClass", {
  base_extrinsic: WEIGHT,
  max_extrinsic: option(WEIGHT),
  max_total: option(WEIGHT),
  reserved: option(WEIGHT),
});
const BLOCK_WEIGHTS = struct("frame_system::limits::BlockWeights", {
  base_block: WEIGHT,
  max_block: WEIGHT,
  per_class: perClass("frame_support::dispatch::PerDispatchClass", WEIGHTS_PER_CLASS),
});
const BLOCK_LENGTH = struct("frame_system::limits::BlockLength", {
  max: perClass("frame_support::dispatch::PerDispatchClass", U32),
});

/** `sp_version::RuntimeVersion`; `apis` are the runtime's interfaces by the first 8 bytes of their names' hashes. */
export const RUNTIME_VERSION = struct("sp_version::RuntimeVersion", {
  spec_name: TEXT,
  impl_name: TEXT,
  authoring_version: U32,
  spec_version: U32,
  impl_version: U32,
  apis: sequence(tuple(byteArray(8), U32)),
  transaction_version: U32,
  system_version: U8,
});

const weight = (refTime: bigint) => ({ ref_time: refTime, proof_size: MAX_BLOCK_WEIGHT });
const limits = (max: bigint) => ({
  base_extrinsic: { ref_time: BASE_EXTRINSIC_WEIGHT, proof_size: 0n },
  max_extrinsic: weight(max - BASE_EXTRINSIC_WEIGHT),
  max_total: weight(max),
  reserved: undefined,
});

const NEW_ACCOUNT = { account: ACCOUNT_ID };

export const SYSTEM = {
  name: "System",
  index: 0,
  calls: {
    remark: row(0, { remark: BYTES }, "Make some on-chain remark."),
    remark_with_event: row(7, { remark: BYTES }, "Make some on-chain remark and emit event."),
  },
  events: {
    ExtrinsicSuccess: row(0, { dispatch_info: DISPATCH_INFO }, "An extrinsic completed."),
    ExtrinsicFailed: row(
      1,
      { dispatch_error: DISPATCH_ERROR, dispatch_info: DISPATCH_INFO },
      "An extrinsic failed.",
    ),
    NewAccount: row(3, NEW_ACCOUNT, "A new account was created."),
    KilledAccount: row(4, NEW_ACCOUNT, "An account was reaped."),
    Remarked: row(5, { sender: ACCOUNT_ID, hash: H256 }, "On on-chain remark happened."),
  },
  errors: {
    InvalidSpecName: row(0, [], "The name of specification does not match."),
    CallFiltered: row(5, [], "The origin filter prevent the call to be dispatched."),
  },
  storage: {
    Account: mapOr("Blake2_128Concat", ACCOUNT_ID, ACCOUNT_INFO, NO_ACCOUNT, "Accounts."),
    BlockWeight: valueOr(
      WEIGHT_PER_CLASS,
      { normal: NO_WEIGHT, operational: NO_WEIGHT, mandatory: NO_WEIGHT },
      "Weight of the block.",
    ),
    BlockHash: mapOr("Twox64Concat", U32, H256, ZERO_HASH, "Hashes of recent blocks."),
    Number: valueOr(U32, 0, "The block's number."),
    ParentHash: valueOr(H256, ZERO_HASH, "Hash of the previous block."),
    Digest: valueOr(DIGEST, { logs: [] }, "Digest of the block."),
    EventCount: valueOr(U32, 0, "Events of the block."),
  },
  constants: {
    BlockWeights: constant(
      BLOCK_WEIGHTS,
      {
        base_block: NO_WEIGHT,
        max_block: weight(MAX_BLOCK_WEIGHT),
        per_class: {
          normal: limits(MAX_BLOCK_WEIGHT),
          operational: limits(MAX_BLOCK_WEIGHT),
          mandatory: limits(MAX_BLOCK_WEIGHT),
        },
      },
      "Block & extrinsics weights.",
    ),
    BlockLength: constant(
      BLOCK_LENGTH,
      {
        max: {
          normal: MAX_BLOCK_LENGTH,
          operational: MAX_BLOCK_LENGTH,
          mandatory: MAX_BLOCK_LENGTH,
        },
      },
      "The maximum length of a block, bytes.",
    ),
    BlockHashCount: constant(U32, BLOCK_HASH_COUNT, "Block hashes that are kept."),
    DbWeight: constant(
      struct("sp_weights::RuntimeDbWeight", { read: U64, write: U64 }),
      { read: 0n, write: 0n },
      "The weight of database operations.",
    ),
    Version: constant(
      RUNTIME_VERSION,
      {
        spec_name: SPEC_NAME,
        impl_name: SPEC_NAME,
        authoring_version: 1,
        spec_version: SPEC_VERSION,
        impl_version: 0,
        apis: [],
        transaction_version: TRANSACTION_VERSION,
        system_version: 1,
      },
      "Get the chain's in-code version.",
    ),
    SS58Prefix: constant(U16, SS58_PREFIX, "The SS58 prefix of addresses."),
  },
} as const satisfies Pallet;
