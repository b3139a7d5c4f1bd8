import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { MARK } from "../account/domains.ts";
import type { Precompile } from "../precompile/precompile.ts";
import { OUT_OF_GAS, precompileFailure, REVERTED } from "../trace/failure-text.ts";
import { traceEnd } from "../trace/host-events.ts";
import type { FrameFailure } from "../trace/tracer.ts";
import { activationOf, type Gas, giveGas } from "./activation.ts";
import { CALL, type CallKind, endCall, STATICCALL } from "./call-end.ts";

/** Where input and output of a call lie in linear memory. */
export interface CallArea {
  readonly input: number;
  readonly inputSize: number;
  readonly output: number;
  readonly outputSize: number;
}

/** A call of a precompile, whose gas has been taken from the caller. Each way to end it answers like a host function. */
export class PrecompileCall {
  /** Frame of the caller. */
  readonly frame: Frame;
  /** At most 2^53 - 1; what is given beyond that is given back. */
  readonly gas: number;
  readonly isStatic: boolean;
  /** 20-byte addresses. */
  readonly caller: Uint8Array;
  readonly #area: CallArea;
  readonly #beyond: Gas;

  constructor(frame: Frame, gas: Gas, isStatic: boolean, caller: Uint8Array, area: CallArea) {
    this.frame = frame;
    this.gas = Math.min(Number(gas), Number.MAX_SAFE_INTEGER);
    this.#beyond = typeof gas === "bigint" ? gas - BigInt(this.gas) : 0;
    this.isStatic = isStatic;
    this.caller = caller;
    this.#area = area;
  }

  /** A copy of the input. */
  get input(): Uint8Array {
    return this.frame.memory.slice(this.#area.input, this.#area.inputSize);
  }

  #end(ok: boolean, gasLeft: number, output: Uint8Array, failure?: FrameFailure): number {
    const { trace } = activationOf(this.frame);
    if (trace !== undefined) traceEnd(trace, this.frame, failure, this.gas - gasLeft, output);
    giveGas(this.frame, gasLeft);
    endCall(this.frame, ok, output, this.#area.output, this.#area.outputSize);
    return HOST.CONTINUE;
  }

  succeed(gasUsed: number, output: Uint8Array): number {
    giveGas(this.frame, this.#beyond);
    return this.#end(true, this.gas - gasUsed, output);
  }

  revert(gasUsed: number, output: Uint8Array): number {
    giveGas(this.frame, this.#beyond);
    return this.#end(false, this.gas - gasUsed, output, REVERTED);
  }

  /** All gas is gone, there is no output. `why` is for those who watch. */
  fail(why: FrameFailure = OUT_OF_GAS): number {
    return this.#end(false, 0, EMPTY, why);
  }
}

const EMPTY = new Uint8Array(0);

/** Moves value and runs the precompile; its effects are undone if it fails. */
export function callPrecompile(
  frame: Frame,
  precompile: Precompile,
  kind: CallKind,
  target: number,
  gas: Gas,
  area: CallArea,
): ReturnType<HostFunction> {
  const caller = activationOf(frame);
  const { world } = caller;
  const isStatic = caller.isStatic || kind === STATICCALL;
  const call = new PrecompileCall(frame, gas, isStatic, world.addressOf(caller.self), area);
  if (precompile.kind === "program") return precompile.run(call);
  if (kind === CALL || kind === STATICCALL) world.reachPrecompile(target);
  const result = precompile.run(call.input, call.gas);
  if (result === undefined) {
    return call.fail(caller.trace && precompileFailure(precompile, call.input));
  }
  if (kind === CALL) world.transfer(caller.self, target, frame.memory.u32, frame.slot(1) >>> 2);
  // A call without value touches as well, and what is empty goes (EIP-161).
  else if (kind === STATICCALL) world.addMark(target, MARK.TOUCHED);
  return call.succeed(result.gas, result.output);
}
