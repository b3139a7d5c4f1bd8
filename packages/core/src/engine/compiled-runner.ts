import type { LinearMemory } from "../host/linear-memory.ts";
import type { Program } from "../host/program.ts";
import type { Frame } from "./frame.ts";

/** How a compiled run ended: "unavailable" = nothing ran, "trapped" = run again exactly. */
export type CompiledEnd = "finished" | "trapped" | "unavailable";

/** Compiles programs on first use and runs frames in them. */
export class CompiledRunner {
  constructor(_memory: LinearMemory, _runPending: (frame: Frame) => number) {}

  /** True if it is known that the program cannot be compiled. */
  isUnavailable(_program: Program): boolean {
    return true;
  }

  run(_frame: Frame, _exact: boolean): CompiledEnd {
    return "unavailable";
  }
}
