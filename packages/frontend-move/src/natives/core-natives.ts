// tidy: table
import type { MoveType } from "../layout/move-type.ts";
import type { FunctionLift } from "../lift/function-lift.ts";
import * as vector from "../lift/lower-vector.ts";
import { bcsConstantSize, bcsFromBytes, bcsSize, bcsToBytes } from "./bcs.ts";
import { compare } from "./compare.ts";
import { emitEvent, emitHandleEvent } from "./event.ts";
import { sha2, sha3 } from "./hash.ts";
import * as memory from "./move-memory.ts";
import { type Native, type NativeRow, ofType, plain } from "./native.ts";
import * as object from "./object.ts";
import { indexOf, isCharBoundary, isUtf8, subString } from "./string.ts";
import * as format from "./string-format.ts";
import * as table from "./table.ts";
import * as context from "./transaction-context.ts";
import { typeInfo } from "./type-info.ts";
import { typeName, typeNameShort } from "./type-name.ts";

const byElement = (lower: (f: FunctionLift, element: MoveType) => void): Native => ({
  lower: (f, [element]) => lower(f, element),
});

const TEXT = "&vector<u8>";
const STRING = "0x1::string::String";
const TABLE = "0x1::table::Table<T0, T1>";
const BOX = "0x1::table::Box<T1>";

/** Native functions of modules at 0x1, each for one declaration. */
export const CORE_NATIVES: readonly NativeRow[] = [
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
  ["table::destroy_empty_box", `(&${TABLE}): `, plain(table.forget)],
  ["table::drop_unchecked_box", `(${TABLE}): `, plain(table.forget)],
  ["debug::print", "(&T0): ", ofType(format.printValue)],
  ["debug::print_stack_trace", "(): ", { lower: () => {} }],
  ["debug::native_print", `(${STRING}): `, plain(format.printText)],
  ["debug::native_stack_trace", `(): ${STRING}`, plain(format.noTrace)],
  [
    "string_utils::native_format",
    `(&T0, bool, bool, bool, bool): ${STRING}`,
    ofType(format.formatValue),
  ],
  ["string_utils::native_format_list", `(${TEXT}, &T0): ${STRING}`, ofType(format.formatList)],
  ["mem::swap", "(&mut T0, &mut T0): ", ofType(memory.swap)],
  [
    "vector::move_range",
    "(&mut vector<T0>, u64, u64, &mut vector<T0>, u64): ",
    ofType(memory.moveRange),
  ],
  ["cmp::compare", "(&T0, &T0): 0x1::cmp::Ordering", ofType(compare)],
  ["bcs::serialized_size", "(&T0): u64", ofType(bcsSize)],
  [
    "bcs::constant_serialized_size",
    "(): 0x1::option::Option<u64>",
    { host: ([type], _, [result]) => bcsConstantSize(type, result) },
  ],
  ["util::from_bytes", "(vector<u8>): T0", ofType(bcsFromBytes)],
  ["type_info::chain_id_internal", "(): u8", plain(context.typeInfoChainId)],
  ["object::exists_at", "(address): bool", ofType(object.objectExists)],
  [
    "object::create_user_derived_object_address_impl",
    "(address, address): address",
    plain(object.derivedAddress),
  ],
  ["event::write_module_event_to_store", "(T0): ", { host: ([type]) => emitEvent(type, 0) }],
  ["event::write_to_event_store", "(vector<u8>, u64, T0): ", ofType(emitHandleEvent)],
];

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
