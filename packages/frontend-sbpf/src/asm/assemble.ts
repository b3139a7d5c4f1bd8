import { refuse } from "@dragoman/fault";
import { encodeText } from "../isa/decode.ts";
import { ENTRYPOINT_HASH, pcHash, symbolHash } from "../isa/murmur3.ts";
import { type Form, INSTRUCTIONS } from "../isa/table.ts";
import type { SbpfVersion } from "../isa/version.ts";
import { type Operand, parseAssembly, type Statement } from "./parse.ts";

/** A program in assembled form; the base of {@link link}. */
export interface Assembly {
  readonly version: SbpfVersion;
  /** Code as a loader leaves it: calls and syscalls resolved. */
  readonly text: Uint8Array;
  readonly entryPc: number;
  /** Functions by hash of their slot, v0 to v2. */
  readonly functions: ReadonlyMap<number, number>;
  /** Calls of functions: slot of the call and slot of the function. */
  readonly calls: readonly (readonly [pc: number, target: number])[];
  /** Calls of syscalls by name. */
  readonly syscalls: readonly (readonly [pc: number, name: string])[];
}

interface Slot {
  op: number;
  dst: number;
  src: number;
  off: number;
  imm: number;
}

type Instruction = Extract<Statement, { kind: "directive" | "instruction" }>;

/**
 * Assembles text in the syntax of anza-xyz/sbpf `src/assembler.rs`. The program begins at the label `entrypoint`, or at
 * its first instruction.
 *
 * Faults: `MALFORMED_SBPF_ASM` at the line.
 */
export function assemble(source: string, version: SbpfVersion = 0): Assembly {
  const statements = parseAssembly(source);
  const labels = placeLabels(statements);
  const writer = new Writer(version, labels);
  for (const statement of statements) {
    if (statement.kind === "instruction") writer.instruction(statement);
    else if (statement.kind === "directive") writer.directive(statement);
  }
  const entryPc = labels.get("entrypoint") ?? 0;
  const functions = new Map<number, number>();
  if (version < 3) {
    for (const [, target] of writer.calls) functions.set(pcHash(target), target);
    functions.set(ENTRYPOINT_HASH, entryPc);
  }
  const { slots, calls, syscalls } = writer;
  const text = encodeText({
    version,
    count: slots.length,
    op: Uint8Array.from(slots, ({ op }) => op),
    dst: Uint8Array.from(slots, ({ dst }) => dst),
    src: Uint8Array.from(slots, ({ src }) => src),
    off: Int16Array.from(slots, ({ off }) => off),
    imm: Int32Array.from(slots, ({ imm }) => imm),
  });
  return { version, text, entryPc, functions, calls, syscalls };
}

function placeLabels(statements: readonly Statement[]): Map<string, number> {
  const labels = new Map<string, number>();
  let pc = 0;
  for (const statement of statements) {
    if (statement.kind === "label") labels.set(statement.name, pc);
    else if (statement.kind === "instruction") pc += statement.name === "lddw" ? 2 : 1;
    else pc += Number(integer(statement, 0));
  }
  return labels;
}

function integer(statement: Instruction, index: number): bigint {
  const operand = statement.operands[index];
  if (operand?.kind !== "integer") return reject(statement, "a number is missing");
  return operand.value;
}

function reject(statement: Statement, why: string): never {
  return refuse("MALFORMED_SBPF_ASM", statement.line, `line ${statement.line}: ${why}`);
}

/** Opcode of each `mnemonic form` of a version. */
const OPCODES = INSTRUCTIONS.map((table) => {
  const opcodes = new Map<string, number>();
  for (const row of table) if (row) opcodes.set(`${row.mnemonic} ${row.form}`, row.opcode);
  return opcodes;
});

class Writer {
  readonly slots: Slot[] = [];
  readonly calls: (readonly [number, number])[] = [];
  readonly syscalls: (readonly [number, string])[] = [];
  readonly #version: SbpfVersion;
  readonly #labels: ReadonlyMap<string, number>;

  constructor(version: SbpfVersion, labels: ReadonlyMap<string, number>) {
    this.#version = version;
    this.#labels = labels;
  }

  directive(statement: Instruction): void {
    if (statement.name !== "fill") reject(statement, `there is no directive .${statement.name}`);
    const word = BigInt.asUintN(64, integer(statement, 1));
    for (let i = integer(statement, 0); i > 0n; i--) {
      this.slots.push({
        op: Number(word & 0xffn),
        dst: Number((word >> 8n) & 15n),
        src: Number((word >> 12n) & 15n),
        off: Number(BigInt.asIntN(16, word >> 16n)),
        imm: Number(BigInt.asIntN(32, word >> 32n)),
      });
    }
  }

