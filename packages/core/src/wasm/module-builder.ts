import { ByteBuffer } from "./byte-buffer.ts";
import { WASM_TYPE } from "./opcodes.ts";

const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
} as const;

/** Types of a function as a string of type letters, `"iil>l"`: i = i32, l = i64. */
export type WasmSignature = string;

/**
 * Writes one WebAssembly module: imports first, then functions, in the order in which they are
 * declared.
 */
export class ModuleBuilder {
  readonly #types = new Map<WasmSignature, number>();
  readonly #imports = new ByteBuffer(256);
  #importCount = 0;
  #functionImports = 0;
  readonly #functionTypes: number[] = [];
  readonly #exports = new ByteBuffer(64);
  #exportCount = 0;
  readonly #code = new ByteBuffer(1 << 14);
  #bodies = 0;
  #elements: ArrayLike<number> = [];
  /** -1: there is no table. A table without functions is one: every call through it traps. */
  #tableLength = -1;
  #tableImports = 0;

  /** Index of a signature in the type section. */
  type(signature: WasmSignature): number {
    let index = this.#types.get(signature);
    if (index === undefined) {
      index = this.#types.size;
      this.#types.set(signature, index);
    }
    return index;
  }

  /** Imports a memory of at least `pages`. */
  importMemory(module: string, name: string, pages: number): void {
    this.#import(module, name, 2);
    this.#imports.byte(0);
    this.#imports.unsigned(pages);
  }

  /** Imports a table of functions; answers its index. */
  importTable(module: string, name: string): number {
    this.#import(module, name, 1);
    this.#imports.byte(WASM_TYPE.funcref);
    this.#imports.byte(0);
    this.#imports.unsigned(0);
    return this.#tableImports++;
  }

  /** Imports a function; answers its index. All imports come before the first function. */
  importFunction(module: string, name: string, signature: WasmSignature): number {
    this.#import(module, name, 0);
    this.#imports.unsigned(this.type(signature));
    return this.#functionImports++;
  }

  #import(module: string, name: string, kind: number): void {
    this.#importCount++;
    this.#imports.name(module);
    this.#imports.name(name);
    this.#imports.byte(kind);
  }

  /** Declares a function; answers its index. Bodies follow by {@link body} in the same order. */
  declare(signature: WasmSignature): number {
    this.#functionTypes.push(this.type(signature));
    return this.#functionImports + this.#functionTypes.length - 1;
  }

  export(name: string, functionIndex: number): void {
    this.#exportCount++;
    this.#exports.name(name);
    this.#exports.byte(0);
    this.#exports.unsigned(functionIndex);
  }

  /** A table with these functions, -1 leaving an element null; answers its index, which is behind the imported ones. */
  table(functions: ArrayLike<number>): number {
    this.#elements = functions;
    this.#tableLength = functions.length;
    return this.#tableImports;
  }

  /** The next body, in parts: local declarations, instructions and the final `end`. */
  body(...parts: readonly ByteBuffer[]): void {
    this.#code.unsigned(parts.reduce((sum, { length }) => sum + length, 0));
    for (const part of parts) this.#code.append(part.view());
    this.#bodies++;
  }

  /** Bytes of code so far. */
  get codeLength(): number {
    return this.#code.length;
  }

  /** The finished module. */
  build(): Uint8Array<ArrayBuffer> {
    const out = new ByteBuffer(this.#code.length + 4096);
    out.append(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    counted(out, SECTION.type, this.#types.size, this.#typeSection());
    counted(out, SECTION.import, this.#importCount, this.#imports);
    const functions = new ByteBuffer(256);
    for (const type of this.#functionTypes) functions.unsigned(type);
    counted(out, SECTION.function, this.#functionTypes.length, functions);
    if (this.#tableLength >= 0) {
      const table = new ByteBuffer(16);
      table.byte(WASM_TYPE.funcref);
      table.byte(0);
      table.unsigned(this.#tableLength);
      counted(out, SECTION.table, 1, table);
    }
    counted(out, SECTION.export, this.#exportCount, this.#exports);
    if (this.#tableLength > 0) this.#elementSection(out);
    counted(out, SECTION.code, this.#bodies, this.#code);
    return out.view();
  }

  #typeSection(): ByteBuffer {
    const types = new ByteBuffer(256);
    for (const signature of this.#types.keys()) {
      types.byte(WASM_TYPE.func);
      for (const part of signature.split(">")) {
        types.unsigned(part.length);
        for (const letter of part) types.byte(letter === "i" ? WASM_TYPE.i32 : WASM_TYPE.i64);
      }
    }
    return types;
  }

  /** One active segment for each run of functions without a hole. */
  #elementSection(out: ByteBuffer): void {
    const segments = new ByteBuffer(256);
    const elements = this.#elements;
    let count = 0;
    for (let from = 0; from < elements.length; ) {
      if (elements[from]! < 0) {
        from++;
        continue;
      }
      let to = from;
      while (to < elements.length && elements[to]! >= 0) to++;
      segments.byte(0);
      segments.byte(0x41);
      segments.signed32(from);
      segments.byte(0x0b);
      segments.unsigned(to - from);
      for (let i = from; i < to; i++) segments.unsigned(elements[i]!);
      count++;
      from = to;
    }
    if (count > 0) counted(out, SECTION.element, count, segments);
  }
}

/** A section that is a vector: id, size, count, contents. */
function counted(out: ByteBuffer, id: number, count: number, contents: ByteBuffer): void {
  const head = new ByteBuffer(8);
  head.unsigned(count);
  out.byte(id);
  out.unsigned(head.length + contents.length);
  out.append(head.view());
  out.append(contents.view());
}
