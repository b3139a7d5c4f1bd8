import { ADDRESS } from "../runtime/addresses.ts";
import type { FoundProgram } from "../runtime/invocation.ts";
import { nativeProgram } from "../runtime/native.ts";
import { LOADER_V3_UNITS, loaderV3 } from "./loader-v3.ts";
import { systemProgram } from "./system.ts";
import { SYSTEM_UNITS } from "./system-units.ts";

/** Programs in the host's language that every transaction can call, by address in hex. */
export const MAINNET_NATIVES: ReadonlyMap<string, FoundProgram> = new Map([
  [ADDRESS.SYSTEM.hex, nativeProgram("svm-system", SYSTEM_UNITS, systemProgram)],
  [ADDRESS.LOADER_V3.hex, nativeProgram("svm-loader-v3", LOADER_V3_UNITS, loaderV3)],
  // What its instructions ask for is taken from the message before anything runs.
  [ADDRESS.COMPUTE_BUDGET.hex, nativeProgram("svm-compute-budget", 150, () => undefined)],
]);
