import { ByteBuffer } from "../wasm/byte-buffer.ts";
import { W, W_SIMD, WASM_TYPE } from "../wasm/opcodes.ts";

const instructions = new ByteBuffer(1 << 16);

/** Instructions and locals of one WebAssembly function in the making. */
export class WasmWriter {
  /** Shared by all writers: the next one overwrites it. */
  readonly out = instructions;
  /** Wasm types of all locals, parameters included. */
  readonly localTypes: number[] = [];
  /** Locals that are free, by wasm type. */
  readonly #free: Readonly<Record<number, number[]>> = {
    [WASM_TYPE.i32]: [],
    [WASM_TYPE.i64]: [],
    [WASM_TYPE.v128]: [],
  };

  constructor() {
    this.out.clear();
  }

  op(opcode: number): void {
    this.out.byte(opcode);
  }

  get(local: number): void {
    this.out.byte(W.localGet);
    this.out.unsigned(local);
  }

  set(local: number): void {
    this.out.byte(W.localSet);
    this.out.unsigned(local);
  }

  tee(local: number): void {
    this.out.byte(W.localTee);
    this.out.unsigned(local);
  }

  const32(value: number): void {
    this.out.byte(W.i32Const);
    this.out.signed32(value);
  }

  const64(low: number, high = low >> 31): void {
    this.out.byte(W.i64Const);
    this.out.signed64(low, high);
  }

  /** `local op constant`, on i64. */
  withConst64(opcode: number, value: number): void {
    this.const64(value);
    this.op(opcode);
  }

  /** A load or store whose address is on the stack. Alignment hints are 0: guests align nothing. */
  memory(opcode: number, offset: number): void {
    this.out.byte(opcode);
    this.out.byte(0);
    this.out.unsigned(offset);
  }

  memory128(opcode: number, offset: number): void {
    this.out.byte(W_SIMD.prefix);
    this.memory(opcode, offset);
  }

  trapIf(): void {
    this.op(W.if);
    this.op(WASM_TYPE.empty);
    this.op(W.unreachable);
    this.op(W.end);
  }

  /** Traps if the i64 on the stack is not zero. */
  trapUnlessZero(): void {
    this.op(W.i64Eqz);
    this.op(W.i32Eqz);
    this.trapIf();
  }

  callFunction(index: number): void {
    this.op(W.call);
    this.out.unsigned(index);
  }

  permanentLocal(wasmType: number): number {
    this.localTypes.push(wasmType);
    return this.localTypes.length - 1;
  }

  /** A local for the time being; {@link free} gives it back. */
  temporary(wasmType: number): number {
    return this.#free[wasmType].pop() ?? this.permanentLocal(wasmType);
  }

  free(local: number): void {
    this.#free[this.localTypes[local]].push(local);
  }
}
