import { resultPositions } from "./forms.ts";
import type { IrBlock, IrFunction, IrModule, IrSignature } from "./function.ts";
import { printInstruction } from "./print-instruction.ts";
import { VALUE_TYPE_NAMES, type ValueType } from "./value-type.ts";

/**
 * The text form of a module. {@link parseModule} reads it back to an equal module; a function that has
 * not been lifted is printed as a declaration. Comments, from `;` to the end of the line, only help the reader.
 */
export function printModule(module: IrModule): string {
  const lines = [`module ${JSON.stringify(module.name)}`, `frame ${module.frameSize}`];
  if (module.operandStack !== 0) lines.push(`operands ${module.operandStack}`);
  lines.push(`entry f${module.entry}`);
  for (const word of module.words) lines.push(`word 0x${word.toString(16)}`);
  module.hosts.forEach((host, i) => {
    lines.push(`host h${i} ${JSON.stringify(host.name)} ${printSignature(host)}`);
  });
  module.indirect.forEach((signature, i) => {
    lines.push(`signature s${i} ${printSignature(signature)}`);
  });
  if (module.table.length > 0) {
    lines.push(
      `table ${Array.from(module.table, (fn) => (fn < 0 ? "none" : `f${fn}`)).join(", ")}`,
    );
  }
  module.signatures.forEach((signature, i) => {
    const fn = module.functions[i];
    if (fn === undefined) lines.push(`declare f${i} ${printSignature(signature)}`);
    else lines.push("", printFunction(fn, i, module));
  });
  return `${lines.join("\n")}\n`;
}

/**
 * The text form of one function; `index` is its number in `module`, whose names and words appear in it. Blocks stand in the
 * order of their code.
 */
export function printFunction(fn: IrFunction, index: number, module: IrModule): string {
  const lines = [`function f${index} ${JSON.stringify(fn.name)} ${printSignature(fn)} {`];
  fn.vars.forEach((type, i) => {
    lines.push(`  var $${i}: ${typeName(type)}`);
  });
  const unused = undefinedValues(fn);
  if (unused.length > 0) lines.push(`  unused ${printValues(fn, unused)}`);
  const layout = fn.blocks.map((_, block) => block);
  layout.sort((a, b) => startOf(fn, a) - startOf(fn, b));
  for (const block of layout) printBlock(fn, block, module, lines);
  lines.push("}");
  return lines.join("\n");
}

/** `(i32, i64) -> (i256)` */
export function printSignature({ params, results }: IrSignature): string {
  return `(${params.map(typeName).join(", ")}) -> (${results.map(typeName).join(", ")})`;
}

function printBlock(fn: IrFunction, index: number, module: IrModule, lines: string[]): void {
  const { params, start, end } = fn.blocks[index] as IrBlock;
  lines.push(`block${index}${params.length === 0 ? "" : `(${printValues(fn, params)})`}:`);
  for (let at = start; at < end; at += fn.code[at] >>> 8) {
    lines.push(`  ${printInstruction(fn, at, module)}`);
  }
}

const typeName = (type: ValueType): string => VALUE_TYPE_NAMES[type];

const startOf = (fn: IrFunction, block: number): number => fn.blocks[block].start;

const printValues = (fn: IrFunction, values: readonly number[]): string =>
  values.map((value) => `%${value}: ${typeName(fn.valueTypes[value] as ValueType)}`).join(", ");

/** Numbers of values that no block and no instruction defines. */
function undefinedValues(fn: IrFunction): number[] {
  const defined = definedValues(fn);
  const values: number[] = [];
  for (let value = 0; value < fn.valueCount; value++) if (defined[value] === 0) values.push(value);
  return values;
}

function definedValues(fn: IrFunction): Uint8Array {
  const defined = new Uint8Array(fn.valueCount);
  const positions: number[] = [];
  for (const { params, start, end } of fn.blocks) {
    for (const value of params) defined[value] = 1;
    for (let at = start; at < end; at += fn.code[at] >>> 8) {
      const count = resultPositions(fn.code, at, positions);
      for (let i = 0; i < count; i++) defined[fn.code[positions[i]]] = 1;
    }
  }
  return defined;
}
