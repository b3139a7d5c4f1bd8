// tidy: table
/**
 * What follows an opcode in the binary. Indices are ULEB128; integers are little-endian.
 * `vectorCount` is a signature index and a u64 count; `closure` and `closureInst` are the index of
 * a function handle or instantiation and a ULEB128 mask of captured parameters; `functionType` is
 * the index of a signature of one function type.
 */
export type OperandKind =
  | "none"
  | "branch"
  | "u8"
  | "u16"
  | "u32"
  | "u64"
  | "u128"
  | "u256"
  | "constant"
  | "local"
  | "field"
  | "fieldInst"
  | "function"
  | "functionInst"
  | "struct"
  | "structInst"
  | "signature"
  | "vectorCount"
  | "variantField"
  | "variantFieldInst"
  | "structVariant"
  | "structVariantInst"
  | "i8"
  | "i16"
  | "i32"
  | "i64"
  | "i128"
  | "i256"
  | "closure"
  | "closureInst"
  | "functionType"
  | "jumpTable";

/** One instruction: its code, its name, its operand, the first version of the format that has it. */
export type OpRow = readonly [code: number, name: string, operand: OperandKind, since: number];

/** The instructions that every flavour of Move shares. */
export const COMMON_OPS = [
  [0x01, "Pop", "none", 1],
  [0x02, "Ret", "none", 1],
  [0x03, "BrTrue", "branch", 1],
  [0x04, "BrFalse", "branch", 1],
  [0x05, "Branch", "branch", 1],
  [0x06, "LdU64", "u64", 1],
  [0x07, "LdConst", "constant", 1],
  [0x08, "LdTrue", "none", 1],
  [0x09, "LdFalse", "none", 1],
  [0x0a, "CopyLoc", "local", 1],
  [0x0b, "MoveLoc", "local", 1],
  [0x0c, "StLoc", "local", 1],
  [0x0d, "MutBorrowLoc", "local", 1],
  [0x0e, "ImmBorrowLoc", "local", 1],
  [0x0f, "MutBorrowField", "field", 1],
  [0x10, "ImmBorrowField", "field", 1],
  [0x11, "Call", "function", 1],
  [0x12, "Pack", "struct", 1],
  [0x13, "Unpack", "struct", 1],
  [0x14, "ReadRef", "none", 1],
  [0x15, "WriteRef", "none", 1],
  [0x16, "Add", "none", 1],
  [0x17, "Sub", "none", 1],
  [0x18, "Mul", "none", 1],
  [0x19, "Mod", "none", 1],
  [0x1a, "Div", "none", 1],
  [0x1b, "BitOr", "none", 1],
  [0x1c, "BitAnd", "none", 1],
  [0x1d, "Xor", "none", 1],
  [0x1e, "Or", "none", 1],
  [0x1f, "And", "none", 1],
  [0x20, "Not", "none", 1],
  [0x21, "Eq", "none", 1],
  [0x22, "Neq", "none", 1],
  [0x23, "Lt", "none", 1],
  [0x24, "Gt", "none", 1],
  [0x25, "Le", "none", 1],
  [0x26, "Ge", "none", 1],
  [0x27, "Abort", "none", 1],
  [0x28, "Nop", "none", 1],
  [0x29, "Exists", "struct", 1],
  [0x2a, "MutBorrowGlobal", "struct", 1],
  [0x2b, "ImmBorrowGlobal", "struct", 1],
  [0x2c, "MoveFrom", "struct", 1],
  [0x2d, "MoveTo", "struct", 1],
  [0x2e, "FreezeRef", "none", 1],
  [0x2f, "Shl", "none", 1],
  [0x30, "Shr", "none", 1],
  [0x31, "LdU8", "u8", 1],
  [0x32, "LdU128", "u128", 1],
  [0x33, "CastU8", "none", 1],
  [0x34, "CastU64", "none", 1],
  [0x35, "CastU128", "none", 1],
  [0x36, "MutBorrowFieldGeneric", "fieldInst", 1],
  [0x37, "ImmBorrowFieldGeneric", "fieldInst", 1],
  [0x38, "CallGeneric", "functionInst", 1],
  [0x39, "PackGeneric", "structInst", 1],
  [0x3a, "UnpackGeneric", "structInst", 1],
  [0x3b, "ExistsGeneric", "structInst", 1],
  [0x3c, "MutBorrowGlobalGeneric", "structInst", 1],
  [0x3d, "ImmBorrowGlobalGeneric", "structInst", 1],
  [0x3e, "MoveFromGeneric", "structInst", 1],
  [0x3f, "MoveToGeneric", "structInst", 1],
  [0x40, "VecPack", "vectorCount", 4],
  [0x41, "VecLen", "signature", 4],
  [0x42, "VecImmBorrow", "signature", 4],
  [0x43, "VecMutBorrow", "signature", 4],
  [0x44, "VecPushBack", "signature", 4],
  [0x45, "VecPopBack", "signature", 4],
  [0x46, "VecUnpack", "vectorCount", 4],
  [0x47, "VecSwap", "signature", 4],
  [0x48, "LdU16", "u16", 6],
  [0x49, "LdU32", "u32", 6],
  [0x4a, "LdU256", "u256", 6],
  [0x4b, "CastU16", "none", 6],
  [0x4c, "CastU32", "none", 6],
  [0x4d, "CastU256", "none", 6],
] as const satisfies readonly OpRow[];

