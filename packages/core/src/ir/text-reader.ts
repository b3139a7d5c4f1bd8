import { refuse } from "@dragoman/fault";

const TOKEN =
  /(?:[ \t\r]|;[^\n]*)*(?:(\n)|("(?:[^"\\\n]|\\.)*")|(->)|(-?0x[0-9a-fA-F]+|-?[0-9]+)|([A-Za-z_][A-Za-z0-9_.]*)|([%$@#(),:=[\]{}])|$)/y;

/** Largest number of a block, value or pool entry in text. */
export const NUMBER_MAX = 2 ** 20;

/** Digits of the longest number that is read: 2^256 and a sign. */
const NUMBER_LENGTH_MAX = 80;

/**
 * Reads tokens of the text form: numbers, `names.like.this`, strings, punctuation and ends of lines. `; …` is a
 * comment. What is not there when it is asked for is a fault MALFORMED_IR that names line and column.
 */
export class TextReader {
  readonly #text: string;
  /** Token in view; "" at the end of the text, "\n" at the end of a line. */
  token = "";
  /** Where the token starts. */
  #start = 0;
  #end = 0;

  constructor(text: string) {
    this.#text = text;
    this.next();
  }

  get atEnd(): boolean {
    return this.token === "";
  }

  /** Moves on and returns the token that was in view. */
  next(): string {
    const { token } = this;
    TOKEN.lastIndex = this.#end;
    const match = TOKEN.exec(this.#text);
    if (match === null) {
      this.#start = this.#end;
      while (/[ \t\r]/.test(this.#text[this.#start] ?? "")) this.#start++;
      return this.fail(`unexpected character ${JSON.stringify(this.#text[this.#start])}`);
    }
    this.#end = TOKEN.lastIndex;
    this.token = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? match[6] ?? "";
    this.#start = this.#end - this.token.length;
    return token;
  }

  /** Refuses the text at the token in view. */
  fail(why: string): never {
    const before = this.#text.slice(0, this.#start);
    const line = before.split("\n").length;
    const column = this.#start - (before.lastIndexOf("\n") + 1) + 1;
    return refuse("MALFORMED_IR", this.#start, `line ${line}, column ${column}: ${why}`, {
      line,
      column,
    });
  }

  /** Moves past `token` if it is in view. */
  accept(token: string): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  expect(token: string): void {
    if (this.token !== token) this.fail(`expected ${show(token)}, found ${show(this.token)}`);
    this.next();
  }

  /** Moves past the end of a line and the empty lines after it. */
  endLine(): void {
    if (!this.atEnd) this.expect("\n");
    this.skipLines();
  }

  skipLines(): void {
    while (this.token === "\n") this.next();
  }

  integer(): bigint {
    const value = this.#integerInView();
    this.next();
    return value;
  }

  /** An integer in [min, max]. */
  number(min: number, max: number): number {
    const value = Number(this.#integerInView());
    if (value < min || value > max) this.fail(`${value} is not in ${min} to ${max}`);
    this.next();
    return value;
  }

  #integerInView(): bigint {
    const { token } = this;
    if (!/^-?[0-9]/.test(token)) this.fail(`expected a number, found ${show(token)}`);
    if (token.length > NUMBER_LENGTH_MAX) this.fail("the number has too many digits");
    return token.startsWith("-") ? -BigInt(token.slice(1)) : BigInt(token);
  }

  string(): string {
    const { token } = this;
    if (!token.startsWith('"')) this.fail(`expected a string, found ${show(token)}`);
    let value: unknown;
    try {
      value = JSON.parse(token);
    } catch {
      this.fail("the string has a bad escape");
    }
    this.next();
    return value as string;
  }

  /** A name with a number at its end, such as `block12` or `f0`. */
  numbered(prefix: string, max: number): number {
    const { token } = this;
    const digits = token.slice(prefix.length);
    if (!token.startsWith(prefix) || !/^[0-9]{1,9}$/.test(digits)) {
      this.fail(`expected ${prefix} and a number, found ${show(token)}`);
    }
    if (Number(digits) > max) this.fail(`${token} is out of range`);
    this.next();
    return Number(digits);
  }

  /** True if a name with this prefix and a number is in view. */
  isNumbered(prefix: string): boolean {
    return this.token.startsWith(prefix) && /^[0-9]{1,9}$/.test(this.token.slice(prefix.length));
  }

  /** `open item, item, … close` with `open` already past. */
  list<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    if (this.accept(close)) return items;
    do items.push(item());
    while (this.accept(","));
    this.expect(close);
    return items;
  }
}

function show(token: string): string {
  if (token === "") return "the end of the text";
  return token === "\n" ? "the end of the line" : JSON.stringify(token);
}
