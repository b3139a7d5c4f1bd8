import { findFunctions, OP_ROWS, OPCODE } from "@dragoman/frontend-evm";
import type { CodeFunction, CodeMap } from "./code-map.ts";

/** EVM code of which no source is known: functions are those that the machine finds itself. */
export class BareMap implements CodeMap {
  readonly program: CodeFunction;
  readonly #code: Uint8Array;
  readonly #entries: ReadonlySet<number>;

  constructor(name: string, code: Uint8Array) {
    this.program = { name };
    this.#code = code;
    this.#entries = new Set(findFunctions(code));
  }

  enters(position: number, to: number): boolean {
    return this.#code[position] === OPCODE.jump && this.#entries.has(to);
  }

  leaves(position: number, to: number, returnTo: number): boolean {
    return this.#code[position] === OPCODE.jump && to === returnTo;
  }

  functionAt(position: number): CodeFunction {
    return { name: `${this.program.name}+0x${position.toString(16)}` };
  }

  lineAt(): undefined {
    return undefined;
  }

  textAt(position: number): string {
    return OP_ROWS[this.#code[position] ?? 0]?.[1] ?? "";
  }
}

/** A program of another machine: one function, no lines. */
export class OpaqueMap implements CodeMap {
  readonly program: CodeFunction;

  constructor(name: string) {
    this.program = { name };
  }

  enters(): boolean {
    return false;
  }

  leaves(): boolean {
    return false;
  }

  functionAt(): CodeFunction {
    return this.program;
  }

  lineAt(): undefined {
    return undefined;
  }

  textAt(): string {
    return "";
  }
}
