// tidy: table
// What each instruction means, keyed by mnemonic: a forgotten one does not compile.
// Source: anza-xyz/sbpf src/interpreter.rs, doc/bytecode.md.
import type { FunctionBuilder, OpName } from "@dragoman/core";
import type { Mnemonic } from "../isa/table.ts";

/** What an instruction may use of the function that is being lifted. */
export interface Machine {
  readonly builder: FunctionBuilder;
  /** r0 to r10 as i64. */
  get(register: number): number;
  set(register: number, value: number): void;
  readonly dst: number;
  readonly imm: number;
  readonly off: number;
  /** Second operand as i64: the register of the form `reg`, else the sign-extended immediate. */
  operand64(): number;
  /** The same as i32. */
  operand32(): number;
  /** Its low 32 bits as i64. */
  operandLow(): number;
  dst32(): number;
  /** Zero-extended load of `size` bytes; stores the low `size` bytes. */
  load(size: number): void;
  store(size: number, value: number): void;
  /** Value that a store writes. */
  stored(): number;
  lddw(): void;
  /** Jumps if `condition`, 0 or 1, is 1. */
  branch(condition: number): void;
  jump(): void;
  call(): void;
  callx(): void;
  exit(): void;
}

export type Lower = (m: Machine) => void;

const alu64 =
  (op: OpName): Lower =>
  (m) =>
    m.set(m.dst, m.builder.op(op, m.get(m.dst), m.operand64()));
/** Result sign-extended: add, sub, mul. Everything else is zero-extended. */
const alu32s =
  (op: OpName): Lower =>
  (m) =>
    m.set(m.dst, m.builder.op("i64.extend_s", m.builder.op(op, m.dst32(), m.operand32())));
const alu32 =
  (op: OpName): Lower =>
  (m) =>
    m.set(m.dst, m.builder.op("i64.extend_u", m.builder.op(op, m.dst32(), m.operand32())));
const compare64 =
  (op: OpName): Lower =>
  (m) =>
    m.branch(m.builder.op(op, m.get(m.dst), m.operand64()));
const compare32 =
  (op: OpName): Lower =>
  (m) =>
    m.branch(m.builder.op(op, m.dst32(), m.operand32()));
const load =
  (size: number): Lower =>
  (m) =>
    m.load(size);
const store =
  (size: number): Lower =>
  (m) =>
    m.store(size, m.stored());

const low = (m: Machine, bits: number, value: number): number =>
  bits === 64
    ? value
    : m.builder.op("i64.and", value, m.builder.const64((1n << BigInt(bits)) - 1n));

/** Instructions of v1 and v2 alone, which the loader refuses. */
const unsupported: Lower = (m) => {
  throw new TypeError(`no lift for an instruction of v2 (r${m.dst})`);
};

export const LOWER: Record<Mnemonic, Lower> = {
  lddw: (m) => m.lddw(),
  ldxb: load(1),
  ldxh: load(2),
  ldxw: load(4),
  ldxdw: load(8),
  stb: store(1),
  sth: store(2),
  stw: store(4),
  stdw: store(8),
  stxb: store(1),
  stxh: store(2),
  stxw: store(4),
  stxdw: store(8),

  add32: alu32s("i32.add"),
  sub32: alu32s("i32.sub"),
  mul32: alu32s("i32.mul"),
  div32: alu32("i32.div_u"),
  mod32: alu32("i32.rem_u"),
  or32: alu32("i32.or"),
  and32: alu32("i32.and"),
  xor32: alu32("i32.xor"),
  lsh32: alu32("i32.shl"),
  rsh32: alu32("i32.shr_u"),
  arsh32: alu32("i32.shr_s"),
  mov32: (m) => m.set(m.dst, m.operandLow()),
  neg32: (m) => {
    const negated = m.builder.op("i32.sub", m.builder.const32(0), m.dst32());
    m.set(m.dst, m.builder.op("i64.extend_u", negated));
  },

  add64: alu64("i64.add"),
  sub64: alu64("i64.sub"),
  mul64: alu64("i64.mul"),
  div64: alu64("i64.div_u"),
  mod64: alu64("i64.rem_u"),
  or64: alu64("i64.or"),
  and64: alu64("i64.and"),
  xor64: alu64("i64.xor"),
  lsh64: alu64("i64.shl"),
  rsh64: alu64("i64.shr_u"),
  arsh64: alu64("i64.shr_s"),
  mov64: (m) => m.set(m.dst, m.operand64()),
  neg64: (m) => m.set(m.dst, m.builder.op("i64.sub", m.builder.const64(0n), m.get(m.dst))),
  hor64: unsupported,

  le: (m) => m.set(m.dst, low(m, m.imm, m.get(m.dst))),
  be: (m) => {
    const swapped = m.builder.op("i64.bswap", m.get(m.dst));
    const shift = m.builder.const64(BigInt(64 - m.imm));
    m.set(m.dst, m.imm === 64 ? swapped : m.builder.op("i64.shr_u", swapped, shift));
  },

  uhmul64: unsupported,
  udiv32: unsupported,
  udiv64: unsupported,
  urem32: unsupported,
  urem64: unsupported,
  lmul32: unsupported,
  lmul64: unsupported,
  shmul64: unsupported,
  sdiv32: unsupported,
  sdiv64: unsupported,
  srem32: unsupported,
  srem64: unsupported,

  ja: (m) => m.jump(),
  jeq: compare64("i64.eq"),
  jne: compare64("i64.ne"),
  jgt: compare64("i64.gt_u"),
  jge: compare64("i64.ge_u"),
  jlt: compare64("i64.lt_u"),
  jle: compare64("i64.le_u"),
  jsgt: compare64("i64.gt_s"),
  jsge: compare64("i64.ge_s"),
  jslt: compare64("i64.lt_s"),
  jsle: compare64("i64.le_s"),
  jset: (m) => {
    const common = m.builder.op("i64.and", m.get(m.dst), m.operand64());
    m.branch(m.builder.op("i64.ne", common, m.builder.const64(0n)));
  },
  jeq32: compare32("i32.eq"),
  jne32: compare32("i32.ne"),
  jgt32: compare32("i32.gt_u"),
  jge32: compare32("i32.ge_u"),
  jlt32: compare32("i32.lt_u"),
  jle32: compare32("i32.le_u"),
  jsgt32: compare32("i32.gt_s"),
  jsge32: compare32("i32.ge_s"),
  jslt32: compare32("i32.lt_s"),
  jsle32: compare32("i32.le_s"),
  jset32: (m) => {
    const common = m.builder.op("i32.and", m.dst32(), m.operand32());
    m.branch(m.builder.op("i32.ne", common, m.builder.const32(0)));
  },

  call: (m) => m.call(),
  callx: (m) => m.callx(),
  exit: (m) => m.exit(),
};
