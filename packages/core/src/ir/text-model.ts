import type { HostSignature, IrBlock, IrFunction, IrSignature } from "./function.ts";
import { parseType } from "./parse-types.ts";
import { NUMBER_MAX, type TextReader } from "./text-reader.ts";
import type { ValueType } from "./value-type.ts";

/** What of a module has been read. */
export interface ModuleText {
  name: string;
  frameSize: number;
  operandStack: number;
  entry: number;
  readonly words: bigint[];
  /** First index of each word. */
  readonly wordIndex: Map<bigint, number>;
  readonly hosts: HostSignature[];
  readonly indirect: IrSignature[];
  readonly signatures: IrSignature[];
  readonly functions: (IrFunction | undefined)[];
  table: number[];
}

/** Index of `word` in the pool, to which it is added if it is new. */
export function poolIndex(module: ModuleText, word: bigint): number {
  let index = module.wordIndex.get(word);
  if (index === undefined) {
    index = module.words.length;
    module.words.push(word);
    module.wordIndex.set(word, index);
  }
  return index;
}

/** Type of a value that has been read but not yet defined. */
export const UNDEFINED = 254;

/** Type of a number between others that no value has. */
export const UNUSED = 255;

/** The function being read. */
export class FunctionText {
  readonly module: ModuleText;
  readonly vars: ValueType[] = [];
  readonly types: number[] = [];
  readonly code: number[] = [];
  readonly blocks: (IrBlock | undefined)[] = [];

  constructor(module: ModuleText) {
    this.module = module;
  }

  /** Defines a value; it must be new. */
  define(reader: TextReader, value: number, type: ValueType): void {
    this.use(value);
    if (this.types[value] !== UNDEFINED) reader.fail(`%${value} is defined twice`);
    this.types[value] = type;
  }

  /** Notes that a value is read. */
  use(value: number): void {
    while (this.types.length <= value) this.types.push(UNUSED);
    if (this.types[value] === UNUSED) this.types[value] = UNDEFINED;
  }
}

/** `%12` as a number. */
export function parseValue(reader: TextReader): number {
  reader.expect("%");
  return reader.number(0, NUMBER_MAX);
}

/** `%12: i64`, which defines the value. */
export function parseDefinition(reader: TextReader, text: FunctionText): number {
  const value = parseValue(reader);
  reader.expect(":");
  text.define(reader, value, parseType(reader));
  return value;
}
