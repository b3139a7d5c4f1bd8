import type { Code } from "./module.ts";
import { opOperand } from "./opcodes.ts";

/** Instructions to which instruction `pc` may jump. */
export function branchTargets({ ops, a, jumpTables = [] }: Code, pc: number): readonly number[] {
  switch (opOperand(ops[pc])) {
    case "branch":
      return [a[pc]];
    case "jumpTable":
      return jumpTables[a[pc]].targets;
    default:
      return [];
  }
}
