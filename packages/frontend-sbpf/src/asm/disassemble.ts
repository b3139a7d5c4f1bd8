import type { Text } from "../isa/decode.ts";
import { INSTRUCTIONS } from "../isa/table.ts";
import { callxRegister, hasStaticSyscalls } from "../isa/version.ts";

export interface DisassembleOptions {
  /** Functions by hash, as the loader found them. */
  readonly functions?: ReadonlyMap<number, number>;
  /** Name of a syscall by its hash. */
  readonly syscallName?: (hash: number) => string | undefined;
}

const hex = (value: number): string =>
  value < 0 ? `-0x${(-value).toString(16)}` : `+0x${value.toString(16)}`;

/**
 * One line of assembly per instruction, which {@link assemble} takes back: jumps and calls are relative numbers. Slots that
 * are no instruction become `.fill`.
 */
export function disassemble(text: Text, options: DisassembleOptions = {}): string[] {
  const lines: string[] = [];
  for (let pc = 0; pc < text.count; pc++) {
    lines.push(disassembleAt(text, pc, options));
    if (isWholeLddw(text, pc)) pc++;
  }
  return lines;
}

function isWholeLddw(text: Text, pc: number): boolean {
  return text.version !== 2 && text.op[pc] === 0x18 && pc + 1 < text.count && text.op[pc + 1] === 0;
}

/** The instruction at slot `pc` as text. */
export function disassembleAt(text: Text, pc: number, options: DisassembleOptions = {}): string {
  const row = INSTRUCTIONS[text.version][text.op[pc]];
  const [dst, src, off, imm] = [text.dst[pc], text.src[pc], text.off[pc], text.imm[pc]];
  if (row === undefined) return fill(text, pc);
  const name = row.mnemonic;
  switch (row.form) {
    case "lddw":
      if (!isWholeLddw(text, pc)) return fill(text, pc);
      return `lddw r${dst}, 0x${((BigInt(text.imm[pc + 1] >>> 0) << 32n) | BigInt(imm >>> 0)).toString(16)}`;
    case "load":
      return `${name} r${dst}, [r${src}${hex(off)}]`;
    case "store.imm":
      return `${name} [r${dst}${hex(off)}], ${imm}`;
    case "store.reg":
      return `${name} [r${dst}${hex(off)}], r${src}`;
    case "imm":
      return `${name} r${dst}, ${imm}`;
    case "reg":
      return `${name} r${dst}, r${src}`;
    case "one":
      return `${name} r${dst}`;
    case "end":
      return `${name}${imm} r${dst}`;
    case "jump":
      return `${name} ${hex(off)}`;
    case "jump.imm":
      return `${name} r${dst}, ${imm}, ${hex(off)}`;
    case "jump.reg":
      return `${name} r${dst}, r${src}, ${hex(off)}`;
    case "callx": {
      const register = callxRegister(text.version, dst, src, imm);
      return register < 0 || register > 9 ? fill(text, pc) : `${name} r${register}`;
    }
    case "call":
      return call(text, pc, options);
    case "exit":
      return name;
  }
}

function call(text: Text, pc: number, options: DisassembleOptions): string {
  const imm = text.imm[pc];
  if (hasStaticSyscalls(text.version) && text.src[pc] === 1) return `call ${hex(imm)}`;
  const name = options.syscallName?.(imm >>> 0);
  if (name !== undefined) return `syscall ${name}`;
  const target = options.functions?.get(imm >>> 0);
  if (target !== undefined) return `call ${hex(target - pc - 1)}`;
  return `syscall 0x${(imm >>> 0).toString(16)}`;
}

function fill(text: Text, pc: number): string {
  const word =
    (BigInt(text.imm[pc] >>> 0) << 32n) |
    (BigInt(text.off[pc] & 0xffff) << 16n) |
    BigInt((text.src[pc] << 12) | (text.dst[pc] << 8) | text.op[pc]);
  return `.fill 1, 0x${word.toString(16)}`;
}
