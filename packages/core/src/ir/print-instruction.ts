import { isChecked } from "./checked.ts";
import { immediatePosition } from "./forms.ts";
import type { IrFunction, IrModule } from "./function.ts";
import { OP, OPS } from "./ops.ts";
import { VALUE_TYPE_NAMES, type ValueType } from "./value-type.ts";

/** One instruction, that at word `at`, as a line of the text form: `%7 = i64.add %5, %6 @12`. */
export function printInstruction(fn: IrFunction, at: number, module: IrModule): string {
  const { code } = fn;
  const op = code[at] & 0xff;
  const text = OPS[op].variadic ? printVariadic(fn, at) : printFixed(fn, at, module);
  const position = code[at + 1] === -1 ? "" : ` @${code[at + 1]}`;
  const name = calledName(fn, at, module);
  return `${text}${position}${name === undefined ? "" : ` ; ${name.replace(/[^ -~]/g, "?")}`}`;
}

function printFixed(fn: IrFunction, at: number, module: IrModule): string {
  const { code } = fn;
  const { code: op, name, resultCount, argCount, immediates } = OPS[code[at] & 0xff];
  const results = resultCount === 0 ? "" : `%${code[at + 2]} = `;
  const first = at + 2 + resultCount;
  const immediate = immediatePosition(code, at);
  if (op === OP["var.get"]) return `${results}${name} $${code[immediate]}`;
  if (op === OP["var.set"]) return `${name} $${code[immediate]}, %${code[first]}`;
  if (op === OP["i64.const"]) {
    const value = (BigInt(code[immediate + 1]) << 32n) | BigInt(code[immediate] >>> 0);
    return `${results}${name} ${value}`;
  }
  if (op === OP["i256.const"]) return `${results}${name} ${printWord(module, code[immediate])}`;
  const operands: string[] = [];
  for (let i = 0; i < argCount; i++) operands.push(`%${code[first + i]}`);
  for (let i = 0; i < immediates; i++) {
    const value = code[immediate + i];
    operands.push(isOutcome(op, i) && value >= 0 ? `0x${value.toString(16)}` : `${value}`);
  }
  return `${results}${name}${operands.length === 0 ? "" : ` ${operands.join(", ")}`}`;
}

/** Immediates that are outcomes read best in hexadecimal. */
function isOutcome(op: number, immediate: number): boolean {
  if (isChecked(op)) return immediate === 1;
  return op === OP.exit || op === OP.trap || op === OP["trap.if"];
}

/** The word itself where that says which entry of the pool it is, else the entry's number. */
function printWord(module: IrModule, index: number): string {
  const word = module.words[index];
  if (word === undefined || module.words.indexOf(word) !== index) return `#${index}`;
  return `0x${word.toString(16)}`;
}

function printVariadic(fn: IrFunction, at: number): string {
  const { code } = fn;
  const op = code[at] & 0xff;
  const { name } = OPS[op];
  switch (op) {
    case OP.br:
      return `${name} ${printTarget(code, at + 2)}`;
    case OP["br.if"]: {
      const second = at + 5 + code[at + 4];
      return `${name} %${code[at + 2]}, ${printTarget(code, at + 3)}, ${printTarget(code, second)}`;
    }
    case OP.switch: {
      const count = code[at + 3];
      const blocks = Array.from(code.subarray(at + 4, at + 4 + count), (block) => `block${block}`);
      return `${name} %${code[at + 2]}, [${blocks.join(", ")}], block${code[at + 4 + count]}`;
    }
    case OP.ret: {
      const values = printArgs(code, at + 2);
      return values === "" ? name : `${name} ${values}`;
    }
    case OP["host.if"]:
      return `${name} %${code[at + 3]}, h${code[at + 2]}(${printArgs(code, at + 4)})`;
    case OP["call.indirect"]: {
      const args = at + 5 + code[at + 4];
      const callee = `s${code[at + 2]} %${code[at + 3]}(${printArgs(code, args)})`;
      return `${printResults(fn, at + 4)}${name} ${callee}`;
    }
    default: {
      const args = printArgs(code, at + 4 + code[at + 3]);
      const callee = `${op === OP.call ? "f" : "h"}${code[at + 2]}(${args})`;
      return `${printResults(fn, at + 3)}${name} ${callee}`;
    }
  }
}

/** Values whose count stands at `at` and which follow it. */
function printArgs(code: Int32Array, at: number): string {
  const values: string[] = [];
  for (let i = 0; i < code[at]; i++) values.push(`%${code[at + 1 + i]}`);
  return values.join(", ");
}

/** Block, count, arguments: `block2(%5)`. */
function printTarget(code: Int32Array, at: number): string {
  const args = printArgs(code, at + 1);
  return args === "" ? `block${code[at]}` : `block${code[at]}(${args})`;
}

function printResults(fn: IrFunction, at: number): string {
  const { code, valueTypes } = fn;
  const values: string[] = [];
  for (let i = 0; i < code[at]; i++) {
    const value = code[at + 1 + i];
    values.push(`%${value}: ${VALUE_TYPE_NAMES[valueTypes[value] as ValueType]}`);
  }
  return values.length === 0 ? "" : `${values.join(", ")} = `;
}

function calledName(fn: IrFunction, at: number, module: IrModule): string | undefined {
  const index = fn.code[at + 2];
  switch (fn.code[at] & 0xff) {
    case OP.call:
      return module.functions[index]?.name;
    case OP.host:
    case OP["host.if"]:
      return module.hosts[index]?.name;
    default:
      return undefined;
  }
}
