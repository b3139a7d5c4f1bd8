import type { IrBlock, IrFunction } from "./function.ts";
import { parseInstruction } from "./parse-instruction.ts";
import { parseSignature, parseType } from "./parse-types.ts";
import { FunctionText, type ModuleText, parseDefinition, UNDEFINED, UNUSED } from "./text-model.ts";
import { NUMBER_MAX, type TextReader } from "./text-reader.ts";
import { I32 } from "./value-type.ts";

/** A function from its name on, up to and with the closing brace. */
export function parseFunction(reader: TextReader, module: ModuleText): IrFunction {
  const text = new FunctionText(module);
  const name = reader.string();
  const { params, results } = parseSignature(reader);
  reader.expect("{");
  reader.endLine();
  while (reader.accept("var")) {
    reader.expect("$");
    reader.number(text.vars.length, text.vars.length);
    reader.expect(":");
    text.vars.push(parseType(reader));
    reader.endLine();
  }
  if (reader.accept("unused")) {
    do parseDefinition(reader, text);
    while (reader.accept(","));
    reader.endLine();
  }
  while (reader.token !== "}") parseBlock(reader, text);
  const missing = findMissing(text);
  if (missing !== undefined) reader.fail(missing);
  reader.next();
  return {
    name,
    params,
    results,
    vars: text.vars,
    valueTypes: Uint8Array.from(text.types, (type) => (type === UNUSED ? I32 : type)),
    valueCount: text.types.length,
    blocks: text.blocks as IrBlock[],
    code: Int32Array.from(text.code),
  };
}

function parseBlock(reader: TextReader, text: FunctionText): void {
  if (!reader.isNumbered("block")) {
    reader.fail(`expected a block or "}", found ${JSON.stringify(reader.token)}`);
  }
  const label = reader.token;
  const index = reader.numbered("block", NUMBER_MAX);
  if (text.blocks[index] !== undefined) reader.fail(`${label} is written twice`);
  const params = reader.accept("(") ? reader.list(")", () => parseDefinition(reader, text)) : [];
  reader.expect(":");
  reader.endLine();
  const start = text.code.length;
  while (reader.token !== "}" && !reader.isNumbered("block") && !reader.atEnd) {
    parseInstruction(reader, text);
    reader.endLine();
  }
  while (text.blocks.length <= index) text.blocks.push(undefined);
  text.blocks[index] = { params, start, end: text.code.length };
}

function findMissing(text: FunctionText): string | undefined {
  const block = text.blocks.indexOf(undefined);
  if (block >= 0) return `block${block} is missing`;
  if (text.blocks.length === 0) return "a function has at least one block";
  const value = text.types.indexOf(UNDEFINED);
  return value < 0 ? undefined : `%${value} is never defined`;
}
