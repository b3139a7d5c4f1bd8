import type { IrModule } from "@dragoman/core";
import type { LiftInput } from "../lower/emitter.ts";

export function liftOptimistic(_input: LiftInput): IrModule | undefined {
  return undefined;
}
