import type { PrecompileCall } from "../host/precompile-call.ts";

/** What a computed precompile gives. */
export interface PrecompileResult {
  readonly gas: number;
  readonly output: Uint8Array;
}

/** A precompile that only computes. Undefined = it failed or `gas` did not suffice: all gas is taken. */
export interface ComputedPrecompile {
  readonly kind: "computed";
  run(input: Uint8Array, gas: number): PrecompileResult | undefined;
}

/** A precompile that acts as a host function of its caller: it may open frames with `call.frame.call(...)`. */
export interface ProgramPrecompile {
  readonly kind: "program";
  run(call: PrecompileCall): number;
}

export type Precompile = ComputedPrecompile | ProgramPrecompile;
