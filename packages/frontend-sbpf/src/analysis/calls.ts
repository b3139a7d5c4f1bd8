import type { Executable } from "../elf/executable.ts";
import type { Text } from "../isa/decode.ts";

/** `CallTargets` entry of a slot that calls nothing known. */
export const NO_TARGET = -1;

/** Entry of a call whose function would begin in the second half of an lddw, which faults there. */
export const HALF_TARGET = -0x7fffffff;

/** What every `call` calls: a slot >= 0, {@link NO_TARGET}, {@link HALF_TARGET}, or the syscall with number `-2 - entry`. */
export type CallTargets = Int32Array;

export const syscallTarget = (index: number): number => -2 - index;
/** Number of the syscall that `target` is; negative if it is a function or nothing. */
export const syscallOfTarget = (target: number): number => -2 - target;

const CALL = 0x85;

/**
 * Resolves the calls of a program as the machine would (anza-xyz/sbpf `src/interpreter.rs`, CALL_IMM): syscalls first, then
 * functions. `syscalls` maps hashes to numbers.
 */
export function resolveCalls(
  text: Text,
  executable: Pick<Executable, "functions">,
  syscalls: ReadonlyMap<number, number>,
): CallTargets {
  const { version, count, op, src, imm, control } = text;
  const targets = new Int32Array(count).fill(NO_TARGET);
  for (let i = 0; i < control.length; i++) {
    const pc = control[i];
    if (op[pc] !== CALL) continue;
    const isInternal = version === 3 && src[pc] !== 0;
    const syscall = isInternal ? undefined : syscalls.get(imm[pc] >>> 0);
    if (syscall !== undefined) {
      targets[pc] = syscallTarget(syscall);
      continue;
    }
    let target: number | undefined;
    if (version !== 3) target = executable.functions.get(imm[pc] >>> 0);
    else if (src[pc] === 1) target = pc + 1 + imm[pc];
    if (target === undefined || target < 0 || target >= count) continue;
    targets[pc] = op[target] === 0 ? HALF_TARGET : target;
  }
  return targets;
}

/** True if the call faults whatever it finds: there is no such function. */
export const isFaultingTarget = (target: number): boolean =>
  target === NO_TARGET || target === HALF_TARGET;
