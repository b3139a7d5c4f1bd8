import { MoveFault } from "../format/index.ts";
import type { MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { formatAddress } from "../load/module-name.ts";

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

/** Faults: INVALID_PARAM_TYPE_FOR_DESERIALIZATION for a parameter that a message may not fill. */
export function checkArgumentType(type: MoveType): void {
  if (isFreeArgument(type)) return;
  const sentence = `a message cannot bring a ${formatType(type)}`;
  throw new MoveFault("INVALID_PARAM_TYPE_FOR_DESERIALIZATION", {}, sentence);
}
