import type { AccessSpecifier } from "../format/module.ts";
import type { AccessNode, SignatureNode } from "./syntax-tree.ts";
import type { TypeNames, UnitScope } from "./unit-scope.ts";

/** The access specifiers of a function; undefined where it has none. */
export function assembleAccesses(
  unit: UnitScope,
  node: SignatureNode,
): AccessSpecifier[] | undefined {
  if (node.accesses === undefined) return undefined;
  const names = unit.typeNames(node.typeParameters);
  return node.accesses.map((access) => ({
    kind: access.kind,
    negated: access.negated,
    resource: resourceOf(unit, names, access),
    address: addressOf(unit, node, access),
  }));
}

function resourceOf(
  unit: UnitScope,
  names: TypeNames,
  access: AccessNode,
): AccessSpecifier["resource"] {
  const { resource } = access;
  switch (resource.tag) {
    case "any":
      return resource;
    case "atAddress":
      return { tag: "atAddress", address: unit.pools.address(resource.address) };
    case "inModule":
      return { tag: "inModule", module: unit.moduleHandle(resource.module, access) };
    case "resource": {
      const struct = unit.struct(resource.module, resource.name, access);
      if (resource.typeArguments === undefined) return { tag: "resource", struct };
      const typeArguments = unit.pools.signature(unit.tokens(resource.typeArguments, names));
      return { tag: "instantiation", struct, typeArguments };
    }
  }
}

function addressOf(
  unit: UnitScope,
  node: SignatureNode,
  access: AccessNode,
): AccessSpecifier["address"] {
  const { address } = access;
  if (address.tag === "any") return address;
  if (address.tag === "literal") {
    return { tag: "literal", address: unit.pools.address(address.address) };
  }
  const parameter = node.parameters.findIndex(({ name }) => name === address.name);
  if (parameter < 0) unit.refuse(access.at, `the parameter ${address.name} is unknown`);
  if (address.function === undefined) return { tag: "parameter", parameter };
  const handle = unit.function(address.function.module, address.function.name, access);
  const at = unit.pools.instantiation("functionInstantiations", handle, []);
  return { tag: "parameter", parameter, function: at };
}
