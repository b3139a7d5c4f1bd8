import type { Random } from "@dragoman/core/testing";
import type { AccessSpecifier, AddressSpecifier, ResourceSpecifier } from "../format/module.ts";
import type { Draft } from "./mutate-module.ts";

/** One function gets an access specifier more or loses them; indices are any small numbers. */
export function mutateAccess(random: Random, draft: Draft): void {
  const handles = [...draft.functionHandles];
  if (handles.length === 0) return;
  const at = random.below(handles.length);
  const { accesses = [], ...rest } = handles[at];
  handles[at] = random.oneIn(4)
    ? rest
    : { ...rest, accesses: [...accesses, randomAccess(random)].slice(-8) };
  draft.functionHandles = handles;
}

function randomAccess(random: Random): AccessSpecifier {
  return {
    kind: random.pick(["reads", "writes", "acquires"]),
    negated: random.oneIn(3),
    resource: randomResource(random),
    address: randomAddress(random),
  };
}

function randomResource(random: Random): ResourceSpecifier {
  const index = random.below(4);
  switch (random.below(6)) {
    case 0:
      return { tag: "atAddress", address: index };
    case 1:
      return { tag: "inModule", module: index };
    case 2:
      return { tag: "resource", struct: index };
    case 3:
      return { tag: "instantiation", struct: index, typeArguments: random.below(8) };
    default:
      return { tag: "any" };
  }
}

function randomAddress(random: Random): AddressSpecifier {
  switch (random.below(5)) {
    case 0:
      return { tag: "literal", address: random.below(3) };
    case 1:
      return { tag: "parameter", parameter: random.below(3) };
    case 2:
      return { tag: "parameter", parameter: random.below(3), function: random.below(4) };
    default:
      return { tag: "any" };
  }
}
