import type { IrFunction, IrModule } from "../ir/function.ts";
import { verifyModule } from "../ir/verify.ts";
import { verifyFunction } from "../ir/verify-function.ts";

const modules = new WeakSet<IrModule>();
const functions = new WeakSet<IrFunction>();

/** Verifies a module and those of its functions that have been lifted, each once in a process. Throws a FaultError INVALID_IR. */
export function verifyLifted(module: IrModule): void {
  if (!modules.has(module)) {
    verifyModule({ ...module, functions: module.signatures.map(() => undefined) });
    modules.add(module);
  }
  module.functions.forEach((fn, index) => {
    if (fn === undefined || functions.has(fn)) return;
    verifyFunction(fn, module, index);
    functions.add(fn);
  });
}
