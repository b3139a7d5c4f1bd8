// tidy: table
// The one instruction table of sBPF: decoder, verifier, assembler, disassembler and lift derive what they know of an
// instruction from its row. Source: anza-xyz/sbpf src/ebpf.rs, src/verifier.rs.
import type { SbpfVersion } from "./version.ts";

/**
 * Operands. imm: `add64 r1, 5` · reg: `add64 r1, r2` · one: `neg64 r1` · end: `be16 r1` · load: `ldxb r1, [r2+4]` ·
 * store.imm: `stb [r1+4], 5` · store.reg: `stxb [r1+4], r2` · jump.imm: `jeq r1, 5, +3` and so on.
 */
export type Form =
  | "lddw"
  | "load"
  | "store.imm"
  | "store.reg"
  | "imm"
  | "reg"
  | "one"
  | "end"
  | "jump"
  | "jump.imm"
  | "jump.reg"
  | "call"
  | "callx"
  | "exit";

/** What the verifier looks at beside the registers. */
export type Check =
  | "none"
  | "divisor"
  | "shift32"
  | "shift64"
  | "end"
  | "lddw"
  | "jump"
  | "callx"
  | "frame";

/** Bit v = the instruction exists in version v. v2 moved memory, products and division (SIMD-0173, 0174). */
const ALL = 0b1111;
const NOT_V2 = 0b1011;
const V2 = 0b0100;
const V3 = 0b1000;

type Row = readonly [opcode: number, mnemonic: string, form: Form, check: Check, versions: number];

