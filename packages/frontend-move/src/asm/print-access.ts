import type { AccessSpecifier } from "../format/module.ts";
import { addressText, type Names, structText, typeListText } from "./print-names.ts";

/** What stands behind the word `access`; parameter `i` is `li`. */
export function accessesText(names: Names, accesses: readonly AccessSpecifier[]): string {
  if (accesses.length === 0) return "none";
  return accesses
    .map(({ kind, negated, resource, address }) => {
      const sign = negated ? "!" : "";
      return `${sign}${kind} ${resourceText(names, resource)}${holderText(names, address)}`;
    })
    .join(", ");
}

function resourceText(names: Names, resource: AccessSpecifier["resource"]): string {
  switch (resource.tag) {
    case "any":
      return "*";
    case "atAddress":
      return `${addressText(names.file.addresses[resource.address])}.*`;
    case "inModule":
      return `${names.aliases[resource.module]}.*`;
    case "resource":
      return structText(names, resource.struct);
    case "instantiation": {
      const tokens = names.file.signatures[resource.typeArguments];
      return structText(names, resource.struct) + typeListText(names, tokens);
    }
  }
}

function holderText({ file, aliases }: Names, address: AccessSpecifier["address"]): string {
  switch (address.tag) {
    case "any":
      return "";
    case "literal":
      return `(${addressText(file.addresses[address.address])})`;
    case "parameter": {
      const parameter = `l${address.parameter}`;
      if (address.function === undefined) return `(${parameter})`;
      const { module, name } =
        file.functionHandles[file.functionInstantiations[address.function].of];
      return `(${aliases[module]}.${file.identifiers[name]}(${parameter}))`;
    }
  }
}
