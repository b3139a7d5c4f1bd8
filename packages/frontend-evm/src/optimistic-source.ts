import type { IrModule } from "@dragoman/core";
import { machineOf } from "./load.ts";
import type { Watch } from "./lower/emitter.ts";
import { EvmProgram } from "./program.ts";
import type { ForkName } from "./schedule/forks.ts";

/** Input of {@link liftOptimistic}, as `EvmProgram.source` gives it. */
interface SourceInput {
  readonly code: Uint8Array;
  readonly fork: ForkName;
  readonly watch: Watch;
}

/** The module to compile, lifted by a thread that has seen nothing of the program: see `OptimisticSource`. */
export function liftOptimistic(input: unknown): IrModule | undefined {
  const { code, fork, watch } = input as SourceInput;
  return new EvmProgram(machineOf({ fork, watch }), code).optimistic();
}
