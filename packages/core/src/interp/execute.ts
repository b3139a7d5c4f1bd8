// tidy: dispatch
import { keccak256, sha3_256, sha256 } from "@dragoman/crypto";
import {
  addmod,
  byteAt,
  clz,
  div,
  exp,
  mod,
  mulmod,
  sar,
  sdiv,
  shl,
  shr,
  signextend,
  smod,
  toSigned,
} from "@dragoman/word";
import { OPERAND_STACK_WORDS } from "../host/frame-layout.ts";
import { OUTCOME } from "../host/outcome.ts";
import type { OpName } from "../ir/ops.ts";
import { addToCounter, findCell } from "./cells.ts";
import type { Interpreter } from "./interpreter.ts";
import { translate } from "./regions.ts";

/** Runs one instruction at `at`; `m.at` already points behind it. */
export type Execute = (m: Interpreter, code: Int32Array, at: number) => void;
type Values = (number | bigint)[];

const U64 = (1n << 64n) - 1n;
const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const s64 = (value: bigint): bigint => BigInt.asIntN(64, value);
const u256 = (value: bigint): bigint => BigInt.asUintN(256, value);
const BITS_31 = 0x7fffffffn;
const BITS_63 = (1n << 63n) - 1n;

/** Reads argument `i` of a fixed operation with one result. */
const arg = (m: Interpreter, code: Int32Array, at: number, i: number): number | bigint =>
  m.values[m.base + code[at + 3 + i]];
const set = (m: Interpreter, code: Int32Array, at: number, value: number | bigint): void => {
  m.values[m.base + code[at + 2]] = value;
};

const i1 =
  (f: (a: number) => number): Execute =>
  (m, code, at) =>
    set(m, code, at, f(arg(m, code, at, 0) as number));
const i2 =
  (f: (a: number, b: number) => number): Execute =>
  (m, code, at) =>
    set(m, code, at, f(arg(m, code, at, 0) as number, arg(m, code, at, 1) as number));
/** i32 comparison of unsigned numbers. */
const u2 = (f: (a: number, b: number) => boolean): Execute =>
  i2((a, b) => (f(a >>> 0, b >>> 0) ? 1 : 0));
const l1 =
  (f: (a: bigint) => number | bigint): Execute =>
  (m, code, at) =>
    set(m, code, at, f(arg(m, code, at, 0) as bigint));
const l2 =
  (f: (a: bigint, b: bigint) => number | bigint): Execute =>
  (m, code, at) =>
    set(m, code, at, f(arg(m, code, at, 0) as bigint, arg(m, code, at, 1) as bigint));
const l3 =
  (f: (a: bigint, b: bigint, c: bigint) => bigint): Execute =>
  (m, code, at) =>
    set(
      m,
      code,
      at,
      f(
        arg(m, code, at, 0) as bigint,
        arg(m, code, at, 1) as bigint,
        arg(m, code, at, 2) as bigint,
      ),
    );
const test2 = (f: (a: bigint, b: bigint) => boolean): Execute => l2((a, b) => (f(a, b) ? 1 : 0));

const select: Execute = (m, code, at) =>
  set(m, code, at, arg(m, code, at, (arg(m, code, at, 0) as number) !== 0 ? 1 : 2));

/** Division that traps `outcome` when the divisor is 0. */
const i32Division =
  (f: (a: number, b: number) => number): Execute =>
  (m, code, at) => {
    const b = (arg(m, code, at, 1) as number) >>> 0;
    if (b === 0) return m.end(OUTCOME.DIVIDE_BY_ZERO, code[at + 1]);
    set(m, code, at, f((arg(m, code, at, 0) as number) >>> 0, b) | 0);
  };
const i64Division =
  (f: (a: bigint, b: bigint) => bigint): Execute =>
  (m, code, at) => {
    const b = arg(m, code, at, 1) as bigint;
    if (b === 0n) return m.end(OUTCOME.DIVIDE_BY_ZERO, code[at + 1]);
    set(m, code, at, f(arg(m, code, at, 0) as bigint, b));
  };
