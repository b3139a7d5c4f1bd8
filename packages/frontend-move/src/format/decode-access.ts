import { LIMIT } from "./limits.ts";
import type { AccessSpecifier, AddressSpecifier, ResourceSpecifier } from "./module.ts";
import type { ModuleReader } from "./module-reader.ts";

const KINDS = ["reads", "writes", "acquires"] as const;

/** Reads the optional access specifiers of a function handle (Aptos v7). */
export function decodeAccesses(reader: ModuleReader): AccessSpecifier[] | undefined {
  if (!decodeBoolean(reader)) return undefined;
  const count = reader.uleb(LIMIT.accessSpecifierCount, "access specifier count");
  const accesses: AccessSpecifier[] = [];
  for (let i = 0; i < count; i++) accesses.push(decodeAccess(reader));
  return accesses;
}

/** Options and booleans are 1 (absent, false) or 2 (present, true). */
function decodeBoolean(reader: ModuleReader): boolean {
  const byte = reader.u8();
  if (byte !== 1 && byte !== 2) reader.refuse("MALFORMED", `${byte} is no boolean or option`);
  return byte === 2;
}

function decodeAccess(reader: ModuleReader): AccessSpecifier {
  const kindCode = reader.u8();
  const kind = KINDS[kindCode - 1];
  if (kind === undefined) return reader.refuse("MALFORMED", `no access has the code ${kindCode}`);
  const negated = decodeBoolean(reader);
  return {
    kind,
    negated,
    resource: decodeResourceSpecifier(reader),
    address: decodeAddressSpecifier(reader),
  };
}

function decodeResourceSpecifier(reader: ModuleReader): ResourceSpecifier {
  const code = reader.u8();
  switch (code) {
    case 1:
      return { tag: "any" };
    case 2:
      return { tag: "atAddress", address: reader.uleb(LIMIT.index, "address index") };
    case 3:
      return { tag: "inModule", module: reader.uleb(LIMIT.index, "module handle index") };
    case 4:
      return { tag: "resource", struct: reader.uleb(LIMIT.index, "struct handle index") };
    case 5: {
      const struct = reader.uleb(LIMIT.index, "struct handle index");
      const typeArguments = reader.uleb(LIMIT.index, "signature index");
      return { tag: "instantiation", struct, typeArguments };
    }
    default:
      return reader.refuse("MALFORMED", `no resource specifier has the code ${code}`);
  }
}

function decodeAddressSpecifier(reader: ModuleReader): AddressSpecifier {
  const code = reader.u8();
  switch (code) {
    case 1:
      return { tag: "any" };
    case 2:
      return { tag: "literal", address: reader.uleb(LIMIT.index, "address index") };
    case 3: {
      const parameter = reader.uleb(LIMIT.localIndex, "parameter");
      return decodeBoolean(reader)
        ? { tag: "parameter", parameter, function: reader.uleb(LIMIT.index, "function index") }
        : { tag: "parameter", parameter };
    }
    default:
      return reader.refuse("MALFORMED", `no address specifier has the code ${code}`);
  }
}
