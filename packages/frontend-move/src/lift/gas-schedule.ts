// tidy: table
import type { OpName } from "../format/index.ts";

/**
 * Gas schedule of Dragoman's Move, in internal gas units; shape and proportions follow the public schedule of the Aptos
 * lineage (per instruction, plus a part that grows with what it touches), the numbers are this project's own.
 */
export const MOVE_GAS: { readonly [name in OpName]: number } = {
  Pop: 147,
  Ret: 220,
  BrTrue: 441,
  BrFalse: 441,
  Branch: 294,
  LdU8: 220,
  LdU16: 220,
  LdU32: 220,
  LdU64: 220,
  LdU128: 294,
  LdU256: 294,
  LdConst: 2389,
  LdTrue: 220,
  LdFalse: 220,
  CopyLoc: 294,
  MoveLoc: 441,
  StLoc: 441,
  MutBorrowLoc: 220,
  ImmBorrowLoc: 220,
  MutBorrowField: 735,
  ImmBorrowField: 735,
  MutBorrowFieldGeneric: 735,
  ImmBorrowFieldGeneric: 735,
  MutBorrowVariantField: 835,
  ImmBorrowVariantField: 835,
  MutBorrowVariantFieldGeneric: 835,
  ImmBorrowVariantFieldGeneric: 835,
  Call: 3676,
  CallGeneric: 3676,
  Pack: 808,
  PackGeneric: 808,
  PackVariant: 808,
  PackVariantGeneric: 808,
  Unpack: 808,
  UnpackGeneric: 808,
  UnpackVariant: 808,
  UnpackVariantGeneric: 808,
  TestVariant: 535,
  TestVariantGeneric: 535,
  ReadRef: 735,
  WriteRef: 735,
  FreezeRef: 36,
  Add: 588,
  Sub: 588,
  Mul: 588,
  Mod: 588,
  Div: 588,
  BitOr: 588,
  BitAnd: 588,
  Xor: 588,
  Shl: 588,
  Shr: 588,
  Or: 588,
  And: 588,
  Not: 588,
  Eq: 367,
  Neq: 367,
  Lt: 588,
  Gt: 588,
  Le: 588,
  Ge: 588,
  Abort: 220,
  Nop: 36,
  Exists: 919,
  ExistsGeneric: 919,
  MutBorrowGlobal: 1838,
  ImmBorrowGlobal: 1838,
  MutBorrowGlobalGeneric: 1838,
  ImmBorrowGlobalGeneric: 1838,
  MoveFrom: 1286,
  MoveFromGeneric: 1286,
  MoveTo: 1838,
  MoveToGeneric: 1838,
  CastU8: 441,
  CastU16: 441,
  CastU32: 441,
  CastU64: 441,
  CastU128: 441,
  CastU256: 441,
  VecPack: 2205,
  VecLen: 808,
  VecImmBorrow: 1213,
  VecMutBorrow: 1213,
  VecPushBack: 1396,
  VecPopBack: 955,
  VecUnpack: 1838,
  VecSwap: 1102,
};

/** What is added to the base cost. Bytes are those of the layout in linear memory. */
export const GAS_PER = {
  /** Each field packed or unpacked, each element of VecPack and VecUnpack. */
  FIELD: 147,
  /** Each argument of a call. */
  ARGUMENT: 367,
  /** Each local of the function called. */
  LOCAL: 147,
  /** Each started 8 bytes that CopyLoc, ReadRef, WriteRef, Eq and Neq touch in place. */
  WORD: 14,
  /** Each byte of BCS of a constant. */
  CONSTANT_BYTE: 128,
  /** Each byte of vector elements copied or compared. */
  ELEMENT_BYTE: 2,
  /** Each byte taken from the heap. */
  HEAP_BYTE: 1,
} as const;

/** Global storage and natives; charged where they run. */
export const HOST_GAS = {
  /** First touch of a resource in a message, found or not; and each byte of its BCS. */
  LOAD: 302_385,
  LOAD_BYTE: 151,
  /** Each resource that the message changed; and each byte of its BCS. */
  WRITE: 89_568,
  WRITE_BYTE: 89,
  BCS: 1_840,
  BCS_BYTE: 36,
  SHA2: 11_028,
  SHA2_BYTE: 183,
  SHA3: 14_704,
  SHA3_BYTE: 165,
  TABLE_HANDLE: 3_676,
  EVENT: 20_006,
  EVENT_BYTE: 61,
  STRING: 1_102,
  STRING_BYTE: 8,
  TYPE_NAME: 1_102,
  /** A native that only moves a value. */
  TRIVIAL: 735,
} as const;
