import { ADDRESS } from "../runtime/addresses.ts";
import type { FoundProgram, NativeProgram } from "../runtime/invocation.ts";
import { nativeProgram } from "../runtime/native.ts";
import { LOADER_V3_UNITS, loaderV3 } from "./loader-v3.ts";
import { systemProgram } from "./system.ts";
import { SYSTEM_UNITS } from "./system-units.ts";

/** A loader that has only programs left, no instructions. */
const closed =
  (line: string): NativeProgram =>
  ({ log }) => {
    log(line);
    return "UnsupportedProgramId";
  };
const CLOSED_V1 = closed("Deprecated loader is no longer supported");
const CLOSED_V2 = closed("BPF loader management instructions are no longer supported");

/** Programs in the host's language that every transaction can call, by address in hex. */
export const MAINNET_NATIVES: ReadonlyMap<string, FoundProgram> = new Map([
  [ADDRESS.SYSTEM.hex, nativeProgram("svm-system", SYSTEM_UNITS, systemProgram)],
  [ADDRESS.LOADER_V1.hex, nativeProgram("svm-loader-v1", 1140, CLOSED_V1)],
  [ADDRESS.LOADER_V2.hex, nativeProgram("svm-loader-v2", 570, CLOSED_V2)],
  [ADDRESS.LOADER_V3.hex, nativeProgram("svm-loader-v3", LOADER_V3_UNITS, loaderV3)],
  // What its instructions ask for is taken from the message before anything runs.
  [ADDRESS.COMPUTE_BUDGET.hex, nativeProgram("svm-compute-budget", 150, () => undefined)],
]);
