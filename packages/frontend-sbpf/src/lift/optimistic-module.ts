import type { IrModule } from "@dragoman/core";
import type { LiftContext } from "./lift-context.ts";

export function optimisticModule(_context: LiftContext, exact: IrModule): IrModule {
  return exact;
}