const signedDivision: Execute = (m, code, at) => {
  const a = s64(arg(m, code, at, 0) as bigint);
  const b = s64(arg(m, code, at, 1) as bigint);
  if (b === 0n) return m.end(OUTCOME.DIVIDE_BY_ZERO, code[at + 1]);
  if (b === -1n && a === -(1n << 63n)) return m.end(OUTCOME.INTEGER_OVERFLOW, code[at + 1]);
  set(m, code, at, u64(a / b));
};

/** Checked operation of two arguments: traps unless 0 <= f < 2^bits. `undefined` = trap. */
const checked =
  (f: (a: bigint, b: bigint, bits: number) => bigint | undefined): Execute =>
  (m, code, at) => {
    const value = f(arg(m, code, at, 0) as bigint, arg(m, code, at, 1) as bigint, code[at + 5]);
    if (value === undefined) return m.end(code[at + 6], code[at + 1]);
    set(m, code, at, value);
  };
const narrow: Execute = (m, code, at) => {
  const value = arg(m, code, at, 0) as bigint;
  if (value >> BigInt(code[at + 4]) !== 0n) return m.end(code[at + 5], code[at + 1]);
  set(m, code, at, value);
};
const fits = (value: bigint, bits: number): bigint | undefined =>
  value >> BigInt(bits) === 0n ? value : undefined;
const addc = checked((a, b, bits) => fits(a + b, bits));
const subc = checked((a, b) => (a < b ? undefined : a - b));
const mulc = checked((a, b, bits) => fits(a * b, bits));
const divc = checked((a, b) => (b === 0n ? undefined : a / b));
const remc = checked((a, b) => (b === 0n ? undefined : a % b));

/** Linear address of an operation with one result: argument plus offset. */
const loadAddress = (m: Interpreter, code: Int32Array, at: number): number =>
  ((arg(m, code, at, 0) as number) >>> 0) + code[at + 4];
/** Linear address of an operation without result and with a value. */
const storeAddress = (m: Interpreter, code: Int32Array, at: number): number =>
  ((m.values[m.base + code[at + 2]] as number) >>> 0) + code[at + 4];
const load =
  (f: (view: DataView, address: number) => number | bigint): Execute =>
  (m, code, at) =>
    set(m, code, at, f(m.memory.view, loadAddress(m, code, at)));
const storeI32 =
  (f: (view: DataView, address: number, value: number) => void): Execute =>
  (m, code, at) =>
    f(m.memory.view, storeAddress(m, code, at), m.values[m.base + code[at + 3]] as number);
const storeBig =
  (f: (view: DataView, address: number, value: bigint) => void): Execute =>
  (m, code, at) =>
    f(m.memory.view, storeAddress(m, code, at), m.values[m.base + code[at + 3]] as bigint);
const low = (value: bigint): number => Number(value & 0xffffffffn);

/** Three i32 arguments of an operation without result. */
const effect3 =
  (f: (m: Interpreter, a: number, b: number, c: number) => void): Execute =>
  (m, code, at) => {
    const v: Values = m.values;
    f(
      m,
      (v[m.base + code[at + 2]] as number) >>> 0,
      (v[m.base + code[at + 3]] as number) >>> 0,
      (v[m.base + code[at + 4]] as number) >>> 0,
    );
  };

function compareMemory(u8: Uint8Array, a: number, b: number, length: number): number {
  for (let i = 0; i < length; i++) {
    if (u8[a + i] !== u8[b + i]) return u8[a + i] < u8[b + i] ? -1 : 1;
  }
  return 0;
}

/** 32 bytes, highest first, as a number. */
function bytesToWord({ buffer, byteOffset }: Uint8Array): bigint {
  return wordAt(new DataView(buffer, byteOffset), 0);
}

