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
  /** Of a part: see `LiftInput.reached`. */
  readonly reached?: Uint8Array;
}

/** The module to compile, or a part of it, lifted by a thread that has seen nothing of the program: see `OptimisticSource`. */
export function liftOptimistic(input: unknown): IrModule | undefined {
  const { code, fork, watch, reached } = input as SourceInput;
  const program = new EvmProgram(machineOf({ fork, watch }), code);
  return reached === undefined ? program.optimistic() : program.optimisticPart(reached);
}
