import type { ValueType } from "./value-type.ts";

/**
 * A function in SSA form over basic blocks with parameters, plus typed mutable variables.
 * Values are numbered 0.. in order of creation; `valueTypes[v]` is the type of value v.
 * Block 0 is the entry; its parameters are the function's parameters. Nothing branches to block 0.
 */
export interface IrFunction {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** Variables; all are zero when the function is entered. */
  readonly vars: readonly ValueType[];
  /** Type of each value. */
  readonly valueTypes: Uint8Array;
  readonly valueCount: number;
  readonly blocks: readonly IrBlock[];
  /** Instruction words; the layout is described in `ops.ts`. */
  readonly code: Int32Array;
}

export interface IrBlock {
  /** Values that the block receives, in order. */
  readonly params: readonly number[];
  /** First word of the block in `code`. */
  readonly start: number;
  /** One past the last word of the block; the last instruction terminates. */
  readonly end: number;
}

export interface IrSignature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** What a module declares of a host function; the implementation is found by position in a host table. */
export interface HostSignature extends IrSignature {
  readonly name: string;
}

export interface IrModule {
  readonly name: string;
  /** Functions; one that is lifted lazily is absent until {@link moduleFunction} asks for it. */
  readonly functions: (IrFunction | undefined)[];
  /** Lifts function `index` when it is first needed. */
  readonly lift?: (index: number) => IrFunction;
  /** Signature of every function, known before it is lifted. */
  readonly signatures: readonly IrSignature[];
  /** Index of the entry function: no parameters, no results; leaves by `exit`, `trap` or `ret` (= OK). */
  readonly entry: number;
  readonly hosts: readonly HostSignature[];
  /** Pool of i256 constants. */
  readonly words: readonly bigint[];
  /** Function indices reachable by `call.indirect`; -1 = no function there. */
  readonly table: Int32Array;
  /** Signatures named by `call.indirect`. */
  readonly indirect: readonly IrSignature[];
  /** Bytes of a frame in linear memory, header, scratch and operand stack included (see host/frame-layout.ts). */
  readonly frameSize: number;
  /** Offset of the operand stack in the frame; 0 = the module uses none. */
  readonly operandStack: number;
}

/** Function `index`, lifted now if it has not been. */
export function moduleFunction(module: IrModule, index: number): IrFunction {
  let fn = module.functions[index];
  if (fn === undefined) {
    fn = module.lift!(index);
    module.functions[index] = fn;
  }
  return fn;
}