  instruction(statement: Instruction): void {
    const { name, operands } = statement;
    if (name === "call" || name === "syscall" || name === "callx") return this.#call(statement);
    if (name === "lddw") return this.#lddw(statement);
    const endian = /^([lb]e)(16|32|64)$/.exec(name);
    if (endian) {
      const op = this.#opcode(statement, endian[1], "end");
      return this.#push(statement, op, register(statement, operands[0]), 0, 0, Number(endian[2]));
    }
    const kinds = operands.map(({ kind }) => kind).join(" ");
    const form =
      FORMS[kinds.replace(/ (?:label|integer)$/, name.startsWith("j") ? " target" : "$&")];
    if (form === undefined) reject(statement, `${name} has no such operands`);
    this.#emit(statement, this.#opcode(statement, name, form), form);
  }

  #emit(statement: Instruction, op: number, form: Form): void {
    const [a, b, c] = statement.operands;
    const push = (dst: number, src: number, off: number, imm: number): void =>
      this.#push(statement, op, dst, src, off, imm);
    const number = (index: number): number => Number(integer(statement, index));
    switch (form) {
      case "imm":
        return push(register(statement, a), 0, 0, number(1));
      case "reg":
        return push(register(statement, a), register(statement, b), 0, 0);
      case "one":
        return push(register(statement, a), 0, 0, 0);
      case "load":
        return push(register(statement, a), register(statement, b), offset(b), 0);
      case "store.imm":
        return push(register(statement, a), 0, offset(a), number(1));
      case "store.reg":
        return push(register(statement, a), register(statement, b), offset(a), 0);
      case "jump":
        return push(0, 0, this.#target(statement, a), 0);
      case "jump.imm":
        return push(register(statement, a), 0, this.#target(statement, c), number(1));
      case "jump.reg":
        return push(register(statement, a), register(statement, b), this.#target(statement, c), 0);
      default:
        return push(0, 0, 0, 0);
    }
  }

  #opcode(statement: Instruction, name: string, form: Form): number {
    const opcodes = OPCODES[this.#version];
    // `add` means `add64`; `jeq64` means `jeq`.
    const op =
      opcodes.get(`${name} ${form}`) ??
      opcodes.get(`${name}64 ${form}`) ??
      opcodes.get(`${name.replace(/64$/, "")} ${form}`);
    if (op === undefined) reject(statement, `v${this.#version} has no instruction ${name}`);
    return op;
  }

  #push(at: Instruction, op: number, dst: number, src: number, off: number, imm: number): void {
    if (dst > 15 || src > 15) reject(at, "there is no such register");
    if (off < -32768 || off > 32767) reject(at, `offset ${off} does not fit 16 bits`);
    if (imm < -(2 ** 31) || imm >= 2 ** 32) reject(at, `immediate ${imm} does not fit 32 bits`);
    this.slots.push({ op, dst, src, off, imm: imm | 0 });
  }

  #lddw(statement: Instruction): void {
    const value = integer(statement, 1);
    const op = this.#opcode(statement, "lddw", "lddw");
    this.#push(statement, op, register(statement, statement.operands[0]), 0, 0, low(value));
    this.#push(statement, 0, 0, 0, 0, low(value >> 32n));
  }

  #call(statement: Instruction): void {
    const { name } = statement;
    const [operand] = statement.operands;
    const version = this.#version;
    const pc = this.slots.length;
    if (name === "callx") {
      const index = register(statement, operand);
      const [dst, src, imm] =
        version === 3 ? [index, 0, 0] : version === 2 ? [0, index, 0] : [0, 0, index];
      return this.#push(statement, 0x8d, dst, src, 0, imm);
    }
    if (name === "syscall") {
      if (operand?.kind === "label") this.syscalls.push([pc, operand.name]);
      const hash =
        operand?.kind === "label" ? symbolHash(operand.name) : low(integer(statement, 0));
      return this.#push(statement, 0x85, 0, 0, 0, hash | 0);
    }
    const target = pc + 1 + this.#target(statement, operand);
    this.calls.push([pc, target]);
    if (version === 3) this.#push(statement, 0x85, 0, 1, 0, target - pc - 1);
    else this.#push(statement, 0x85, 0, 0, 0, pcHash(target) | 0);
  }

  /** Distance of a target from the next slot. */
  #target(statement: Instruction, operand: Operand | undefined): number {
    if (operand?.kind === "integer") return Number(operand.value);
    if (operand?.kind !== "label") return reject(statement, "a target is missing");
    const pc = this.#labels.get(operand.name);
    if (pc === undefined) reject(statement, `there is no label ${operand.name}`);
    return pc - this.slots.length - 1;
  }
}

/** Forms by the kinds of their operands. */
const FORMS: Readonly<Record<string, Form>> = {
  "register integer": "imm",
  "register register": "reg",
  register: "one",
  "register memory": "load",
  "memory integer": "store.imm",
  "memory register": "store.reg",
  integer: "jump",
  label: "jump",
  "register integer target": "jump.imm",
  "register register target": "jump.reg",
  "": "exit",
};

function register(statement: Instruction, operand: Operand | undefined): number {
  if (operand?.kind === "register" || operand?.kind === "memory") return operand.register;
  return reject(statement, "a register is missing");
}

const offset = (operand: Operand): number => (operand.kind === "memory" ? operand.offset : 0);

const low = (value: bigint): number => Number(BigInt.asIntN(32, value));
