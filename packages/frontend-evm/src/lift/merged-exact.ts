import { type IrModule, moduleFunction, optimise } from "@dragoman/core";

/** Words of IR of a program that is compiled in this form; beyond them one function is too much for V8. */
const WORDS_MAX = 50_000;

/**
 * The exact lift with merged charges: what is compiled of code whose jumps cannot be resolved. Operands stay in memory between blocks
 * and jumps go through one dispatch block, so it is 2 to 60 times slower than the optimistic lift, and 30 to 130 times
 * faster than interpretation. Undefined if the program is too large.
 */
export function mergeExact(exact: IrModule): IrModule | undefined {
  if (moduleFunction(exact, exact.entry).code.length > WORDS_MAX) return undefined;
  return optimise(exact, { inlineRounds: 0 });
}
