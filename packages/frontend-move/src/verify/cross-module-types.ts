import { encodeHex } from "@dragoman/bytes";
import type { CompiledModule } from "../format/module.ts";
import type { SignatureToken } from "../format/signature-token.ts";
import type { CompiledFile } from "./function-view.ts";

/** The key of a module handle: the address in 64 digits, `::`, the name. */
export function keyOfModule(file: CompiledFile, handle: number): string {
  const { address, name } = file.moduleHandles[handle];
  return `${addressDigits(file.addresses[address])}::${file.identifiers[name]}`;
}

/** An address in 64 digits. */
export function addressDigits(bytes: Uint8Array): string {
  return encodeHex(bytes).slice(2);
}

/** Whether types of one file are the same as those of another: structs by module and name. */
export function sameTypes(
  file: CompiledFile,
  types: readonly SignatureToken[],
  owner: CompiledModule,
  others: readonly SignatureToken[],
): boolean {
  return (
    types.length === others.length &&
    types.every((type, i) => sameType(file, type, owner, others[i]))
  );
}

function sameType(
  file: CompiledFile,
  type: SignatureToken,
  owner: CompiledModule,
  other: SignatureToken,
): boolean {
  switch (type.tag) {
    case "vector":
    case "reference":
    case "mutableReference":
      return other.tag === type.tag && sameType(file, type.inner, owner, other.inner);
    case "function":
      return (
        other.tag === "function" &&
        type.abilities === other.abilities &&
        sameTypes(file, type.parameters, owner, other.parameters) &&
        sameTypes(file, type.results, owner, other.results)
      );
    case "typeParameter":
      return other.tag === "typeParameter" && type.index === other.index;
    case "struct":
      return other.tag === "struct" && sameStruct(file, type.handle, owner, other.handle);
    case "structInstantiation":
      return (
        other.tag === "structInstantiation" &&
        sameStruct(file, type.handle, owner, other.handle) &&
        sameTypes(file, type.typeArguments, owner, other.typeArguments)
      );
    default:
      return other.tag === type.tag;
  }
}

function sameStruct(
  file: CompiledFile,
  handle: number,
  owner: CompiledModule,
  other: number,
): boolean {
  const { module, name } = file.structHandles[handle];
  const row = owner.structHandles[other];
  return (
    file.identifiers[name] === owner.identifiers[row.name] &&
    keyOfModule(file, module) === keyOfModule(owner, row.module)
  );
}
