import { type IrFunction, type IrModule, moduleFunction } from "../ir/function.ts";
import { foldConstants } from "./fold-constants.ts";
import { variableForwarding } from "./forward-variables.ts";
import { inlineCalls, isInlinable } from "./inline-calls.ts";
import { mergeMeters } from "./merge-meters.ts";
import { valueNumbering } from "./number-values.ts";
import { removeDeadCode } from "./remove-dead-code.ts";
import { simplifyControlFlow } from "./simplify-control-flow.ts";

/** A pass over one function: answers the function that takes its place. */
export interface Pass {
  readonly name: string;
  readonly run: (fn: IrFunction, module: IrModule) => IrFunction;
}

const forwarding = variableForwarding();
const numbering = valueNumbering();

/** The pipeline that makes a function to compile. */
export const OPTIMISE: readonly Pass[] = [
  {
    name: "simplify",
    run: (fn, module) => simplifyControlFlow(fn, module, [foldConstants, forwarding, numbering]),
  },
  { name: "simplify control flow", run: simplifyControlFlow },
  { name: "merge meters", run: mergeMeters },
  { name: "remove dead code", run: removeDeadCode },
];

export interface OptimiseOptions {
  readonly passes?: readonly Pass[];
  /** Words of code that are optimised; functions beyond that stay as they are. */
  readonly wordsMax?: number;
  /** Rounds of copying small functions that call no other into their callers; 0 = none. */
  readonly inlineRounds?: number;
}

/** Code of about two million instructions. */
const WORDS_MAX = 10_000_000;

/**
 * A module whose functions, all lifted now, are optimised. The given one is not changed but for its word pool, to whose end new
 * constants are put: both share it.
 */
export function optimise(module: IrModule, options: OptimiseOptions = {}): IrModule {
  const { passes = OPTIMISE, wordsMax = WORDS_MAX, inlineRounds = 2 } = options;
  let words = 0;
  const functions = module.signatures.map((_, index) => {
    const fn = moduleFunction(module, index);
    words += fn.code.length;
    return words > wordsMax ? fn : optimiseFunction(fn, module, passes);
  });
  for (let round = 0; round < inlineRounds && words <= wordsMax; round++) {
    if (!inlineRound(module, functions, passes)) break;
  }
  return { ...module, functions };
}

/** Copies what can be copied now into its callers; false if nothing was. */
function inlineRound(module: IrModule, functions: IrFunction[], passes: readonly Pass[]): boolean {
  const callees = functions.map((fn, index) =>
    index !== module.entry && isInlinable(fn) ? fn : undefined,
  );
  let changed = false;
  functions.forEach((fn, index) => {
    const inlined = inlineCalls(fn, callees, module.words);
    if (inlined === fn) return;
    functions[index] = optimiseFunction(inlined, module, passes);
    changed = true;
  });
  return changed;
}

/** One function after all `passes`. */
export function optimiseFunction(
  fn: IrFunction,
  module: IrModule,
  passes: readonly Pass[] = OPTIMISE,
): IrFunction {
  return passes.reduce((result, pass) => pass.run(result, module), fn);
}
