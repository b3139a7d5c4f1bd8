import { MoveTextFault } from "../format/move-fault.ts";

export type TokenKind = "name" | "number" | "hex" | "string" | "mark" | "end";

/** One word of the text. `suffix` is a number's type, or a string's prefix. */
export interface Token {
  readonly kind: TokenKind;
  /** Name, digits without suffix, string content, or the mark itself. */
  readonly text: string;
  readonly suffix: string;
  /** Offset in the text. */
  readonly at: number;
  /** Offset behind the word. */
  readonly end: number;
}

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = /[a-zA-Z_$][a-zA-Z0-9_$]*/y;
const STRING = /([hxb])"([^"\n]*)"/y;
const HEX = /0[xX]([0-9a-fA-F_]+)([ui]8|[ui]16|[ui]32|[ui]64|[ui]128|[ui]256)?(?![0-9a-zA-Z])/y;
const NUMBER = /([0-9][0-9_]*)([ui]8|[ui]16|[ui]32|[ui]64|[ui]128|[ui]256)?(?![0-9a-zA-Z])/y;
/** `>` is always a mark of its own, because `>>` closes two type lists as well as it shifts. */
const MARK = /==|!=|<=|>=|<<|&&|\|\||[(){}[\]<>,;:.=!*&|^+\-/%]/y;

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ["string", STRING],
  ["name", NAME],
  ["hex", HEX],
  ["number", NUMBER],
  ["mark", MARK],
];

/** The words of an assembler text; comments are `//` and C's block form. */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    if (at >= text.length) break;
    const token = lexWord(text, at);
    if (token === undefined) {
      throw new MoveTextFault(text, at, `${JSON.stringify(text[at])} starts no word`);
    }
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "", suffix: "", at, end: at });
  return tokens;
}

function lexWord(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) continue;
    const end = at + found[0].length;
    switch (kind) {
      case "string":
        return { kind, text: found[2], suffix: found[1], at, end };
      case "hex":
      case "number":
        return { kind, text: found[1].replaceAll("_", ""), suffix: found[2] ?? "", at, end };
      default:
        return { kind, text: found[0], suffix: "", at, end };
    }
  }
  return undefined;
}

/** Walks the words of a text; every refusal names line and column. */
export class TokenCursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  next = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = lex(text);
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.next + ahead, this.tokens.length - 1)];
  }

  advance(): Token {
    const token = this.peek();
    this.next++;
    return token;
  }

  refuse(sentence: string, token: Token = this.peek()): never {
    throw new MoveTextFault(this.text, token.at, sentence);
  }

  /** Whether the next word is this mark or this name. */
  at(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === "mark" || token.kind === "name");
  }

  /** Takes the word if it is the next one. */
  take(text: string): boolean {
    if (!this.at(text)) return false;
    this.next++;
    return true;
  }

  expect(text: string): Token {
    if (!this.at(text)) this.refuse(`${text} expected, not ${found(this.peek())}`);
    return this.advance();
  }

  name(noun: string): string {
    if (this.peek().kind !== "name") this.refuse(`${noun} expected, not ${found(this.peek())}`);
    return this.advance().text;
  }

  /** An integer, decimal or hexadecimal, below 2^`bits`. */
  integer(bits: number): bigint {
    const token = this.advance();
    if (token.kind !== "number" && token.kind !== "hex") {
      this.refuse(`a number expected, not ${found(token)}`, token);
    }
    const value = BigInt(token.kind === "hex" ? `0x${token.text}` : token.text);
    if (value >> BigInt(bits) !== 0n) this.refuse(`${value} has more than ${bits} bits`, token);
    return value;
  }

  /** A signed integer of `bits` bits as its two's complement; `-` may stand before it. */
  signedInteger(bits: number): bigint {
    const negative = this.take("-");
    const token = this.peek();
    const magnitude = this.integer(bits);
    const limit = (1n << BigInt(bits - 1)) - (negative ? 0n : 1n);
    if (magnitude > limit) this.refuse(`${magnitude} is out of the range of i${bits}`, token);
    return BigInt.asUintN(bits, negative ? -magnitude : magnitude);
  }

  /** Reads something that may contain itself; nested deeper than 200 it is a fault. */
  nest<T>(read: () => T): T {
    if (++this.depth > 200) this.refuse("the text is nested deeper than 200");
    const value = read();
    this.depth--;
    return value;
  }

  /** Items with commas between; a comma may follow the last. Stops before `end`. */
  list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.at(end)) {
      items.push(item());
      if (!this.take(",")) break;
    }
    return items;
  }
}

function found(token: Token): string {
  return token.kind === "end" ? "the end of the text" : JSON.stringify(token.text);
}
