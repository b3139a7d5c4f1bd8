import type { HostFunction } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import type { FunctionLift } from "../lift/function-lift.ts";
import * as vector from "../lift/lower-vector.ts";
import type { LinkedFunction } from "../load/linkage.ts";
import { bcsFromBytes, bcsToBytes } from "./bcs.ts";
import { keccak, recoverKey } from "./cryptography.ts";
import { emitEvent } from "./event.ts";
import { sha2, sha3 } from "./hash.ts";
import { declarationOf } from "./native-signature.ts";
import { indexOf, isCharBoundary, isUtf8, subString } from "./string.ts";
import * as table from "./table.ts";
import { typeInfo } from "./type-info.ts";
import { typeName, typeNameShort } from "./type-name.ts";

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

type Row = readonly [name: string, declaration: string, native: Native];

const byElement = (lower: (f: FunctionLift, element: MoveType) => void): Native => ({
  lower: (f, [element]) => lower(f, element),
});

/** Does nothing with its argument. */
const ignore: Native = { lower: (f) => f.done(f.pop()) };

const TEXT = "&vector<u8>";
const TABLE = "0x1::table::Table<T0, T1>";
const BOX = "0x1::table::Box<T1>";

/** Native functions of modules at 0x1, each for one declaration. */
const NATIVES: readonly Row[] = [
  ["vector::empty", "(): vector<T0>", { lower: (f, [element]) => packNone(f, element) }],
  ["vector::length", "(&vector<T0>): u64", byElement(vector.vectorLength)],
  ["vector::borrow", "(&vector<T0>, u64): &T0", byElement(vector.vectorBorrow)],
  ["vector::borrow_mut", "(&mut vector<T0>, u64): &mut T0", byElement(vector.vectorBorrow)],
  ["vector::push_back", "(&mut vector<T0>, T0): ", byElement(vector.vectorPushBack)],
  ["vector::pop_back", "(&mut vector<T0>): T0", byElement(vector.vectorPopBack)],
  ["vector::destroy_empty", "(vector<T0>): ", { lower: (f, [element]) => unpackNone(f, element) }],
  ["vector::swap", "(&mut vector<T0>, u64, u64): ", byElement(vector.vectorSwap)],
  ["bcs::to_bytes", "(&T0): vector<u8>", { host: ([type]) => bcsToBytes(type) }],
  ["hash::sha2_256", "(vector<u8>): vector<u8>", { lower: sha2 }],
  ["hash::sha3_256", "(vector<u8>): vector<u8>", { lower: sha3 }],
  // A signer is its address in memory, so a reference to the one is a reference to the other.
  ["signer::borrow_address", "(&signer): &address", { lower: borrowAddress }],
  ["string::internal_check_utf8", `(${TEXT}): bool`, { host: () => isUtf8 }],
  ["string::internal_is_char_boundary", `(${TEXT}, u64): bool`, { host: () => isCharBoundary }],
  ["string::internal_sub_string", `(${TEXT}, u64, u64): vector<u8>`, { host: () => subString }],
  ["string::internal_index_of", `(${TEXT}, ${TEXT}): u64`, { host: () => indexOf }],
  [
    "type_name::get",
    "(): 0x1::type_name::TypeName",
    { host: ([type], _, [name]) => typeName(type, name) },
  ],
  [
    "type_info::type_name",
    "(): 0x1::string::String",
    { host: ([type], _, [name]) => typeNameShort(type, name) },
  ],
  [
    "type_info::type_of",
    "(): 0x1::type_info::TypeInfo",
    { host: ([type], _, [info]) => typeInfo(type, info) },
  ],
  ["from_bcs::from_bytes", "(vector<u8>): T0", { host: ([type]) => bcsFromBytes(type) }],
  ["aptos_hash::keccak256", "(vector<u8>): vector<u8>", { host: () => keccak }],
  [
    "secp256k1::ecdsa_recover_internal",
    "(vector<u8>, u8, vector<u8>): vector<u8>, bool",
    { host: () => recoverKey },
  ],
  ["table::new_table_handle", "(): address", { host: () => table.newHandle }],
  ["table::add_box", `(&mut ${TABLE}, T0, ${BOX}): `, { host: (_, types) => table.add(types) }],
  [
    "table::borrow_box",
    `(&${TABLE}, T0): &${BOX}`,
    { host: (_, types, [box]) => table.borrow(types, box, false) },
  ],
  [
    "table::borrow_box_mut",
    `(&mut ${TABLE}, T0): &mut ${BOX}`,
    { host: (_, types, [box]) => table.borrow(types, box, true) },
  ],
  [
    "table::contains_box",
    `(&${TABLE}, T0): bool`,
    { host: (all, types) => table.contains(all, types) },
  ],
  [
    "table::remove_box",
    `(&mut ${TABLE}, T0): ${BOX}`,
    { host: (_, types, [box]) => table.remove(types, box) },
  ],
  ["debug::print", "(&T0): ", ignore],
  ["debug::print_stack_trace", "(): ", { lower: () => {} }],
  ["event::write_module_event_to_store", "(T0): ", { host: ([type]) => emitEvent(type, 0) }],
  [
    "event::write_to_event_store",
    "(vector<u8>, u64, T0): ",
    { host: ([type]) => emitEvent(type, 2) },
  ],
];

const BY_NAME: ReadonlyMap<string, Row> = new Map(NATIVES.map((row) => [`0x1::${row[0]}`, row]));

function packNone(f: FunctionLift, element: MoveType): void {
  vector.vectorPack(f, element, 0);
}

function unpackNone(f: FunctionLift, element: MoveType): void {
  vector.vectorUnpack(f, element, 0);
}

function borrowAddress(f: FunctionLift): void {
  const { value, offset } = f.pop();
  const address = f.program.pool.primitive("address");
  f.push(f.program.pool.reference(address), value, offset);
}

/** The native function of this package that `fn` declares, if there is one. */
export function findNative(fn: LinkedFunction): Native | undefined {
  const row = BY_NAME.get(`${fn.module.name}::${fn.name}`);
  return row !== undefined && row[1] === declarationOf(fn) ? row[2] : undefined;
}
