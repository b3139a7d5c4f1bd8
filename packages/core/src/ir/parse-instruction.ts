import { OP, OPS, type OpInfo, type OpName, opWord } from "./ops.ts";
import { parseType } from "./parse-types.ts";
import { type FunctionText, parseValue, poolIndex } from "./text-model.ts";
import { NUMBER_MAX, type TextReader } from "./text-reader.ts";
import type { ValueType } from "./value-type.ts";

const WORD_LIMIT = 1n << 256n;

/** One line: `%7 = i64.add %5, %6 @12`. Appends its words to `text.code`. */
export function parseInstruction(reader: TextReader, text: FunctionText): void {
  const { code } = text;
  const at = code.length;
  const results: number[] = [];
  const types: (ValueType | undefined)[] = [];
  if (reader.token === "%") {
    do {
      results.push(parseValue(reader));
      types.push(reader.accept(":") ? parseType(reader) : undefined);
    } while (reader.accept(","));
    reader.expect("=");
  }
  const op = Object.hasOwn(OP, reader.token) ? OP[reader.token as OpName] : -1;
  if (op < 0) reader.fail(`unknown operation ${JSON.stringify(reader.token)}`);
  const info = OPS[op];
  reader.next();
  code.push(0, -1);
  if (info.variadic) {
    parseVariadic(reader, text, op, results);
    results.forEach((value, i) => {
      const type = types[i];
      if (type === undefined) reader.fail(`the type of %${value} is missing`);
      text.define(reader, value, type);
    });
  } else {
    if (results.length !== info.resultCount) {
      reader.fail(`${info.name} has ${info.resultCount} results, not ${results.length}`);
    }
    code.push(...results);
    parseFixed(reader, text, info);
    const type = op === OP["var.get"] ? text.vars[code[code.length - 1]] : info.results[0];
    for (const value of results) text.define(reader, value, type);
  }
  if (reader.accept("@")) code[at + 1] = reader.number(-(2 ** 31), 2 ** 31 - 1);
  code[at] = opWord(op, code.length - at);
}

function readValue(reader: TextReader, text: FunctionText): number {
  const value = parseValue(reader);
  text.use(value);
  return value;
}

function parseFixed(reader: TextReader, text: FunctionText, info: OpInfo): void {
  const { code } = text;
  switch (info.code) {
    case OP["var.get"]:
      code.push(parseVariable(reader, text));
      return;
    case OP["var.set"]: {
      const variable = parseVariable(reader, text);
      reader.expect(",");
      code.push(readValue(reader, text), variable);
      return;
    }
    case OP["i64.const"]: {
      const value = reader.integer();
      if (value < -(1n << 63n) || value >= 1n << 64n) reader.fail("the constant exceeds 64 bits");
      code.push(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
      return;
    }
    case OP["i256.const"]:
      code.push(parseWord(reader, text));
      return;
    default:
      for (let i = 0; i < info.argCount + info.immediates; i++) {
        if (i > 0) reader.expect(",");
        if (i < info.argCount) code.push(readValue(reader, text));
        else code.push(reader.number(-(2 ** 31), 2 ** 32 - 1) | 0);
      }
  }
}

function parseVariable(reader: TextReader, text: FunctionText): number {
  reader.expect("$");
  return reader.number(0, text.vars.length - 1);
}

/** `#3`, an index into the pool, or the word itself. */
function parseWord(reader: TextReader, text: FunctionText): number {
  if (reader.accept("#")) return reader.number(0, NUMBER_MAX);
  const word = reader.integer();
  if (word < 0n || word >= WORD_LIMIT) reader.fail("the constant exceeds 256 bits");
  return poolIndex(text.module, word);
}

function parseVariadic(
  reader: TextReader,
  text: FunctionText,
  op: number,
  results: readonly number[],
): void {
  const { code } = text;
  const hasResults = op === OP.call || op === OP.host || op === OP["call.indirect"];
  if (results.length > 0 && !hasResults) reader.fail(`${OPS[op].name} has no results`);
  switch (op) {
    case OP.br:
      parseTarget(reader, text);
      return;
    case OP["br.if"]:
      code.push(readValue(reader, text));
      reader.expect(",");
      parseTarget(reader, text);
      reader.expect(",");
      parseTarget(reader, text);
      return;
    case OP.switch: {
      code.push(readValue(reader, text));
      reader.expect(",");
      reader.expect("[");
      const blocks = reader.list("]", () => reader.numbered("block", NUMBER_MAX));
      reader.expect(",");
      code.push(blocks.length);
      for (const block of blocks) code.push(block);
      code.push(reader.numbered("block", NUMBER_MAX));
      return;
    }
    case OP.ret:
      parseReturned(reader, text);
      return;
    case OP["host.if"]: {
      const condition = readValue(reader, text);
      reader.expect(",");
      code.push(reader.numbered("h", NUMBER_MAX), condition);
      parseArgs(reader, text);
      return;
    }
    default:
      parseCallee(reader, text, op);
      code.push(results.length);
      for (const value of results) code.push(value);
      parseArgs(reader, text);
  }
}

function parseCallee(reader: TextReader, text: FunctionText, op: number): void {
  if (op === OP["call.indirect"]) {
    text.code.push(reader.numbered("s", NUMBER_MAX), readValue(reader, text));
  } else {
    text.code.push(reader.numbered(op === OP.call ? "f" : "h", NUMBER_MAX));
  }
}

/** `(%1, %2)`: count and values. */
function parseArgs(reader: TextReader, text: FunctionText): void {
  reader.expect("(");
  const args = reader.list(")", () => readValue(reader, text));
  text.code.push(args.length);
  for (const value of args) text.code.push(value);
}

function parseTarget(reader: TextReader, text: FunctionText): void {
  text.code.push(reader.numbered("block", NUMBER_MAX));
  if (reader.token === "(") parseArgs(reader, text);
  else text.code.push(0);
}

function parseReturned(reader: TextReader, text: FunctionText): void {
  const values: number[] = [];
  if (reader.token === "%") {
    do values.push(readValue(reader, text));
    while (reader.accept(","));
  }
  text.code.push(values.length, ...values);
}
