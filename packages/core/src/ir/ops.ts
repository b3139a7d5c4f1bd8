// tidy: table
// The one operation table of the IR. Builder, printer, parser, verifier, interpreter and compiler
// derive what they know of an operation from its row.
//
// Layout of an instruction in a function's `code` (32-bit words):
//   [0] op | words << 8      [1] source position (bytecode offset; -1 = none)
//   fixed operations:  results…, arguments…, immediates…
//   variadic operations (shape "variadic"): their own layouts, documented on each row's `doc` and read
//   through `forms.ts` only.
//
// Signatures: i = i32, l = i64, w = i256; "v" = the type of the variable that the immediate names.
// Comparison results are i32 0 or 1. Shift amounts of i32 and i64 are taken modulo the width, those of
// i256 are words: 256 and more shift everything out. Integer arithmetic wraps unless it is named
// `…c` (checked). A checked operation takes the immediates (bits, trap): it traps with outcome `trap` if
// the mathematical result does not lie in [0, 2^bits).
import { signatureTypes, type ValueType } from "./value-type.ts";

/** No effect: may be removed when unused, and moved. */
export const PURE = 0;
/** Reads memory or variables. */
export const READS = 1;
/** Writes memory or variables. */
export const WRITES = 2;
/** May end the frame with a trap. */
export const TRAPS = 4;
/** Charges, checks or observes the meter. */
export const METERS = 8;
/** Ends a block. */
export const TERMINATES = 16;
/** Calls out of the function. */
export const CALLS = 32;

type Row = readonly [
  name: string,
  args: string,
  results: string,
  immediates: number,
  effects: number,
  doc: string,
];

