import {
  ABILITIES_PRIMITIVE,
  ABILITIES_SIGNER,
  type AbilitySet,
  keptWithArgument,
  MoveFault,
} from "../format/index.ts";
import type { MoveType } from "../layout/move-type.ts";
import type { Linkage } from "./linkage.ts";
import { moduleName } from "./module-name.ts";

/**
 * Type arguments that come from outside have what the type parameters ask for, and so have the
 * type arguments inside them. What modules instantiate themselves, the verifier has checked.
 *
 * Faults: MoveFault CONSTRAINT_NOT_SATISFIED.
 */
export function checkTypeArguments(
  linkage: Linkage,
  constraints: readonly AbilitySet[],
  typeArguments: readonly MoveType[],
): void {
  const known = new Map<MoveType, AbilitySet>();
  typeArguments.forEach((type, index) => {
    demand(constraints[index], abilitiesOf(linkage, type, known));
  });
}

function demand(constraints: AbilitySet, abilities: AbilitySet): void {
  if ((constraints & ~abilities) === 0) return;
  throw new MoveFault("CONSTRAINT_NOT_SATISFIED", {}, "a type argument lacks an ability");
}

function abilitiesOf(
  linkage: Linkage,
  type: MoveType,
  known: Map<MoveType, AbilitySet>,
): AbilitySet {
  let abilities = known.get(type);
  if (abilities === undefined) {
    abilities = combinedAbilities(linkage, type, known);
    known.set(type, abilities);
  }
  return abilities;
}

function combinedAbilities(
  linkage: Linkage,
  { kind, element, name }: MoveType,
  known: Map<MoveType, AbilitySet>,
): AbilitySet {
  if (kind === "signer") return ABILITIES_SIGNER;
  if (element !== undefined) {
    return keptWithArgument(ABILITIES_PRIMITIVE, abilitiesOf(linkage, element, known));
  }
  if (name === undefined) return ABILITIES_PRIMITIVE;
  const { compiled } = linkage.module(moduleName(name.address, name.module));
  const handle = compiled.structHandles.find(
    (row) => row.module === compiled.self && compiled.identifiers[row.name] === name.name,
  );
  if (handle === undefined) {
    throw new MoveFault("TYPE_RESOLUTION_FAILURE", {}, `there is no struct ${name.name}`);
  }
  return name.typeArguments.reduce((kept, argument, index) => {
    const { constraints, phantom } = handle.typeParameters[index];
    const abilities = abilitiesOf(linkage, argument, known);
    demand(constraints, abilities);
    return phantom ? kept : keptWithArgument(kept, abilities);
  }, handle.abilities);
}
