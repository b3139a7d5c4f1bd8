import type { LogEntry } from "@dragoman/core";
import type { Vm } from "./portal/payload.ts";

/** How one message ended. The same in every tier, but for `tier` itself. */
export interface Receipt {
  readonly vm: Vm;
  readonly ok: boolean;
  /** Numeric outcome (core/src/host/outcome.ts) and its name, e.g. 0x200 "OUT_OF_GAS". */
  readonly outcome: number;
  readonly outcomeName: string;
  /** EVM: return or revert data. SVM: return data. Move: BCS values of the results, one after the other. */
  readonly output: Uint8Array;
  /** Move: results in JSON form; EVM and SVM: absent. */
  readonly returns?: readonly unknown[];
  /** In the machine's own unit. */
  readonly gasUsed: bigint;
  readonly logs: readonly LogEntry[];
  /** Present when not ok. `at`: byte offset or instruction index in the program, -1 = unknown. */
  readonly failure?: { readonly code: number; readonly message: string; readonly at: number };
  readonly tier: "interpret" | "compile";
}