export const OP_TABLE = [
  ["nop", "", "", 0, PURE, "nothing"],
  // constants
  ["i32.const", "", "i", 1, PURE, "value"],
  ["i64.const", "", "l", 2, PURE, "low word, high word"],
  ["i256.const", "", "w", 1, PURE, "index into the module's word pool"],
  // i32
  ["i32.add", "ii", "i", 0, PURE, "sum"],
  ["i32.sub", "ii", "i", 0, PURE, "difference"],
  ["i32.mul", "ii", "i", 0, PURE, "product"],
  ["i32.and", "ii", "i", 0, PURE, ""],
  ["i32.or", "ii", "i", 0, PURE, ""],
  ["i32.xor", "ii", "i", 0, PURE, ""],
  ["i32.shl", "ii", "i", 0, PURE, ""],
  ["i32.shr_u", "ii", "i", 0, PURE, ""],
  ["i32.shr_s", "ii", "i", 0, PURE, ""],
  ["i32.div_u", "ii", "i", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i32.rem_u", "ii", "i", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i32.eq", "ii", "i", 0, PURE, ""],
  ["i32.ne", "ii", "i", 0, PURE, ""],
  ["i32.lt_u", "ii", "i", 0, PURE, ""],
  ["i32.lt_s", "ii", "i", 0, PURE, ""],
  ["i32.gt_u", "ii", "i", 0, PURE, ""],
  ["i32.gt_s", "ii", "i", 0, PURE, ""],
  ["i32.le_u", "ii", "i", 0, PURE, ""],
  ["i32.le_s", "ii", "i", 0, PURE, ""],
  ["i32.ge_u", "ii", "i", 0, PURE, ""],
  ["i32.ge_s", "ii", "i", 0, PURE, ""],
  ["i32.eqz", "i", "i", 0, PURE, "1 if zero"],
  ["i32.clz", "i", "i", 0, PURE, ""],
  ["i32.ctz", "i", "i", 0, PURE, ""],
  ["i32.select", "iii", "i", 0, PURE, "condition, if non-zero, if zero"],
  // i64
  ["i64.add", "ll", "l", 0, PURE, ""],
  ["i64.sub", "ll", "l", 0, PURE, ""],
  ["i64.mul", "ll", "l", 0, PURE, ""],
  ["i64.mulh_u", "ll", "l", 0, PURE, "high 64 bits of the unsigned 128-bit product"],
  ["i64.and", "ll", "l", 0, PURE, ""],
  ["i64.or", "ll", "l", 0, PURE, ""],
  ["i64.xor", "ll", "l", 0, PURE, ""],
  ["i64.shl", "ll", "l", 0, PURE, ""],
  ["i64.shr_u", "ll", "l", 0, PURE, ""],
  ["i64.shr_s", "ll", "l", 0, PURE, ""],
  ["i64.div_u", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i64.rem_u", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i64.div_s", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO, INTEGER_OVERFLOW at min / -1"],
  ["i64.rem_s", "ll", "l", 0, TRAPS, "traps DIVIDE_BY_ZERO"],
  ["i64.eq", "ll", "i", 0, PURE, ""],
  ["i64.ne", "ll", "i", 0, PURE, ""],
  ["i64.lt_u", "ll", "i", 0, PURE, ""],
  ["i64.lt_s", "ll", "i", 0, PURE, ""],
  ["i64.gt_u", "ll", "i", 0, PURE, ""],
  ["i64.gt_s", "ll", "i", 0, PURE, ""],
  ["i64.le_u", "ll", "i", 0, PURE, ""],
  ["i64.le_s", "ll", "i", 0, PURE, ""],
  ["i64.ge_u", "ll", "i", 0, PURE, ""],
  ["i64.ge_s", "ll", "i", 0, PURE, ""],
  ["i64.eqz", "l", "i", 0, PURE, "1 if zero"],
  ["i64.clz", "l", "l", 0, PURE, ""],
  ["i64.ctz", "l", "l", 0, PURE, ""],
  ["i64.bswap", "l", "l", 0, PURE, "bytes reversed"],
  ["i64.select", "ill", "l", 0, PURE, "condition, if non-zero, if zero"],
  ["i64.extend_u", "i", "l", 0, PURE, "zero extension"],
  ["i64.extend_s", "i", "l", 0, PURE, "sign extension"],
  ["i32.wrap", "l", "i", 0, PURE, "low 32 bits"],
  // i256
  ["i256.add", "ww", "w", 0, PURE, ""],
  ["i256.sub", "ww", "w", 0, PURE, ""],
  ["i256.mul", "ww", "w", 0, PURE, ""],
  ["i256.div", "ww", "w", 0, PURE, "0 if the divisor is 0 (EVM DIV)"],
  ["i256.mod", "ww", "w", 0, PURE, "0 if the divisor is 0"],
  ["i256.sdiv", "ww", "w", 0, PURE, "0 if the divisor is 0; truncates; min / -1 = min"],
  ["i256.smod", "ww", "w", 0, PURE, "0 if the divisor is 0; sign of the dividend"],
  ["i256.addmod", "www", "w", 0, PURE, "(a + b) mod n without wrapping; 0 if n is 0"],
  ["i256.mulmod", "www", "w", 0, PURE, "(a * b) mod n without wrapping; 0 if n is 0"],
  ["i256.exp", "ww", "w", 0, PURE, "base, exponent"],
  [
    "i256.signextend",
    "ww",
    "w",
    0,
    PURE,
    "byte index k, value: sign bit is bit 8k+7; k >= 31: value",
  ],
  ["i256.and", "ww", "w", 0, PURE, ""],
  ["i256.or", "ww", "w", 0, PURE, ""],
  ["i256.xor", "ww", "w", 0, PURE, ""],
  ["i256.not", "w", "w", 0, PURE, ""],
  ["i256.shl", "ww", "w", 0, PURE, "amount, value"],
  ["i256.shr", "ww", "w", 0, PURE, "amount, value"],
  ["i256.sar", "ww", "w", 0, PURE, "amount, value"],
  [
    "i256.byte",
    "ww",
    "w",
    0,
    PURE,
    "index from the most significant byte, value; 0 if index >= 32",
  ],
  ["i256.clz", "w", "w", 0, PURE, "leading zero bits; 256 for 0"],
  ["i256.eq", "ww", "i", 0, PURE, ""],
  ["i256.lt_u", "ww", "i", 0, PURE, ""],
  ["i256.gt_u", "ww", "i", 0, PURE, ""],
  ["i256.lt_s", "ww", "i", 0, PURE, ""],
  ["i256.gt_s", "ww", "i", 0, PURE, ""],
  ["i256.eqz", "w", "i", 0, PURE, "1 if zero"],
  ["i256.select", "iww", "w", 0, PURE, "condition, if non-zero, if zero"],
  ["i256.from_i32", "i", "w", 0, PURE, "zero extension"],
  ["i256.from_i64", "l", "w", 0, PURE, "zero extension"],
  ["i256.from_i64_s", "l", "w", 0, PURE, "sign extension"],
  ["i256.make", "llll", "w", 0, PURE, "limbs, lowest first"],
  ["i256.limb", "w", "l", 1, PURE, "immediate: limb 0..3"],
  ["i32.wrap_i256", "w", "i", 0, PURE, "low 32 bits"],
  ["i32.clamp_i256", "w", "i", 0, PURE, "min(value, 2^31 - 1)"],
  ["i64.clamp_i256", "w", "l", 0, PURE, "min(value, 2^63 - 1)"],
  ["i256.fits", "w", "i", 1, PURE, "immediate: bits; 1 if value < 2^bits"],
  // checked arithmetic; immediates bits, trap
  ["i64.addc", "ll", "l", 2, TRAPS, "arguments must be < 2^bits"],
  ["i64.subc", "ll", "l", 2, TRAPS, "traps if a < b; bits are ignored"],
  ["i64.mulc", "ll", "l", 2, TRAPS, "arguments must be < 2^bits"],
  ["i64.divc", "ll", "l", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i64.remc", "ll", "l", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i64.narrow", "l", "l", 2, TRAPS, "value; traps if value >= 2^bits"],
  ["i256.addc", "ww", "w", 2, TRAPS, "arguments must be < 2^bits"],
  ["i256.subc", "ww", "w", 2, TRAPS, "traps if a < b; bits are ignored"],
  ["i256.mulc", "ww", "w", 2, TRAPS, "arguments must be < 2^bits"],
  ["i256.divc", "ww", "w", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i256.remc", "ww", "w", 2, TRAPS, "unsigned; traps if the divisor is 0"],
  ["i256.narrow", "w", "w", 2, TRAPS, "value; traps if value >= 2^bits"],
  // linear memory: absolute i32 address plus immediate offset, already proven in bounds
  ["frame", "", "i", 0, PURE, "address of the frame (its header)"],
  ["i32.load8", "i", "i", 1, READS, "zero-extended; immediate: offset"],
  ["i32.load16", "i", "i", 1, READS, "zero-extended"],
  ["i32.load", "i", "i", 1, READS, ""],
  ["i64.load8", "i", "l", 1, READS, "zero-extended"],
  ["i64.load16", "i", "l", 1, READS, "zero-extended"],
  ["i64.load32", "i", "l", 1, READS, "zero-extended"],
  ["i64.load", "i", "l", 1, READS, ""],
  ["i256.load_be", "i", "w", 1, READS, "32 bytes, most significant first"],
  ["i256.load_le", "i", "w", 2, READS, "immediates: offset, size (16 or 32 bytes)"],
  ["i32.store8", "ii", "", 1, WRITES, "address, value"],
  ["i32.store16", "ii", "", 1, WRITES, "address, value"],
  ["i32.store", "ii", "", 1, WRITES, "address, value"],
  ["i64.store8", "il", "", 1, WRITES, "address, value"],
  ["i64.store16", "il", "", 1, WRITES, "address, value"],
  ["i64.store32", "il", "", 1, WRITES, "address, value"],
  ["i64.store", "il", "", 1, WRITES, "address, value"],
  ["i256.store_be", "iw", "", 1, WRITES, "address, value"],
  [
    "i256.store_le",
    "iw",
    "",
    2,
    WRITES,
    "address, value; immediates: offset, size (16 or 32 bytes)",
  ],
  ["memory.copy", "iii", "", 0, WRITES, "destination, source, length; may overlap"],
  ["memory.fill", "iii", "", 0, WRITES, "destination, byte, length"],
  ["memory.compare", "iii", "i", 0, READS, "a, b, length; -1, 0, 1 as the bytes compare"],
  ["keccak256", "ii", "w", 0, READS, "address, length; the digest as a big-endian number"],
  ["sha256", "iii", "", 0, WRITES, "address, length, address of the 32-byte result"],
  ["sha3_256", "iii", "", 0, WRITES, "address, length, address of the 32-byte result (FIPS 202)"],
  // regioned guest memory (see host/region.ts): 64-bit guest address; immediates delta, size in bytes, guess
  ["region.load", "l", "l", 3, READS | TRAPS, "zero-extended; traps ACCESS_VIOLATION"],
  ["region.store", "ll", "", 3, WRITES | TRAPS, "address, value; traps ACCESS_VIOLATION"],
  [
    "region.host",
    "li",
    "i",
    2,
    READS | TRAPS,
    "guest address, length -> linear address; immediates: 1 = to write, guess",
  ],
  // meter
  ["meter", "", "", 1, METERS | TRAPS, "charges, then traps OUT_OF_GAS if the gas is negative"],
  ["charge", "", "", 1, METERS, "charges; a later check, meter or exit notices"],
  ["check", "", "", 0, METERS | TRAPS, "traps OUT_OF_GAS if the gas is negative"],
  ["meter.dynamic", "l", "", 0, METERS | TRAPS, "charges an unsigned amount < 2^63, then checks"],
  ["gas", "", "l", 0, METERS, "remaining gas"],
  // variables of the function: immediate = index
  ["var.get", "", "v", 1, READS, ""],
  ["var.set", "v", "", 1, WRITES, ""],
  // the frame's operand stack of i256 words, at most 1,024 of them
  ["stack.check", "", "", 2, READS | TRAPS, "need, growth: traps STACK_UNDERFLOW, STACK_OVERFLOW"],
  ["stack.get", "", "w", 1, READS, "immediate: depth below the top, 0 = top"],
  ["stack.set", "w", "", 1, WRITES, "immediate: depth below the top"],
  ["stack.move", "", "", 1, WRITES, "immediate: words that the top moves by"],
  // word cells of the journal (see journal/cell-layout.ts): a handle is good until the next call of a host function.
  // Whether a cell is found depends on what ran before: both ways must come to the same.
  ["cell.find", "iw", "i", 0, READS, "tag, key -> handle; 0 = not found at once: the host knows"],
  ["cell.load", "i", "w", 0, READS, "handle -> the word"],
  ["cell.original", "i", "w", 0, READS, "handle -> the word when the transaction began"],
  ["cell.store", "iw", "", 0, WRITES, "handle, word"],
  ["cell.mark", "i", "i", 0, READS, "handle -> the cell's journaled bits"],
  ["cell.set_mark", "ii", "", 0, WRITES, "handle, bits"],
  ["counter.add", "l", "", 1, WRITES, "signed amount; immediate: the journal's counter 0..15"],
  [
    "log.append",
    "iiii",
    "i",
    1,
    READS | WRITES,
    "tag, address of topics, of data, length of data -> 1, or 0 = no room: the host must; immediate: topics",
  ],
  // calls of compiled programs without the host
  [
    "frame.place",
    "i",
    "i",
    1,
    READS,
    "end of this frame -> address for a callee's frame, or 0: the host must call; immediate: its size",
  ],
  [
    "frame.call",
    "ii",
    "i",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "entry of a program, address of its frame, which has been laid out -> outcome; undoes what a callee did that reverts",
  ],
  ["gas.refill", "l", "", 0, METERS, "gives an unsigned amount < 2^63 back"],
  // traps
  ["trap.if", "i", "", 1, TRAPS, "traps with the outcome if the condition is non-zero"],
  // variadic from here on
  [
    "call",
    "*",
    "*",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[function, nr, results…, na, args…]",
  ],
  [
    "call.indirect",
    "*",
    "*",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[signature, index, nr, results…, na, args…]; traps INVALID_CALL",
  ],
  [
    "host",
    "*",
    "*",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[host function, nr, results…, na, args…]",
  ],
  [
    "host.if",
    "*",
    "",
    0,
    CALLS | READS | WRITES | TRAPS | METERS,
    "[host function, condition, na, args…]: called if non-zero",
  ],
  ["br", "*", "", 0, TERMINATES, "[block, na, args…]"],
  [
    "br.if",
    "*",
    "",
    0,
    TERMINATES,
    "[condition, block, na, args…, block, na, args…]: first if non-zero",
  ],
  ["switch", "*", "", 0, TERMINATES, "[index, n, blocks…, default]; no block has parameters"],
  ["ret", "*", "", 0, TERMINATES, "[n, values…]"],
  [
    "exit",
    "",
    "",
    1,
    TERMINATES,
    "ends the frame with the outcome, which is ok, a revert or a trap of the frontend",
  ],
  ["trap", "", "", 1, TERMINATES | TRAPS, "ends the frame with the trap outcome"],
] as const satisfies readonly Row[];

export type OpName = (typeof OP_TABLE)[number][0];

/** Numeric codes by name: `OP["i64.add"]`. */
export const OP = Object.fromEntries(OP_TABLE.map((row, code) => [row[0], code])) as Record<
  OpName,
  number
>;

export interface OpInfo {
  readonly code: number;
  readonly name: OpName;
  readonly args: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly argCount: number;
  readonly resultCount: number;
  readonly immediates: number;
  readonly effects: number;
  readonly variadic: boolean;
  readonly doc: string;
}

/** Rows in decoded form, indexed by operation code. `var.*` rows have type `v`: see {@link OP_TABLE}. */
export const OPS: readonly OpInfo[] = OP_TABLE.map(
  ([name, args, results, immediates, effects, doc], code) => {
    const variadic = args === "*";
    return {
      code,
      name,
      args: variadic || args.includes("v") ? [] : signatureTypes(args),
      results: variadic || results.includes("v") ? [] : signatureTypes(results),
      argCount: variadic ? 0 : args.length,
      resultCount: variadic ? 0 : results.length,
      immediates,
      effects,
      variadic,
      doc,
    };
  },
);

/** First word of an instruction: operation and length in words. */
export function opWord(code: number, words: number): number {
  return code | (words << 8);
}
