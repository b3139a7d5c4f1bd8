import type {
  AccessSpecifier,
  AddressSpecifier,
  CompiledModule,
  FunctionHandle,
  SignatureToken,
} from "../format/index.ts";
import { MoveFault, moduleId } from "../format/index.ts";
import { moduleName } from "./module-name.ts";

/** How an address specifier gets an address of a parameter: the parameter itself, the signer's, the owner of an object. */
export type AddressFunction = "identity" | "signer" | "object";

const FUNCTIONS: Readonly<Record<string, AddressFunction>> = {
  "0x1::signer::address_of": "signer",
  "0x1::object::owner": "object",
};

/** Faults: ACCESS_CONTROL_INVARIANT_VIOLATION for any other function. */
export function addressFunction(
  module: CompiledModule,
  { function: at }: Extract<AddressSpecifier, { tag: "parameter" }>,
): AddressFunction {
  if (at === undefined) return "identity";
  const handle = module.functionHandles[module.functionInstantiations[at].of];
  const { address, name } = moduleId(module, handle.module);
  const path = `${moduleName(address, name)}::${module.identifiers[handle.name]}`;
  return FUNCTIONS[path] ?? refuse(`${path} gives no address`);
}

function refuse(sentence: string): never {
  throw new MoveFault("ACCESS_CONTROL_INVARIANT_VIOLATION", {}, sentence);
}

/**
 * The parameters that access specifiers name are there and give addresses.
 *
 * Faults: ACCESS_CONTROL_INVARIANT_VIOLATION.
 */
export function checkAddressSpecifiers(module: CompiledModule): void {
  for (const { handle } of module.functionDefinitions) {
    const declared = module.functionHandles[handle];
    for (const specifier of declared.accesses ?? []) check(module, declared, specifier);
  }
}

function check(module: CompiledModule, handle: FunctionHandle, { address }: AccessSpecifier): void {
  if (address.tag !== "parameter") return;
  const type = module.signatures[handle.parameters][address.parameter];
  const name = module.identifiers[handle.name];
  if (type === undefined) refuse(`${name} has no parameter ${address.parameter}`);
  if (!gives(module, addressFunction(module, address), type)) {
    refuse(`parameter ${address.parameter} of ${name} gives no address`);
  }
}

function gives(module: CompiledModule, by: AddressFunction, type: SignatureToken): boolean {
  if (by === "identity") return type.tag === "address";
  if (by === "signer") return type.tag === "reference" && type.inner.tag === "signer";
  if (type.tag !== "structInstantiation") return false;
  const { module: at, name } = module.structHandles[type.handle];
  const owner = moduleId(module, at);
  return (
    moduleName(owner.address, owner.name) === "0x1::object" && module.identifiers[name] === "Object"
  );
}
