import type { Contract } from "../solidity/contract.ts";
import { decodeSourceMap, type SourceRange } from "../solidity/source-map.ts";
import type { Source } from "../solidity/source-table.ts";
import type { CodeFunction, CodeLine, CodeMap } from "./code-map.ts";

/** How a function of Solidity or Yul begins. */
const HEAD =
  /^\s*(?:function\s+([A-Za-z_$][\w$]*)|modifier\s+([A-Za-z_$][\w$]*)|(constructor|receive|fallback)\b)/;
const HEADS =
  /\b(?:function\s+([A-Za-z_$][\w$]*)|modifier\s+([A-Za-z_$][\w$]*)|(constructor|receive|fallback)\s*\()/g;

const nameIn = (match: RegExpExecArray): string => match[1] ?? match[2] ?? match[3] ?? "";

/** EVM code with solc's source map: functions and lines of Solidity. */
export class SolidityMap implements CodeMap {
  readonly program: CodeFunction;
  readonly #ranges: ReadonlyMap<number, SourceRange>;
  readonly #contract: Contract;
  readonly #lineStarts = new Map<string, readonly number[]>();

  /** Faults: `UNSUPPORTED_FILE` for a damaged map. */
  constructor(contract: Contract, sourceMap: string) {
    this.#contract = contract;
    this.program = { name: contract.name === "" ? contract.path : contract.name };
    this.#ranges = decodeSourceMap(contract.path, sourceMap, contract.code);
  }

  textAt(): string {
    return "";
  }

  enters(position: number): boolean {
    return this.#ranges.get(position)?.jump === "i";
  }

  leaves(position: number): boolean {
    return this.#ranges.get(position)?.jump === "o";
  }

  functionAt(position: number): CodeFunction {
    const range = this.#ranges.get(position);
    const source = range === undefined ? undefined : this.#contract.sources.find(range.source);
    const unknown = { name: `${this.program.name}+0x${position.toString(16)}` };
    if (range === undefined || source === undefined) return unknown;
    const { path: file, text } = source;
    if (text === undefined) return { ...unknown, file };
    const line = this.#lineOf(source, text, range.start);
    const name = functionName(text, range.start);
    return { name: name ?? unknown.name, file, line };
  }

  lineAt(position: number): CodeLine | undefined {
    const range = this.#ranges.get(position);
    const source = range === undefined ? undefined : this.#contract.sources.find(range.source);
    if (range === undefined || source === undefined) return undefined;
    const { path: file, text } = source;
    if (text === undefined) return undefined;
    const line = this.#lineOf(source, text, range.start);
    const starts = this.#starts(source, text);
    const end = starts[line] ?? text.length;
    return { file, line, text: text.toString("utf8", starts[line - 1], end).trim() };
  }

  #starts({ path }: Source, text: Buffer): readonly number[] {
    let starts = this.#lineStarts.get(path);
    if (starts === undefined) {
      const found = [0];
      for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) found.push(at + 1);
      starts = found;
      this.#lineStarts.set(path, starts);
    }
    return starts;
  }

  /** The line of a byte, from 1. */
  #lineOf(source: Source, text: Buffer, at: number): number {
    const starts = this.#starts(source, text);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

/** Name of the function that begins at a byte of a source, or that the byte stands behind the beginning of. */
function functionName(text: Buffer, at: number): string | undefined {
  const here = HEAD.exec(text.toString("utf8", at, at + 200));
  if (here !== null) return nameIn(here);
  let name: string | undefined;
  for (const match of text.toString("utf8", 0, at).matchAll(HEADS)) name = nameIn(match);
  return name;
}