// biome-ignore format: one row per instruction
export const SBPF_OPS = [
  // memory
  [0x18, "lddw", "lddw", "lddw", NOT_V2],
  [0x61, "ldxw", "load", "none", NOT_V2],
  [0x62, "stw", "store.imm", "none", NOT_V2],
  [0x63, "stxw", "store.reg", "none", NOT_V2],
  [0x69, "ldxh", "load", "none", NOT_V2],
  [0x6a, "sth", "store.imm", "none", NOT_V2],
  [0x6b, "stxh", "store.reg", "none", NOT_V2],
  [0x71, "ldxb", "load", "none", NOT_V2],
  [0x72, "stb", "store.imm", "none", NOT_V2],
  [0x73, "stxb", "store.reg", "none", NOT_V2],
  [0x79, "ldxdw", "load", "none", NOT_V2],
  [0x7a, "stdw", "store.imm", "none", NOT_V2],
  [0x7b, "stxdw", "store.reg", "none", NOT_V2],
  [0x2c, "ldxb", "load", "none", V2],
  [0x27, "stb", "store.imm", "none", V2],
  [0x2f, "stxb", "store.reg", "none", V2],
  [0x3c, "ldxh", "load", "none", V2],
  [0x37, "sth", "store.imm", "none", V2],
  [0x3f, "stxh", "store.reg", "none", V2],
  [0x8c, "ldxw", "load", "none", V2],
  [0x87, "stw", "store.imm", "none", V2],
  [0x8f, "stxw", "store.reg", "none", V2],
  [0x9c, "ldxdw", "load", "none", V2],
  [0x97, "stdw", "store.imm", "none", V2],
  [0x9f, "stxdw", "store.reg", "none", V2],
  // arithmetic, 32 bits
  [0x04, "add32", "imm", "none", ALL],
  [0x0c, "add32", "reg", "none", ALL],
  [0x14, "sub32", "imm", "none", ALL],
  [0x1c, "sub32", "reg", "none", ALL],
  [0x24, "mul32", "imm", "none", NOT_V2],
  [0x2c, "mul32", "reg", "none", NOT_V2],
  [0x34, "div32", "imm", "divisor", NOT_V2],
  [0x3c, "div32", "reg", "none", NOT_V2],
  [0x44, "or32", "imm", "none", ALL],
  [0x4c, "or32", "reg", "none", ALL],
  [0x54, "and32", "imm", "none", ALL],
  [0x5c, "and32", "reg", "none", ALL],
  [0x64, "lsh32", "imm", "shift32", ALL],
  [0x6c, "lsh32", "reg", "none", ALL],
  [0x74, "rsh32", "imm", "shift32", ALL],
  [0x7c, "rsh32", "reg", "none", ALL],
  [0x94, "mod32", "imm", "divisor", NOT_V2],
  [0x9c, "mod32", "reg", "none", NOT_V2],
  [0xa4, "xor32", "imm", "none", ALL],
  [0xac, "xor32", "reg", "none", ALL],
  [0xb4, "mov32", "imm", "none", ALL],
  [0xbc, "mov32", "reg", "none", ALL],
  [0xc4, "arsh32", "imm", "shift32", ALL],
  [0xcc, "arsh32", "reg", "none", ALL],
  [0x84, "neg32", "one", "none", NOT_V2],
  // arithmetic, 64 bits
  [0x07, "add64", "imm", "frame", ALL],
  [0x0f, "add64", "reg", "none", ALL],
  [0x17, "sub64", "imm", "none", ALL],
  [0x1f, "sub64", "reg", "none", ALL],
  [0x27, "mul64", "imm", "none", NOT_V2],
  [0x2f, "mul64", "reg", "none", NOT_V2],
  [0x37, "div64", "imm", "divisor", NOT_V2],
  [0x3f, "div64", "reg", "none", NOT_V2],
  [0x47, "or64", "imm", "none", ALL],
  [0x4f, "or64", "reg", "none", ALL],
  [0x57, "and64", "imm", "none", ALL],
  [0x5f, "and64", "reg", "none", ALL],
  [0x67, "lsh64", "imm", "shift64", ALL],
  [0x6f, "lsh64", "reg", "none", ALL],
  [0x77, "rsh64", "imm", "shift64", ALL],
  [0x7f, "rsh64", "reg", "none", ALL],
  [0x97, "mod64", "imm", "divisor", NOT_V2],
  [0x9f, "mod64", "reg", "none", NOT_V2],
  [0xa7, "xor64", "imm", "none", ALL],
  [0xaf, "xor64", "reg", "none", ALL],
  [0xb7, "mov64", "imm", "none", ALL],
  [0xbf, "mov64", "reg", "none", ALL],
  [0xc7, "arsh64", "imm", "shift64", ALL],
  [0xcf, "arsh64", "reg", "none", ALL],
  [0x87, "neg64", "one", "none", NOT_V2],
  [0xf7, "hor64", "imm", "none", V2],
  // byte order
  [0xd4, "le", "end", "end", NOT_V2],
  [0xdc, "be", "end", "end", ALL],
  // product, quotient, remainder
  [0x36, "uhmul64", "imm", "none", V2],
  [0x3e, "uhmul64", "reg", "none", V2],
  [0x46, "udiv32", "imm", "divisor", V2],
  [0x4e, "udiv32", "reg", "none", V2],
  [0x56, "udiv64", "imm", "divisor", V2],
  [0x5e, "udiv64", "reg", "none", V2],
  [0x66, "urem32", "imm", "divisor", V2],
  [0x6e, "urem32", "reg", "none", V2],
  [0x76, "urem64", "imm", "divisor", V2],
  [0x7e, "urem64", "reg", "none", V2],
  [0x86, "lmul32", "imm", "none", V2],
  [0x8e, "lmul32", "reg", "none", V2],
  [0x96, "lmul64", "imm", "none", V2],
  [0x9e, "lmul64", "reg", "none", V2],
  [0xb6, "shmul64", "imm", "none", V2],
  [0xbe, "shmul64", "reg", "none", V2],
  [0xc6, "sdiv32", "imm", "divisor", V2],
  [0xce, "sdiv32", "reg", "none", V2],
  [0xd6, "sdiv64", "imm", "divisor", V2],
  [0xde, "sdiv64", "reg", "none", V2],
  [0xe6, "srem32", "imm", "divisor", V2],
  [0xee, "srem32", "reg", "none", V2],
  [0xf6, "srem64", "imm", "divisor", V2],
  [0xfe, "srem64", "reg", "none", V2],
  // jumps
  [0x05, "ja", "jump", "jump", ALL],
  [0x15, "jeq", "jump.imm", "jump", ALL],
  [0x1d, "jeq", "jump.reg", "jump", ALL],
  [0x25, "jgt", "jump.imm", "jump", ALL],
  [0x2d, "jgt", "jump.reg", "jump", ALL],
  [0x35, "jge", "jump.imm", "jump", ALL],
  [0x3d, "jge", "jump.reg", "jump", ALL],
  [0x45, "jset", "jump.imm", "jump", ALL],
  [0x4d, "jset", "jump.reg", "jump", ALL],
  [0x55, "jne", "jump.imm", "jump", ALL],
  [0x5d, "jne", "jump.reg", "jump", ALL],
  [0x65, "jsgt", "jump.imm", "jump", ALL],
  [0x6d, "jsgt", "jump.reg", "jump", ALL],
  [0x75, "jsge", "jump.imm", "jump", ALL],
  [0x7d, "jsge", "jump.reg", "jump", ALL],
  [0xa5, "jlt", "jump.imm", "jump", ALL],
  [0xad, "jlt", "jump.reg", "jump", ALL],
  [0xb5, "jle", "jump.imm", "jump", ALL],
  [0xbd, "jle", "jump.reg", "jump", ALL],
  [0xc5, "jslt", "jump.imm", "jump", ALL],
  [0xcd, "jslt", "jump.reg", "jump", ALL],
  [0xd5, "jsle", "jump.imm", "jump", ALL],
  [0xdd, "jsle", "jump.reg", "jump", ALL],
  // jumps that compare the low halves
  [0x16, "jeq32", "jump.imm", "jump", V3],
  [0x1e, "jeq32", "jump.reg", "jump", V3],
  [0x26, "jgt32", "jump.imm", "jump", V3],
  [0x2e, "jgt32", "jump.reg", "jump", V3],
  [0x36, "jge32", "jump.imm", "jump", V3],
  [0x3e, "jge32", "jump.reg", "jump", V3],
  [0x46, "jset32", "jump.imm", "jump", V3],
  [0x4e, "jset32", "jump.reg", "jump", V3],
  [0x56, "jne32", "jump.imm", "jump", V3],
  [0x5e, "jne32", "jump.reg", "jump", V3],
  [0x66, "jsgt32", "jump.imm", "jump", V3],
  [0x6e, "jsgt32", "jump.reg", "jump", V3],
  [0x76, "jsge32", "jump.imm", "jump", V3],
  [0x7e, "jsge32", "jump.reg", "jump", V3],
  [0xa6, "jlt32", "jump.imm", "jump", V3],
  [0xae, "jlt32", "jump.reg", "jump", V3],
  [0xb6, "jle32", "jump.imm", "jump", V3],
  [0xbe, "jle32", "jump.reg", "jump", V3],
  [0xc6, "jslt32", "jump.imm", "jump", V3],
  [0xce, "jslt32", "jump.reg", "jump", V3],
  [0xd6, "jsle32", "jump.imm", "jump", V3],
  [0xde, "jsle32", "jump.reg", "jump", V3],
  // calls
  [0x85, "call", "call", "none", ALL],
  [0x8d, "callx", "callx", "callx", ALL],
  [0x95, "exit", "exit", "none", ALL],
] as const satisfies readonly Row[];

export type Mnemonic = (typeof SBPF_OPS)[number][1];

export interface Instruction {
  readonly opcode: number;
  readonly mnemonic: Mnemonic;
  readonly form: Form;
  readonly check: Check;
}

const VERSIONS: readonly SbpfVersion[] = [0, 1, 2, 3];

/** Instructions of each version by opcode; undefined = the version has none there. */
export const INSTRUCTIONS: readonly (readonly (Instruction | undefined)[])[] = VERSIONS.map(
  (version) => {
    const table = new Array<Instruction | undefined>(256).fill(undefined);
    for (const [opcode, mnemonic, form, check, versions] of SBPF_OPS) {
      if (((versions >> version) & 1) !== 0) table[opcode] = { opcode, mnemonic, form, check };
    }
    return table;
  },
);
