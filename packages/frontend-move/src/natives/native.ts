import type { HostFunction } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import type { FunctionLift } from "../lift/function-lift.ts";

/** A native function of Move: lowered in place, or implemented by the host for given types. */
export interface Native {
  readonly lower?: (f: FunctionLift, typeArguments: readonly MoveType[]) => void;
  /**
   * Arguments are the parameters, then an address for each result that lies in memory; the other results are returned.
   */
  readonly host?: (
    typeArguments: readonly MoveType[],
    parameters: readonly MoveType[],
    results: readonly MoveType[],
  ) => HostFunction;
}

/** `module::function` of 0x1, the declaration for which it is implemented, and the implementation. */
export type NativeRow = readonly [name: string, declaration: string, native: Native];

/** A host function that is the same for all types. */
export const plain = (host: HostFunction): Native => ({ host: () => host });

/** A host function for the first type argument. */
export const ofType = (make: (type: MoveType) => HostFunction): Native => ({
  host: ([type]) => make(type),
});
