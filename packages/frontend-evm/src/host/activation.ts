import { type CallRequest, FRAME, type Frame, type Program } from "@dragoman/core";
import type { World } from "../account/world.ts";
import { HEADER, MEMORY } from "../frame-header.ts";
import type { EvmProgram, Machine } from "../program.ts";
import type { FrameTrace } from "../trace/frame-trace.ts";
import type { Environment } from "./environment.ts";

const NOTHING = new Uint8Array(0);
const PAGE_SLACK = 64;

/** What all kinds of EVM frames have: the request that opens the frame is also the frame's context. */
export abstract class Activation implements CallRequest {
  readonly program: Program;
  readonly gas: bigint;
  readonly machine: Machine;
  readonly environment: Environment;
  /** Number of the account whose storage and balance the code acts on. */
  readonly self: number;
  readonly isStatic: boolean;
  /** Depth in EVM calls, at most 1,024. */
  readonly depth: number;
  world!: World;
  /** Address of the environment block; known when the frame is laid out. */
  environmentAddress = 0;
  /** Hears of this frame and those below it; undefined = nobody watches. */
  trace: FrameTrace | undefined = undefined;
  #traceMark = -1;
  /** Output of the last call of this frame. */
  returnData: Uint8Array = NOTHING;

  constructor(
    program: EvmProgram,
    gas: bigint,
    environment: Environment,
    self: number,
    isStatic: boolean,
    depth: number,
  ) {
    this.program = program;
    this.gas = gas;
    this.machine = program.machine;
    this.environment = environment;
    this.self = self;
    this.isStatic = isStatic;
    this.depth = depth;
  }

  get context(): this {
    return this;
  }

  get code(): Uint8Array {
    return (this.program as EvmProgram).code;
  }

  abstract prepare(frame: Frame): void;
  abstract finish(caller: Frame, callee: Frame): number;

  /** Writes the header but for caller and value. */
  layOut(frame: Frame, input: number, inputSize: number): void {
    if (this.trace !== undefined) this.#traceMark = this.trace.begin(frame, this.#traceMark);
    const { memory } = frame;
    const at = frame.address >>> 2;
    const { i32, u32 } = memory;
    i32[at + HEADER.MSIZE / 4] = 0;
    i32[at + HEADER.LIMIT / 4] = guestLimit(frame);
    i32[at + HEADER.CALLDATA / 4] = input;
    i32[at + HEADER.CALLDATA_SIZE / 4] = inputSize;
    i32[at + HEADER.RETURNDATA_SIZE / 4] = 0;
    i32[at + HEADER.ENVIRONMENT / 4] = this.environmentAddress;
    i32[at + HEADER.HEIGHT / 4] = 0;
    const { world, self } = this;
    i32[at + HEADER.STORAGE_TAG / 4] = world.storageTag(self);
    i32[at + HEADER.TRANSIENT_TAG / 4] = world.transientTag(self);
    i32[at + HEADER.LOG_TAG / 4] = world.logTag(self);
    i32[at + HEADER.STATIC / 4] = this.isStatic ? 1 : 0;
    i32[at + HEADER.DEPTH / 4] = this.depth;
    i32[at + HEADER.CALLEE_TAG / 4] = world.calleeTag(this.machine);
    i32[at + HEADER.RETURNDATA_ADDRESS / 4] = 0;
    i32[at + HEADER.BALANCE / 4] = world.balanceCell(self) + 1;
    this.world.writeAddress(this.self, u32, at + HEADER.ADDRESS / 4);
    this.returnData = NOTHING;
    frame.end = frame.address + MEMORY;
  }

  /** Notes the output of a finished call for RETURNDATASIZE and RETURNDATACOPY. */
  setReturnData(frame: Frame, data: Uint8Array): void {
    this.returnData = data;
    const header = frame.address >>> 2;
    frame.memory.i32[header + HEADER.RETURNDATA_SIZE / 4] = data.length;
    frame.memory.i32[header + HEADER.RETURNDATA_ADDRESS / 4] = 0;
  }

  clearReturnData(frame: Frame): void {
    this.setReturnData(frame, NOTHING);
  }
}

/** Bytes of guest memory that fit linear memory as it is now, a multiple of 32. */
export function guestLimit(frame: Frame): number {
  return Math.max(0, frame.memory.u8.length - frame.address - MEMORY - PAGE_SLACK) & ~31;
}

/** The frame's EVM context. */
export function activationOf(frame: Frame): Activation {
  return frame.context as Activation;
}

/** Gas as hosts move it: a bigint only where a double is not exact. */
export type Gas = number | bigint;

/** Remaining gas as a number; exact below 2^53, larger ones stay larger. */
export function gasOf(frame: Frame): number {
  const at = frame.address >>> 2;
  return frame.memory.i32[at + 1] * 4294967296 + frame.memory.u32[at];
}

export function setGas(frame: Frame, gas: number): void {
  const at = (frame.address + FRAME.GAS) >>> 2;
  frame.memory.u32[at] = gas;
  frame.memory.i32[at + 1] = Math.floor(gas / 4294967296);
}

/** Takes gas from a frame; false, with nothing taken, if there is less. */
export function takeGas(frame: Frame, gas: Gas): boolean {
  if (typeof gas === "number") return frame.charge(gas);
  const left = frame.gas - gas;
  if (left >= 0n) frame.gas = left;
  return left >= 0n;
}

/** Gives gas to a frame. */
export function giveGas(frame: Frame, gas: Gas): void {
  const has = gasOf(frame);
  if (typeof gas === "number" && has + gas <= Number.MAX_SAFE_INTEGER) setGas(frame, has + gas);
  else frame.gas = frame.gas + BigInt(gas);
}

/** Gives a frame what another has left. */
export function giveGasOf(frame: Frame, other: Frame): void {
  const { u32, i32 } = frame.memory;
  const to = (frame.address + FRAME.GAS) >>> 2;
  const from = (other.address + FRAME.GAS) >>> 2;
  const low = u32[to] + u32[from];
  u32[to] = low;
  i32[to + 1] = i32[to + 1] + i32[from + 1] + (low > 0xffffffff ? 1 : 0);
}

/** An i64 argument of a host call as a number: exact below 2^53, larger ones stay larger than any gas. */
export function argNumber(frame: Frame, index: number): number {
  const at = frame.slot(index) >>> 2;
  return frame.memory.u32[at + 1] * 4294967296 + frame.memory.u32[at];
}

/** Linear address of an offset in the frame's guest memory. */
export function guestAddress(frame: Frame, offset: number): number {
  return frame.address + MEMORY + offset;
}

/** Sets `frame.end` behind guest memory, before a call. */
export function sealMemory(frame: Frame): void {
  frame.end =
    frame.address + MEMORY + (frame.memory.i32[(frame.address + HEADER.MSIZE) >>> 2] >>> 0);
}
