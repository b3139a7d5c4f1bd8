import type { AccessSpecifier } from "../format/module.ts";
import type { BoundsChecker } from "./bounds.ts";

/** The indices of access specifiers point to something that is there. */
export function verifyAccessBounds(
  checker: BoundsChecker,
  accesses: readonly AccessSpecifier[],
): void {
  for (const { resource, address } of accesses) {
    if (resource.tag === "atAddress") checker.pool(resource.address, "addresses");
    if (resource.tag === "inModule") checker.pool(resource.module, "moduleHandles");
    if (resource.tag === "resource") checker.pool(resource.struct, "structHandles");
    if (resource.tag === "instantiation") {
      checker.pool(resource.struct, "structHandles");
      checker.pool(resource.typeArguments, "signatures");
    }
    if (address.tag === "literal") checker.pool(address.address, "addresses");
    if (address.tag === "parameter" && address.function !== undefined) {
      checker.pool(address.function, "functionInstantiations");
    }
  }
}
