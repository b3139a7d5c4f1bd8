import { Journal, type StateReader } from "@dragoman/core";
import { formatAddress, type MoveType, type TypeTag } from "@dragoman/frontend-move";
import type { MoveMachine } from "@dragoman/ledger-move";

/** The type that a tag names under the code of `state`. Faults: MoveFault LINKER_ERROR, TYPE_RESOLUTION_FAILURE. */
export function resolveType(machine: MoveMachine, state: StateReader, tag: TypeTag): MoveType {
  return machine.programs.loader.link(new Journal(state), modulesOf(tag)).type(tag);
}

function modulesOf(tag: TypeTag): string[] {
  if (tag.tag === "vector") return modulesOf(tag.inner);
  if (tag.tag !== "struct") return [];
  const own = `${formatAddress(tag.address)}::${tag.module}`;
  return [...new Set([own, ...tag.typeArguments.flatMap(modulesOf)])].sort();
}
