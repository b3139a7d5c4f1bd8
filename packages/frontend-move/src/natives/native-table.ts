import type { HostFunction } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import type { FunctionLift } from "../lift/function-lift.ts";
import * as vector from "../lift/lower-vector.ts";
import { bcsToBytes } from "./bcs.ts";
import { emitEvent } from "./event.ts";
import { sha2, sha3 } from "./hash.ts";
import { indexOf, isCharBoundary, isUtf8, subString } from "./string.ts";
import { typeName } from "./type-name.ts";

/** A native function of Move: lowered in place, or implemented by the host for given types. */
export interface Native {
  readonly lower?: (f: FunctionLift, typeArguments: readonly MoveType[]) => void;
  /**
   * Arguments are the parameters, then an address for each result that lies in memory; the other results are returned.
   */
  readonly host?: (
    typeArguments: readonly MoveType[],
    parameters: readonly MoveType[],
  ) => HostFunction;
}

const byElement = (lower: (f: FunctionLift, element: MoveType) => void): Native => ({
  lower: (f, [element]) => lower(f, element),
});

/** Does nothing with its argument. */
const ignore: Native = { lower: (f) => f.done(f.pop()) };

const NATIVES: ReadonlyMap<string, Native> = new Map<string, Native>([
  ["vector::empty", { lower: (f, [element]) => vector.vectorPack(f, element, 0) }],
  ["vector::length", byElement(vector.vectorLength)],
  ["vector::borrow", byElement(vector.vectorBorrow)],
  ["vector::borrow_mut", byElement(vector.vectorBorrow)],
  ["vector::push_back", byElement(vector.vectorPushBack)],
  ["vector::pop_back", byElement(vector.vectorPopBack)],
  ["vector::destroy_empty", { lower: (f, [element]) => vector.vectorUnpack(f, element, 0) }],
  ["vector::swap", byElement(vector.vectorSwap)],
  ["bcs::to_bytes", { host: ([type]) => bcsToBytes(type) }],
  ["hash::sha2_256", { lower: sha2 }],
  ["hash::sha3_256", { lower: sha3 }],
  // A signer is its address in memory, so a reference to the one is a reference to the other.
  ["signer::borrow_address", { lower: borrowAddress }],
  ["string::internal_check_utf8", { host: () => isUtf8 }],
  ["string::internal_is_char_boundary", { host: () => isCharBoundary }],
  ["string::internal_sub_string", { host: () => subString }],
  ["string::internal_index_of", { host: () => indexOf }],
  ["type_name::get", { host: ([type]) => typeName(type) }],
  ["debug::print", ignore],
  ["debug::print_stack_trace", { lower: () => {} }],
  ["event::write_module_event_to_store", { host: ([type]) => emitEvent(type, 0) }],
  ["event::write_to_event_store", { host: ([type]) => emitEvent(type, 2) }],
]);

function borrowAddress(f: FunctionLift): void {
  const { value, offset } = f.pop();
  const address = f.program.pool.primitive("address");
  f.push(f.program.pool.reference(address), value, offset);
}

/** The native function `0x1::module::function`, if this package knows it. */
export function findNative(name: string): Native | undefined {
  return name.startsWith("0x1::") ? NATIVES.get(name.slice(5)) : undefined;
}
