import type { FunctionPlan } from "./module-plan.ts";

/** What a frame of V8's takes beside its locals: link, instance, spilled operands. */
const FRAME_BYTES = 256;
const LOCAL_BYTES = 8;
/** What a program is taken to need whose functions may recurse; a guess: what goes beyond it is found when the native stack ends. */
const RECURSIVE_BYTES = 32 << 10;

/**
 * Bytes of native stack that a run of `entry` needs at most, by V8's baseline compiler, which gives every local a slot: the heaviest chain of
 * calls.
 *
 * @param localCounts wasm locals by function index
 */
export function nativeStack(
  plans: readonly (FunctionPlan | undefined)[],
  localCounts: ReadonlyMap<number, number>,
  entry: number,
): number {
  /** Bytes by function; undefined while its callees are looked at. */
  const known = new Map<number, number | undefined>();
  const stack = [entry];
  let recurses = false;
  while (stack.length > 0) {
    const index = stack[stack.length - 1]!;
    const { callees } = plans[index]!;
    if (!known.has(index)) {
      known.set(index, undefined);
      for (const callee of callees) {
        if (!known.has(callee)) stack.push(callee);
        else if (known.get(callee) === undefined) recurses = true;
      }
      continue;
    }
    stack.pop();
    if (known.get(index) !== undefined) continue;
    const below = callees.reduce((most, callee) => Math.max(most, known.get(callee) ?? 0), 0);
    known.set(index, FRAME_BYTES + LOCAL_BYTES * (localCounts.get(index) ?? 0) + below);
  }
  const bytes = known.get(entry)!;
  return recurses ? Math.max(bytes, RECURSIVE_BYTES) : bytes;
}
