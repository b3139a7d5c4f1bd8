import { type IrModule, moduleFunction, printModule } from "@dragoman/core";

/** Functions that a listing lifts at most. */
const FUNCTIONS_MAX = 10_000;

/** Text form of a module with every function lifted. */
export function printIr(module: IrModule): string {
  // Lifting a function may add signatures: the loop reads the length each time.
  for (let index = 0; index < Math.min(module.signatures.length, FUNCTIONS_MAX); index++) {
    moduleFunction(module, index);
  }
  return printModule(module);
}
