import type { KernelFunction } from "../kernel/kernel.ts";
import type { Emitter } from "./emitter.ts";

/** Pushes all four limbs of a settled word. */
export function pushFourLimbs(c: Emitter, value: number): void {
  for (let k = 0; k < 4; k++) c.limb(value, k);
}

/** Calls a kernel function whose arguments are pushed, and takes its result of `n` limbs. */
export function callKernelWord(c: Emitter, name: KernelFunction, n: number): void {
  c.kernel(name);
  if (n === 1) return;
  c.setLimb(0);
  for (let k = 1; k < n; k++) {
    c.kernelLimb(k);
    c.setLimb(k);
  }
}
