import { BYTE_CELLS, type Journal } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import type { MoveType } from "../layout/move-type.ts";
import { formatType, structTagBytes } from "../layout/type-tag.ts";
import { formatAddress } from "../load/module-name.ts";
import { RESOURCE_DOMAIN } from "../natives/global-storage.ts";

/** Structs that anybody may make: values of others are for their modules to give out. */
const FREE_STRUCTS: ReadonlySet<string> = new Set(["string::String", "option::Option"]);

/**
 * Whether a message may bring a value of the type: numbers, bools, addresses, `0x1::string::String`, options and vectors of such. A
 * struct could be a coin or a permission, and a signer inside a vector would sign for anybody.
 */
export function isFreeArgument(type: MoveType): boolean {
  const { name, element, kind } = type;
  if (kind === "vector") return isFreeArgument(element as MoveType);
  if (name === undefined) return kind !== "signer" && kind !== "reference" && kind !== "function";
  return (
    formatAddress(name.address) === "0x1" &&
    FREE_STRUCTS.has(`${name.module}::${name.name}`) &&
    name.typeArguments.every(isFreeArgument)
  );
}

/** Whether the type is `0x1::object::Object<T>`: a message may bring one of an object that is there. */
export const isObject = ({ name }: MoveType): boolean =>
  name !== undefined &&
  formatAddress(name.address) === "0x1" &&
  name.module === "object" &&
  name.name === "Object";

/** Key of the resource that makes an address an object. */
const OBJECT_CORE = structTag("object", "ObjectCore");

/** BCS of the StructTag of a struct of 0x1 without type arguments. */
function structTag(module: string, name: string): Uint8Array {
  const text = (word: string): number[] => [word.length, ...new TextEncoder().encode(word)];
  return Uint8Array.from([...new Uint8Array(31), 1, ...text(module), ...text(name), 0]);
}

/**
 * Faults: FAILED_TO_DESERIALIZE_ARGUMENT where the address of an `Object<T>` has no object, or the object no `T`.
 */
export function checkObject(journal: Journal, type: MoveType, address: Uint8Array): void {
  const domain = journal.domain(RESOURCE_DOMAIN, BYTE_CELLS);
  const [inner] = type.name?.typeArguments ?? [];
  const keys = [OBJECT_CORE, ...(inner?.name === undefined ? [] : [structTagBytes(inner)])];
  for (const key of keys) {
    const cell = journal.cell(domain, journal.account(address), key);
    if (journal.readBytes(cell) !== undefined) continue;
    const sentence = `there is no ${formatType(type)} at ${formatAddress(address)}`;
    throw new MoveFault("FAILED_TO_DESERIALIZE_ARGUMENT", {}, sentence);
  }
}

/** Faults: INVALID_PARAM_TYPE_FOR_DESERIALIZATION for a parameter that a message may not fill. */
export function checkArgumentType(type: MoveType): void {
  if (isFreeArgument(type) || isObject(type)) return;
  const sentence = `a message cannot bring a ${formatType(type)}`;
  throw new MoveFault("INVALID_PARAM_TYPE_FOR_DESERIALIZATION", {}, sentence);
}
