import { OPS, type OpName } from "./ops.ts";

/** One range of linear memory that an operation touches. */
export interface MemoryAccess {
  /** Which argument is the address. */
  readonly address: number;
  /** Which immediate is added to the address; -1 = none. */
  readonly offset: number;
  /** Bytes, where the operation says how many; otherwise -1. */
  readonly size: number;
  /** Which argument, or which immediate, says how many bytes; -1 = the other one, or `size`. */
  readonly sizeArgument: number;
  readonly sizeImmediate: number;
  readonly writes: boolean;
}

const fixed = (size: number, writes: boolean): MemoryAccess => ({
  address: 0,
  offset: 0,
  size,
  sizeArgument: -1,
  sizeImmediate: -1,
  writes,
});

const sized = (address: number, sizeArgument: number, writes: boolean): MemoryAccess => ({
  address,
  offset: -1,
  size: -1,
  sizeArgument,
  sizeImmediate: -1,
  writes,
});

const word = (writes: boolean): MemoryAccess => ({ ...fixed(-1, writes), sizeImmediate: 1 });
const digest: MemoryAccess = { ...fixed(32, true), address: 2, offset: -1 };

const ACCESSES: Partial<Record<OpName, readonly MemoryAccess[]>> = {
  "i32.load8": [fixed(1, false)],
  "i32.load16": [fixed(2, false)],
  "i32.load": [fixed(4, false)],
  "i64.load8": [fixed(1, false)],
  "i64.load16": [fixed(2, false)],
  "i64.load32": [fixed(4, false)],
  "i64.load": [fixed(8, false)],
  "i256.load_be": [fixed(32, false)],
  "i256.load_le": [word(false)],
  "i32.store8": [fixed(1, true)],
  "i32.store16": [fixed(2, true)],
  "i32.store": [fixed(4, true)],
  "i64.store8": [fixed(1, true)],
  "i64.store16": [fixed(2, true)],
  "i64.store32": [fixed(4, true)],
  "i64.store": [fixed(8, true)],
  "i256.store_be": [fixed(32, true)],
  "i256.store_le": [word(true)],
  "memory.copy": [sized(0, 2, true), sized(1, 2, false)],
  "memory.fill": [sized(0, 2, true)],
  "memory.compare": [sized(0, 2, false), sized(1, 2, false)],
  keccak256: [sized(0, 1, false)],
  sha256: [sized(0, 1, false), digest],
  sha3_256: [sized(0, 1, false), digest],
};

const NONE: readonly MemoryAccess[] = [];

/**
 * What each operation, by its code, reads and writes at linear addresses that the program computed. Guest addresses of regions and
 * handles of cells are none: their operations check them, or the journal does.
 */
export const MEMORY_ACCESSES: readonly (readonly MemoryAccess[])[] = OPS.map(
  ({ name }) => ACCESSES[name] ?? NONE,
);

/** Position of argument `index` of the fixed operation at `at`. */
export function argumentPosition(code: Int32Array, at: number, index: number): number {
  return at + 2 + OPS[code[at] & 0xff].resultCount + index;
}

/** The offset of an access of the instruction at `at`. */
export function accessOffset(code: Int32Array, at: number, { offset }: MemoryAccess): number {
  return offset < 0 ? 0 : code[immediateOf(code, at, offset)];
}

/** Bytes of an access of the instruction at `at` if the code says it; -1 where an argument does. */
export function accessSize(code: Int32Array, at: number, access: MemoryAccess): number {
  const { size, sizeImmediate } = access;
  return sizeImmediate < 0 ? size : code[immediateOf(code, at, sizeImmediate)];
}

function immediateOf(code: Int32Array, at: number, index: number): number {
  const { resultCount, argCount } = OPS[code[at] & 0xff];
  return at + 2 + resultCount + argCount + index;
}
