import type { HostFunction } from "@dragoman/core";
import { outcomeOfStatus } from "../lift/outcome.ts";

/** What a program has for native functions that this package does not implement. */
export interface WithNatives {
  /** By `0xA::m::f`. */
  readonly natives: ReadonlyMap<string, HostFunction>;
}

/** The native function `name` of whatever machine runs the frame; FUNCTION_RESOLUTION_FAILURE where it has none. */
export function customNative(name: string): HostFunction {
  return (frame) => {
    const native = (frame.program as unknown as WithNatives).natives.get(name);
    return native === undefined
      ? frame.leave(outcomeOfStatus("FUNCTION_RESOLUTION_FAILURE"))
      : native(frame);
  };
}
