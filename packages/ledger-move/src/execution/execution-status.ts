import type { MoveStatus } from "@dragoman/frontend-move";
import type { ValidationStatus } from "../transaction/validation-status.ts";

/** How a committed transaction ended (move-core-types `KeptVMStatus`). */
export type ExecutionStatus =
  | { readonly kind: "success" }
  | { readonly kind: "outOfGas" }
  | {
      readonly kind: "abort";
      /** `0xA::m`, or `script`. */
      readonly module: string;
      readonly code: bigint;
      /** Name and sentence of the framework's own codes. */
      readonly info?: { readonly name: string; readonly description: string };
    }
  | {
      readonly kind: "failure";
      readonly module: string;
      readonly function: string;
      /** Index of the instruction. */
      readonly offset: number;
      readonly status: MoveStatus;
    }
  | {
      readonly kind: "miscellaneous";
      /** Of a simulation, also why the transaction would be discarded. */
      readonly status: MoveStatus | ValidationStatus;
    };

export const SUCCESS: ExecutionStatus = { kind: "success" };

/** The text that a node shows as `vm_status` (aptos-core `api/types/src/convert.rs`, `explain_vm_status`). */
export function vmStatusText(status: ExecutionStatus): string {
  switch (status.kind) {
    case "success":
      return "Executed successfully";
    case "outOfGas":
      return "Out of gas";
    case "abort": {
      const code = `0x${status.code.toString(16)}`;
      if (status.module === "script") return `Move abort: code ${code}`;
      const { info } = status;
      const reason = info === undefined ? code : `${info.name}(${code}): ${info.description}`;
      return `Move abort in ${status.module}: ${reason}`;
    }
    case "failure": {
      const name = status.module === "script" ? "script" : `${status.module}::${status.function}`;
      return `Execution failed in ${name} at code offset ${status.offset}`;
    }
    default:
      return status.status;
  }
}
