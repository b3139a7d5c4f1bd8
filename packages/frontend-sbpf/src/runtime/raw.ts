import { type CallRequest, type Frame, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { STACK_FRAME_BYTES } from "../isa/version.ts";
import type { SbpfProgram } from "../program.ts";
import { layOutMemory, setInput } from "./frame-memory.ts";
import { BODY, frameStep, HEADER, heapOffset } from "./layout.ts";

/** A run of bare code: registers and memory as given, no accounts. */
export interface RawRun {
  readonly gas: bigint;
  /** r0 to r9; what is missing is 0. */
  readonly registers?: readonly bigint[];
  readonly heapBytes?: number;
  /** First bytes of heap and stack; the stack without gaps. */
  readonly heap?: Uint8Array;
  readonly stack?: Uint8Array;
  readonly input?: Uint8Array;
  readonly inputWritable?: boolean;
}

/** What a raw run leaves; in `FrameResult.detail`. */
export interface RawEnd {
  readonly registers: readonly bigint[];
  readonly heap: Uint8Array;
  /** The stack without gaps. */
  readonly stack: Uint8Array;
  readonly input: Uint8Array;
}

/** Request for a raw run of a program that was loaded with `raw: true`. */
export function rawRequest(program: SbpfProgram, run: RawRun): CallRequest {
  return {
    program,
    gas: run.gas,
    context: run,
    prepare: (frame) => prepareRaw(frame, program, run),
    finish: () => HOST.CONTINUE,
  };
}

function prepareRaw(frame: Frame, program: SbpfProgram, run: RawRun): void {
  const inputBytes = run.input?.length ?? 0;
  frame.memory.ensure(frame.address + program.exact.frameSize + inputBytes);
  const input = layOutMemory(frame, program.image, run.heapBytes ?? 0);
  const { u8, u64 } = frame.memory;
  const { version } = program.image;
  u8.set(run.heap ?? EMPTY, frame.address + heapOffset(version));
  const stack = run.stack ?? EMPTY;
  const step = frameStep(version);
  for (let at = 0, to = BODY.STACK; at < stack.length; at += STACK_FRAME_BYTES, to += step) {
    u8.set(stack.subarray(at, at + STACK_FRAME_BYTES), frame.address + to);
  }
  u8.set(run.input ?? EMPTY, input);
  setInput(frame, input, inputBytes, run.inputWritable !== false);
  for (let register = 0; register < 10; register++) {
    u64[((frame.address + HEADER.REGISTERS) >>> 3) + register] = run.registers?.[register] ?? 0n;
  }
}

/** Memory and registers of a raw run's frame, to be read before the next run. */
export function readRawEnd(frame: Frame, program: SbpfProgram, run: RawRun): RawEnd {
  const { memory, address } = frame;
  const { version } = program.image;
  const registers = Array.from(
    { length: 10 },
    (_, register) => memory.u64[((address + HEADER.REGISTERS) >>> 3) + register],
  );
  const step = frameStep(version);
  const stack = new Uint8Array(64 * STACK_FRAME_BYTES);
  for (let index = 0; index < 64; index++) {
    const at = address + BODY.STACK + index * step;
    stack.set(memory.u8.subarray(at, at + STACK_FRAME_BYTES), index * STACK_FRAME_BYTES);
  }
  const heap = memory.slice(address + heapOffset(version), run.heapBytes ?? 0);
  const inputBytes = run.input?.length ?? 0;
  return { registers, heap, stack, input: memory.slice(frame.end - inputBytes, inputBytes) };
}

/** Host function EXIT of raw programs. */
export const exitRaw: HostFunction = (frame) => frame.leave(OUTCOME.OK);

const EMPTY = new Uint8Array(0);