/** What the Aptos flavour adds. */
export const APTOS_OPS = [
  [0x4e, "ImmBorrowVariantField", "variantField", 7],
  [0x4f, "MutBorrowVariantField", "variantField", 7],
  [0x50, "ImmBorrowVariantFieldGeneric", "variantFieldInst", 7],
  [0x51, "MutBorrowVariantFieldGeneric", "variantFieldInst", 7],
  [0x52, "PackVariant", "structVariant", 7],
  [0x53, "PackVariantGeneric", "structVariantInst", 7],
  [0x54, "UnpackVariant", "structVariant", 7],
  [0x55, "UnpackVariantGeneric", "structVariantInst", 7],
  [0x56, "TestVariant", "structVariant", 7],
  [0x57, "TestVariantGeneric", "structVariantInst", 7],
  [0x58, "PackClosure", "closure", 8],
  [0x59, "PackClosureGeneric", "closureInst", 8],
  [0x5a, "CallClosure", "functionType", 8],
  [0x5b, "LdI8", "i8", 9],
  [0x5c, "LdI16", "i16", 9],
  [0x5d, "LdI32", "i32", 9],
  [0x5e, "LdI64", "i64", 9],
  [0x5f, "LdI128", "i128", 9],
  [0x60, "LdI256", "i256", 9],
  [0x61, "CastI8", "none", 9],
  [0x62, "CastI16", "none", 9],
  [0x63, "CastI32", "none", 9],
  [0x64, "CastI64", "none", 9],
  [0x65, "CastI128", "none", 9],
  [0x66, "CastI256", "none", 9],
  [0x67, "Negate", "none", 9],
  [0x68, "AbortMsg", "none", 10],
] as const satisfies readonly OpRow[];

/**
 * What the Sui flavour adds and Aptos does not have. Their codes here are outside the format:
 * what stands in a file is in {@link SUI_CODES}.
 */
export const SUI_OPS = [
  [0x80, "UnpackVariantImmRef", "structVariant", 7],
  [0x81, "UnpackVariantMutRef", "structVariant", 7],
  [0x82, "UnpackVariantImmRefGeneric", "structVariantInst", 7],
  [0x83, "UnpackVariantMutRefGeneric", "structVariantInst", 7],
  [0x84, "VariantSwitch", "jumpTable", 7],
] as const satisfies readonly OpRow[];

/** Codes above 0x4d in a file of the Sui flavour: Aptos gives the same codes to others. */
export const SUI_CODES: readonly (readonly [fileCode: number, name: OpName])[] = [
  [0x4e, "PackVariant"],
  [0x4f, "PackVariantGeneric"],
  [0x50, "UnpackVariant"],
  [0x51, "UnpackVariantImmRef"],
  [0x52, "UnpackVariantMutRef"],
  [0x53, "UnpackVariantGeneric"],
  [0x54, "UnpackVariantImmRefGeneric"],
  [0x55, "UnpackVariantMutRefGeneric"],
  [0x56, "VariantSwitch"],
];

/** Every row, by rising code; the key of a lowering table is {@link OpName}. */
export const MOVE_OPS = [...COMMON_OPS, ...APTOS_OPS, ...SUI_OPS] as const;

export type OpName = (typeof MOVE_OPS)[number][1];

/** The code of each instruction by its name: `OP.Add === 0x16`. */
export const OP = Object.fromEntries(MOVE_OPS.map(([code, name]) => [name, code])) as {
  readonly [name in OpName]: Extract<
    (typeof MOVE_OPS)[number],
    readonly [number, name, ...unknown[]]
  >[0];
};

const NAMES: readonly (OpName | undefined)[] = indexed((row) => row[1]);
const OPERANDS: readonly (OperandKind | undefined)[] = indexed((row) => row[2]);

/** The name of an instruction that a decoder has accepted. */
export function opName(code: number): OpName {
  const name = NAMES[code];
  if (name === undefined) throw new RangeError(`no Move instruction has the code ${code}`);
  return name;
}

/** The operand of an instruction that a decoder has accepted. */
export function opOperand(code: number): OperandKind {
  return OPERANDS[code] ?? "none";
}

function indexed<T>(cell: (row: (typeof MOVE_OPS)[number]) => T): (T | undefined)[] {
  const cells: (T | undefined)[] = new Array(256).fill(undefined);
  for (const row of MOVE_OPS) cells[row[0]] = cell(row);
  return cells;
}
