import { refuse } from "@dragoman/fault";
import { enumeration, newtype, row, struct } from "../scale/compounds.ts";
import { compact, U8, U32, U64 } from "../scale/numbers.ts";
import { BYTES, byteArray, sequence } from "../scale/sequences.ts";
import type { Shape, Value, VariantDefinition } from "../scale/shape.ts";

/** Types that several pallets share, with the Rust paths by which clients know them. */

export const ACCOUNT_ID = newtype("sp_core::crypto::AccountId32", byteArray(32));
export const H160 = newtype("primitive_types::H160", byteArray(20));
export const H256 = newtype("primitive_types::H256", byteArray(32));

const WORD_BYTES = 32;

/** `primitive_types::U256`: four words, least significant first. */
export const U256: Shape<bigint> = {
  definition: {
    kind: "composite",
    path: "primitive_types::U256",
    fields: [
      {
        definition: { kind: "array", length: 4, of: U64 },
        write: (writer, value) => writer.uint(value as bigint, WORD_BYTES),
        read: (reader) => reader.uint(WORD_BYTES),
      },
    ],
  },
  write: (writer, value) => writer.uint(value, WORD_BYTES),
  read: (reader) => reader.uint(WORD_BYTES),
};

/** Time of execution in picoseconds of the reference machine, and bytes of proof. */
export const WEIGHT = struct("sp_weights::weight_v2::Weight", {
  ref_time: compact(U64),
  proof_size: compact(U64),
});
export type Weight = Value<typeof WEIGHT>;

export const MULTI_ADDRESS = enumeration(
  "sp_runtime::multiaddress::MultiAddress",
  {
    Id: row(0, [ACCOUNT_ID]),
    Index: row(1, [compact(U32)]),
    Raw: row(2, [BYTES]),
    Address32: row(3, [byteArray(32)]),
    Address20: row(4, [byteArray(20)]),
  },
  { AccountId: ACCOUNT_ID, AccountIndex: U32 },
);

export const MULTI_SIGNATURE = enumeration("sp_runtime::MultiSignature", {
  Ed25519: row(0, [byteArray(64)]),
  Sr25519: row(1, [byteArray(64)]),
  Ecdsa: row(2, [byteArray(65)]),
});
export type MultiSignature = Value<typeof MULTI_SIGNATURE>;

/** A mortal transaction's period in blocks and phase in it; undefined = immortal. */
export interface Mortality {
  readonly period: number;
  readonly phase: number;
}

const MORTAL_VARIANTS: VariantDefinition[] = Array.from({ length: 255 }, (_, i) => ({
  name: `Mortal${i + 1}`,
  index: i + 1,
  fields: [U8],
  docs: "",
}));

/** `sp_runtime::generic::Era`: one zero byte, or 16 bits of log2(period) - 1 and quantised phase. */
export const ERA: Shape<Mortality | undefined> = {
  definition: {
    kind: "variant",
    path: "sp_runtime::generic::era::Era",
    variants: [{ name: "Immortal", index: 0, fields: [], docs: "" }, ...MORTAL_VARIANTS],
  },
  write(writer, era) {
    if (era === undefined) return writer.u8(0);
    const quantum = Math.max(era.period >> 12, 1);
    const low = Math.min(15, Math.max(1, Math.log2(era.period) - 1));
    writer.u16(low | ((era.phase / quantum) << 4));
  },
  read(reader) {
    const { at } = reader;
    const first = reader.u8();
    if (first === 0) return undefined;
    const code = first | (reader.u8() << 8);
    const period = 2 << (code & 15);
    const quantum = Math.max(period >> 12, 1);
    const phase = (code >> 4) * quantum;
    if (period >= 4 && phase < period) return { period, phase };
    return refuse("MALFORMED_SCALE", at, `an era has no period ${period} with phase ${phase}`);
  },
};

export const DISPATCH_CLASS = enumeration("frame_support::dispatch::DispatchClass", {
  Normal: row(0, []),
  Operational: row(1, []),
  Mandatory: row(2, []),
});

const PAYS = enumeration("frame_support::dispatch::Pays", { Yes: row(0, []), No: row(1, []) });

/** `frame_system::DispatchEventInfo`, as ExtrinsicSuccess and ExtrinsicFailed carry it. */
export const DISPATCH_INFO = struct("frame_system::DispatchEventInfo", {
  weight: WEIGHT,
  class: DISPATCH_CLASS,
  pays_fee: PAYS,
});
export type DispatchInfo = Value<typeof DISPATCH_INFO>;

const TOKEN_ERROR = enumeration("sp_runtime::TokenError", {
  FundsUnavailable: row(0, []),
  OnlyProvider: row(1, []),
  BelowMinimum: row(2, []),
  CannotCreate: row(3, []),
  UnknownAsset: row(4, []),
  Frozen: row(5, []),
  Unsupported: row(6, []),
  CannotCreateHold: row(7, []),
  NotExpendable: row(8, []),
  Blocked: row(9, []),
});

const ARITHMETIC_ERROR = enumeration("sp_arithmetic::ArithmeticError", {
  Underflow: row(0, []),
  Overflow: row(1, []),
  DivisionByZero: row(2, []),
});

const MODULE_ERROR = struct("sp_runtime::ModuleError", { index: U8, error: byteArray(4) });

/** Why a call failed; `Module` names pallet and error by number. */
export const DISPATCH_ERROR = enumeration("sp_runtime::DispatchError", {
  Other: row(0, []),
  CannotLookup: row(1, []),
  BadOrigin: row(2, []),
  Module: row(3, [MODULE_ERROR]),
  ConsumerRemaining: row(4, []),
  NoProviders: row(5, []),
  TooManyConsumers: row(6, []),
  Token: row(7, [TOKEN_ERROR]),
  Arithmetic: row(8, [ARITHMETIC_ERROR]),
});
export type DispatchError = Value<typeof DISPATCH_ERROR>;

const CONSENSUS_ENGINE = byteArray(4);

export const DIGEST_ITEM = enumeration("sp_runtime::generic::digest::DigestItem", {
  Other: row(0, [BYTES]),
  Consensus: row(4, [CONSENSUS_ENGINE, BYTES]),
  Seal: row(5, [CONSENSUS_ENGINE, BYTES]),
  PreRuntime: row(6, [CONSENSUS_ENGINE, BYTES]),
  RuntimeEnvironmentUpdated: row(8, []),
});
export type DigestItem = Value<typeof DIGEST_ITEM>;

export const DIGEST = struct("sp_runtime::generic::digest::Digest", {
  logs: sequence(DIGEST_ITEM),
});

/** A block's header; its blake2b-256 hash is the block's. */
export const HEADER = struct("sp_runtime::generic::header::Header", {
  parent_hash: H256,
  number: compact(U32),
  state_root: H256,
  extrinsics_root: H256,
  digest: DIGEST,
});
export type Header = Value<typeof HEADER>;
