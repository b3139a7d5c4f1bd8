import { GAS_DEFAULT, type Vm } from "@dragoman/vm";

/** Steps of one simulation. */
export const STEPS_MAX = 64;
/** Instructions that one step may record, and all steps of a simulation together. */
export const TRACE_STEP_MAX = 10_000;
export const TRACE_MAX = 50_000;
/** Programs that `deploy` may install before the process has to be started anew, and bytes of all of them together. */
export const PROGRAMS_MAX = 10_000;
export const PROGRAM_BYTES_MAX = 256 * 1024 * 1024;

/**
 * Largest gas limit of a step, twice the default; no step begins once the earlier ones have used as much together. One request
 * cannot hold the process for long.
 */
export const GAS_LIMIT_MAX: Record<Vm, bigint> = {
  evm: GAS_DEFAULT.evm * 2n,
  svm: GAS_DEFAULT.svm * 2n,
  move: GAS_DEFAULT.move * 2n,
};
