// tidy: table
/**
 * What follows an opcode in the binary. Indices are ULEB128; integers are little-endian.
 * `vectorCount` is a signature index and a u64 count.
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
  | "structVariantInst";

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
] as const satisfies readonly OpRow[];

/** Every row, by falling code; the key of a lowering table is {@link OpName}. */
export const MOVE_OPS = [...COMMON_OPS, ...APTOS_OPS] as const;

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
