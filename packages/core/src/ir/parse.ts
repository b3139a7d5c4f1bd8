import type { IrModule } from "./function.ts";
import { parseFunction } from "./parse-function.ts";
import { parseSignature } from "./parse-types.ts";
import type { ModuleText } from "./text-model.ts";
import { TextReader } from "./text-reader.ts";

/** Hosts, functions, signatures or table entries of a module in text. */
const ITEMS_MAX = 1_000_000;

/**
 * Reads the text form that {@link printModule} writes. Refuses with MALFORMED_IR, whose context has `line` and
 * `column`. Only the form is checked here; what the module says is the verifier's business. An i256 constant that
 * is not among the `word` lines is added to the pool.
 */
export function parseModule(text: string): IrModule {
  const reader = new TextReader(text);
  const module: ModuleText = {
    name: "",
    frameSize: 0,
    operandStack: 0,
    entry: 0,
    words: [],
    wordIndex: new Map(),
    hosts: [],
    indirect: [],
    signatures: [],
    functions: [],
    table: [],
  };
  reader.skipLines();
  reader.expect("module");
  module.name = reader.string();
  reader.endLine();
  while (!reader.atEnd) {
    parseItem(reader, module);
    reader.endLine();
  }
  const { wordIndex: _, table, ...rest } = module;
  return { ...rest, table: Int32Array.from(table) };
}

function parseItem(reader: TextReader, module: ModuleText): void {
  const keyword = reader.token;
  const parse = ITEMS[keyword];
  if (parse === undefined)
    reader.fail(`expected an item of a module, found ${JSON.stringify(keyword)}`);
  reader.next();
  parse(reader, module);
}

const ITEMS: Readonly<Record<string, (reader: TextReader, module: ModuleText) => void>> = {
  __proto__: null as never,
  frame: (reader, module) => {
    module.frameSize = reader.number(0, 2 ** 31 - 1);
  },
  operands: (reader, module) => {
    module.operandStack = reader.number(0, 2 ** 31 - 1);
  },
  entry: (reader, module) => {
    module.entry = reader.numbered("f", ITEMS_MAX);
  },
  word: (reader, module) => {
    const word = reader.integer();
    if (!module.wordIndex.has(word)) module.wordIndex.set(word, module.words.length);
    module.words.push(word);
  },
  host: (reader, module) => {
    expectNumber(reader, "h", module.hosts.length);
    const name = reader.string();
    module.hosts.push({ name, ...parseSignature(reader) });
  },
  signature: (reader, module) => {
    expectNumber(reader, "s", module.indirect.length);
    module.indirect.push(parseSignature(reader));
  },
  table: (reader, module) => {
    module.table = [];
    do module.table.push(reader.accept("none") ? -1 : reader.numbered("f", ITEMS_MAX));
    while (reader.accept(","));
  },
  declare: (reader, module) => {
    expectNumber(reader, "f", module.signatures.length);
    module.signatures.push(parseSignature(reader));
    module.functions.push(undefined);
  },
  function: (reader, module) => {
    expectNumber(reader, "f", module.signatures.length);
    const fn = parseFunction(reader, module);
    module.signatures.push({ params: fn.params, results: fn.results });
    module.functions.push(fn);
  },
};

function expectNumber(reader: TextReader, prefix: string, number: number): void {
  if (reader.token !== `${prefix}${number}`) {
    reader.fail(`expected ${prefix}${number}, found ${JSON.stringify(reader.token)}`);
  }
  reader.next();
}