function wordAt(view: DataView, at: number): bigint {
  const high = (view.getBigUint64(at) << 192n) | (view.getBigUint64(at + 8) << 128n);
  return high | (view.getBigUint64(at + 16) << 64n) | view.getBigUint64(at + 24);
}

/** Every operation of the table; a forgotten one does not compile. */
export const EXECUTE: Record<OpName, Execute> = {
  nop: () => {},
  "i32.const": (m, code, at) => set(m, code, at, code[at + 3]),
  "i64.const": (m, code, at) =>
    set(m, code, at, BigInt(code[at + 3] >>> 0) | (BigInt(code[at + 4] >>> 0) << 32n)),
  "i256.const": (m, code, at) => set(m, code, at, m.module.words[code[at + 3]]),

  "i32.add": i2((a, b) => (a + b) | 0),
  "i32.sub": i2((a, b) => (a - b) | 0),
  "i32.mul": i2(Math.imul),
  "i32.and": i2((a, b) => a & b),
  "i32.or": i2((a, b) => a | b),
  "i32.xor": i2((a, b) => a ^ b),
  "i32.shl": i2((a, b) => a << b),
  "i32.shr_u": i2((a, b) => (a >>> b) | 0),
  "i32.shr_s": i2((a, b) => a >> b),
  "i32.div_u": i32Division((a, b) => Math.floor(a / b)),
  "i32.rem_u": i32Division((a, b) => a % b),
  "i32.eq": i2((a, b) => (a === b ? 1 : 0)),
  "i32.ne": i2((a, b) => (a !== b ? 1 : 0)),
  "i32.lt_u": u2((a, b) => a < b),
  "i32.lt_s": i2((a, b) => (a < b ? 1 : 0)),
  "i32.gt_u": u2((a, b) => a > b),
  "i32.gt_s": i2((a, b) => (a > b ? 1 : 0)),
  "i32.le_u": u2((a, b) => a <= b),
  "i32.le_s": i2((a, b) => (a <= b ? 1 : 0)),
  "i32.ge_u": u2((a, b) => a >= b),
  "i32.ge_s": i2((a, b) => (a >= b ? 1 : 0)),
  "i32.eqz": i1((a) => (a === 0 ? 1 : 0)),
  "i32.clz": i1(Math.clz32),
  "i32.ctz": i1((a) => (a === 0 ? 32 : 31 - Math.clz32(a & -a))),
  "i32.select": select,

  "i64.add": l2((a, b) => (a + b) & U64),
  "i64.sub": l2((a, b) => u64(a - b)),
  "i64.mul": l2((a, b) => (a * b) & U64),
  "i64.mulh_u": l2((a, b) => (a * b) >> 64n),
  "i64.and": l2((a, b) => a & b),
  "i64.or": l2((a, b) => a | b),
  "i64.xor": l2((a, b) => a ^ b),
  "i64.shl": l2((a, b) => u64(a << (b & 63n))),
  "i64.shr_u": l2((a, b) => a >> (b & 63n)),
  "i64.shr_s": l2((a, b) => u64(s64(a) >> (b & 63n))),
  "i64.div_u": i64Division((a, b) => a / b),
  "i64.rem_u": i64Division((a, b) => a % b),
  "i64.div_s": signedDivision,
  "i64.rem_s": i64Division((a, b) => u64(s64(a) % s64(b))),
  "i64.eq": test2((a, b) => a === b),
  "i64.ne": test2((a, b) => a !== b),
  "i64.lt_u": test2((a, b) => a < b),
  "i64.lt_s": test2((a, b) => s64(a) < s64(b)),
  "i64.gt_u": test2((a, b) => a > b),
  "i64.gt_s": test2((a, b) => s64(a) > s64(b)),
  "i64.le_u": test2((a, b) => a <= b),
  "i64.le_s": test2((a, b) => s64(a) <= s64(b)),
  "i64.ge_u": test2((a, b) => a >= b),
  "i64.ge_s": test2((a, b) => s64(a) >= s64(b)),
  "i64.eqz": l1((a) => (a === 0n ? 1 : 0)),
  "i64.clz": l1((a) => (a === 0n ? 64n : BigInt(64 - a.toString(2).length))),
  "i64.ctz": l1((a) => (a === 0n ? 64n : BigInt((a & -a).toString(2).length - 1))),
  "i64.bswap": l1((a) => {
    let swapped = 0n;
    for (let rest = a, i = 0; i < 8; i++, rest >>= 8n) swapped = (swapped << 8n) | (rest & 0xffn);
    return swapped;
  }),
  "i64.select": select,
  "i64.extend_u": (m, code, at) => set(m, code, at, BigInt((arg(m, code, at, 0) as number) >>> 0)),
  "i64.extend_s": (m, code, at) => set(m, code, at, u64(BigInt(arg(m, code, at, 0)))),
  "i32.wrap": l1((a) => low(a) | 0),

  "i256.add": l2((a, b) => u256(a + b)),
  "i256.sub": l2((a, b) => u256(a - b)),
  "i256.mul": l2((a, b) => u256(a * b)),
  "i256.div": l2(div),
  "i256.mod": l2(mod),
  "i256.sdiv": l2((a, b) => sdiv(a, b, 256)),
  "i256.smod": l2((a, b) => smod(a, b, 256)),
  "i256.addmod": l3(addmod),
  "i256.mulmod": l3(mulmod),
  "i256.exp": l2((a, b) => exp(a, b, 256)),
  "i256.signextend": l2((k, value) => signextend(value, k, 256)),
  "i256.and": l2((a, b) => a & b),
  "i256.or": l2((a, b) => a | b),
  "i256.xor": l2((a, b) => a ^ b),
  "i256.not": l1((a) => u256(~a)),
  "i256.shl": l2((amount, value) => shl(value, amount, 256)),
  "i256.shr": l2((amount, value) => shr(value, amount, 256)),
  "i256.sar": l2((amount, value) => sar(value, amount, 256)),
  "i256.byte": l2((index, value) => byteAt(value, index, 256)),
  "i256.clz": l1((a) => BigInt(clz(a, 256))),
  "i256.eq": test2((a, b) => a === b),
  "i256.lt_u": test2((a, b) => a < b),
  "i256.gt_u": test2((a, b) => a > b),
  "i256.lt_s": test2((a, b) => toSigned(a, 256) < toSigned(b, 256)),
  "i256.gt_s": test2((a, b) => toSigned(a, 256) > toSigned(b, 256)),
  "i256.eqz": l1((a) => (a === 0n ? 1 : 0)),
  "i256.select": select,
  "i256.from_i32": (m, code, at) => set(m, code, at, BigInt((arg(m, code, at, 0) as number) >>> 0)),
  "i256.from_i64": l1((a) => a),
  "i256.from_i64_s": l1((a) => u256(s64(a))),
  "i256.make": (m, code, at) => {
    let word = 0n;
    for (let i = 3; i >= 0; i--) word = (word << 64n) | (arg(m, code, at, i) as bigint);
    set(m, code, at, word);
  },
  "i256.limb": (m, code, at) =>
    set(m, code, at, u64((arg(m, code, at, 0) as bigint) >> BigInt(64 * code[at + 4]))),
  "i32.wrap_i256": l1((a) => low(a) | 0),
  "i32.clamp_i256": l1((a) => Number(a > BITS_31 ? BITS_31 : a)),
  "i64.clamp_i256": l1((a) => (a > BITS_63 ? BITS_63 : a)),
  "i256.fits": (m, code, at) =>
    set(m, code, at, (arg(m, code, at, 0) as bigint) >> BigInt(code[at + 4]) === 0n ? 1 : 0),

  "i64.addc": addc,
  "i64.subc": subc,
  "i64.mulc": mulc,
  "i64.divc": divc,
  "i64.remc": remc,
  "i64.narrow": narrow,
  "i256.addc": addc,
  "i256.subc": subc,
  "i256.mulc": mulc,
  "i256.divc": divc,
  "i256.remc": remc,
  "i256.narrow": narrow,

  frame: (m, code, at) => set(m, code, at, m.frame.address),
  "i32.load8": load((view, a) => view.getUint8(a)),
  "i32.load16": load((view, a) => view.getUint16(a, true)),
  "i32.load": load((view, a) => view.getInt32(a, true)),
  "i64.load8": load((view, a) => BigInt(view.getUint8(a))),
  "i64.load16": load((view, a) => BigInt(view.getUint16(a, true))),
  "i64.load32": load((view, a) => BigInt(view.getUint32(a, true))),
  "i64.load": load((view, a) => view.getBigUint64(a, true)),
  "i256.load_be": load(wordAt),
  "i256.load_le": (m, code, at) => {
    const a = loadAddress(m, code, at);
    const { view } = m.memory;
    let word = view.getBigUint64(a, true) | (view.getBigUint64(a + 8, true) << 64n);
    if (code[at + 5] === 32) {
      word |= (view.getBigUint64(a + 16, true) << 128n) | (view.getBigUint64(a + 24, true) << 192n);
    }
    set(m, code, at, word);
  },
  "i32.store8": storeI32((view, a, value) => view.setUint8(a, value)),
  "i32.store16": storeI32((view, a, value) => view.setUint16(a, value, true)),
  "i32.store": storeI32((view, a, value) => view.setInt32(a, value, true)),
  "i64.store8": storeBig((view, a, value) => view.setUint8(a, low(value))),
  "i64.store16": storeBig((view, a, value) => view.setUint16(a, low(value), true)),
  "i64.store32": storeBig((view, a, value) => view.setUint32(a, low(value), true)),
  "i64.store": storeBig((view, a, value) => view.setBigUint64(a, value, true)),
  "i256.store_be": storeBig((view, a, value) => {
    view.setBigUint64(a, value >> 192n);
    view.setBigUint64(a + 8, value >> 128n);
    view.setBigUint64(a + 16, value >> 64n);
    view.setBigUint64(a + 24, value);
  }),
  "i256.store_le": (m, code, at) => {
    const a = storeAddress(m, code, at);
    const value = m.values[m.base + code[at + 3]] as bigint;
    const { view } = m.memory;
    for (let i = 0; i < code[at + 5]; i += 8)
      view.setBigUint64(a + i, value >> BigInt(i * 8), true);
  },
  "memory.copy": effect3((m, to, from, length) => m.memory.u8.copyWithin(to, from, from + length)),
  "memory.fill": effect3((m, to, byte, length) => m.memory.u8.fill(byte, to, to + length)),
  "memory.compare": (m, code, at) =>
    set(
      m,
      code,
      at,
      compareMemory(
        m.memory.u8,
        (arg(m, code, at, 0) as number) >>> 0,
        (arg(m, code, at, 1) as number) >>> 0,
        (arg(m, code, at, 2) as number) >>> 0,
      ),
    ),
  keccak256: (m, code, at) => {
    const address = (arg(m, code, at, 0) as number) >>> 0;
    const length = (arg(m, code, at, 1) as number) >>> 0;
    set(m, code, at, bytesToWord(keccak256(m.memory.u8.subarray(address, address + length))));
  },
  sha256: effect3((m, address, length, result) =>
    m.memory.u8.set(sha256(m.memory.u8.subarray(address, address + length)), result),
  ),
  sha3_256: effect3((m, address, length, result) =>
    m.memory.u8.set(sha3_256(m.memory.u8.subarray(address, address + length)), result),
  ),

  "region.load": (m, code, at) => {
    const size = code[at + 5];
    const address = u64((arg(m, code, at, 0) as bigint) + BigInt(code[at + 4]));
    const host = translate(m.memory, m.frame.address, address, BigInt(size), false);
    if (host < 0) return m.end(OUTCOME.ACCESS_VIOLATION, code[at + 1]);
    let value = 0n;
    for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(m.memory.u8[host + i]);
    set(m, code, at, value);
  },
  "region.store": (m, code, at) => {
    const size = code[at + 5];
    const address = u64((m.values[m.base + code[at + 2]] as bigint) + BigInt(code[at + 4]));
    const host = translate(m.memory, m.frame.address, address, BigInt(size), true);
    if (host < 0) return m.end(OUTCOME.ACCESS_VIOLATION, code[at + 1]);
    let value = m.values[m.base + code[at + 3]] as bigint;
    for (let i = 0; i < size; i++, value >>= 8n) m.memory.u8[host + i] = Number(value & 0xffn);
  },
  "region.host": (m, code, at) => {
    const length = BigInt((arg(m, code, at, 1) as number) >>> 0);
    const address = arg(m, code, at, 0) as bigint;
    const host = translate(m.memory, m.frame.address, address, length, code[at + 5] !== 0);
    if (host < 0) return m.end(OUTCOME.ACCESS_VIOLATION, code[at + 1]);
    set(m, code, at, host | 0);
  },

  meter: (m, code, at) => m.meter(code[at + 2], code[at + 1]),
  charge: (m, code, at) => {
    m.gas -= code[at + 2];
  },
  check: (m, code, at) => {
    if (m.gas < 0) m.end(OUTCOME.OUT_OF_GAS, code[at + 1]);
  },
  "meter.dynamic": (m, code, at) => {
    m.gas -= Number(m.values[m.base + code[at + 2]]);
    if (m.gas < 0) m.end(OUTCOME.OUT_OF_GAS, code[at + 1]);
  },
  gas: (m, code, at) => set(m, code, at, u64(BigInt(m.gas) + m.gasBeyond)),

  "var.get": (m, code, at) => set(m, code, at, m.values[m.base + m.fn.slotCount + code[at + 3]]),
  "var.set": (m, code, at) => {
    m.values[m.base + m.fn.slotCount + code[at + 3]] = m.values[m.base + code[at + 2]];
  },

  "stack.check": (m, code, at) => {
    const height = m.operands.length;
    if (height < code[at + 2]) m.end(OUTCOME.STACK_UNDERFLOW, code[at + 1]);
    else if (height + code[at + 3] > OPERAND_STACK_WORDS)
      m.end(OUTCOME.STACK_OVERFLOW, code[at + 1]);
  },
  "stack.get": (m, code, at) => set(m, code, at, m.operands[m.operands.length - 1 - code[at + 3]]),
  "stack.set": (m, code, at) => {
    m.operands[m.operands.length - 1 - code[at + 3]] = m.values[m.base + code[at + 2]] as bigint;
  },
  "stack.move": (m, code, at) => {
    const words = code[at + 2];
    if (words < 0) m.operands.length += words;
    else for (let i = 0; i < words; i++) m.operands.push(0n);
  },

  "cell.find": (m, code, at) => {
    const tag = arg(m, code, at, 0) as number;
    set(m, code, at, findCell(m.frame.journal, tag, arg(m, code, at, 1) as bigint));
  },
  "cell.load": (m, code, at) =>
    set(m, code, at, m.frame.journal.readWord((arg(m, code, at, 0) as number) - 1)),
  "cell.original": (m, code, at) =>
    set(m, code, at, m.frame.journal.readOriginalWord((arg(m, code, at, 0) as number) - 1)),
  "cell.store": (m, code, at) => {
    const cell = (m.values[m.base + code[at + 2]] as number) - 1;
    m.frame.journal.writeWord(cell, m.values[m.base + code[at + 3]] as bigint);
  },
  "cell.mark": (m, code, at) =>
    set(m, code, at, m.frame.journal.mark((arg(m, code, at, 0) as number) - 1)),
  "cell.set_mark": (m, code, at) => {
    const cell = (m.values[m.base + code[at + 2]] as number) - 1;
    m.frame.journal.setMark(cell, m.values[m.base + code[at + 3]] as number);
  },
  "counter.add": (m, code, at) =>
    addToCounter(m.frame.journal, code[at + 3], m.values[m.base + code[at + 2]] as bigint),
  "log.append": (m, code, at) => {
    const [tag, topics, data, length] = [0, 1, 2, 3].map((i) => arg(m, code, at, i) as number);
    set(
      m,
      code,
      at,
      m.frame.journal.appendLog(m.memory.u8, tag, topics, code[at + 7], data, length),
    );
  },

  // Only compiled code calls like this: nothing that runs here has an entry.
  "frame.place": (m, code, at) => set(m, code, at, 0),
  "frame.call": (m, code, at) => m.end(OUTCOME.WRONG_GUESS, code[at + 1]),
  "gas.refill": (m, code, at) => {
    m.gas += Number(m.values[m.base + code[at + 2]]);
  },

  "trap.if": (m, code, at) => {
    if ((m.values[m.base + code[at + 2]] as number) !== 0) m.end(code[at + 3], code[at + 1]);
  },

  call: (m, code, at) => {
    const results = code[at + 3];
    const args = at + 4 + results;
    m.call(code[at + 2], args + 1, code[args], at + 4, code[at + 1]);
  },
  "call.indirect": (m, code, at) => {
    const index = (m.values[m.base + code[at + 3]] as number) >>> 0;
    const { table, signatures, indirect } = m.module;
    const fn = index < table.length ? table[index] : -1;
    if (fn < 0 || !sameSignature(signatures[fn], indirect[code[at + 2]])) {
      return m.end(OUTCOME.INVALID_CALL, code[at + 1]);
    }
    const results = code[at + 4];
    const args = at + 5 + results;
    m.call(fn, args + 1, code[args], at + 5, code[at + 1]);
  },
  host: (m, code, at) => {
    const results = code[at + 3];
    const args = at + 4 + results;
    m.host(code[at + 2], args + 1, code[args], at + 4, code[at + 1]);
  },
  "host.if": (m, code, at) => {
    if ((m.values[m.base + code[at + 3]] as number) === 0) return;
    m.host(code[at + 2], at + 5, code[at + 4], at, code[at + 1]);
  },
  br: (m, code, at) => m.branch(code[at + 2], at + 4, code[at + 3]),
  "br.if": (m, code, at) => {
    const count = code[at + 4];
    if ((m.values[m.base + code[at + 2]] as number) !== 0) {
      m.branch(code[at + 3], at + 5, count);
    } else {
      const other = at + 5 + count;
      m.branch(code[other], other + 2, code[other + 1]);
    }
  },
  switch: (m, code, at) => {
    const index = (m.values[m.base + code[at + 2]] as number) >>> 0;
    m.branch(code[at + 4 + Math.min(index, code[at + 3])], 0, 0);
  },
  ret: (m, code, at) => m.ret(at + 3, code[at + 2], code[at + 1]),
  exit: (m, code, at) => m.end(code[at + 2], code[at + 1]),
  trap: (m, code, at) => m.end(code[at + 2], code[at + 1]),
};

interface Signature {
  readonly params: readonly number[];
  readonly results: readonly number[];
}

function sameSignature(a: Signature, b: Signature): boolean {
  const same = (x: readonly number[], y: readonly number[]): boolean =>
    x.length === y.length && x.every((type, i) => type === y[i]);
  return same(a.params, b.params) && same(a.results, b.results);
}
