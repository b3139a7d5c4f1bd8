import type { Random } from "@dragoman/core/testing";
import type { FunctionDefinition } from "../format/module.ts";
import type { Draft } from "./mutate-module.ts";

const POOLS = [
  "moduleHandles",
  "structHandles",
  "functionHandles",
  "functionInstantiations",
  "signatures",
  "constants",
  "identifiers",
  "structDefinitions",
  "structInstantiations",
  "fieldHandles",
  "fieldInstantiations",
  "friends",
  "variantFieldHandles",
  "variantFieldInstantiations",
  "structVariantHandles",
  "structVariantInstantiations",
] as const;

/** One row of one table becomes another, a neighbour's, or is taken out. */
export function mutatePool(random: Random, draft: Draft): void {
  const name = random.pick(POOLS);
  const rows: unknown[] = [...draft[name]];
  if (rows.length === 0) return;
  const at = random.below(rows.length);
  const row = rows[at];
  if (random.oneIn(3)) {
    rows[at] = rows[random.below(rows.length)];
  } else if (random.oneIn(4)) {
    rows.splice(at, 1);
  } else if (typeof row === "object" && row !== null && !Array.isArray(row)) {
    rows[at] = mutateRow(random, row);
  }
  Object.assign(draft, { [name]: rows });
}

/** One numeric member becomes another small number. */
function mutateRow(random: Random, row: object): object {
  const numeric = Object.entries(row).filter(([, value]) => typeof value === "number");
  if (numeric.length === 0) return row;
  const [key, value] = random.pick(numeric);
  if (key === "abilities") return { ...row, [key]: random.below(16) };
  const near = Math.max(0, (value as number) + random.pick([-1, 1]));
  return { ...row, [key]: random.oneIn(2) ? near : random.below(12) };
}

/** Visibility, entry flag, acquired structs or locals of one function. */
export function mutateDefinition(random: Random, draft: Draft): void {
  const definitions = [...draft.functionDefinitions];
  if (definitions.length === 0) return;
  const at = random.below(definitions.length);
  definitions[at] = mutatedDefinition(random, draft, definitions[at]);
  draft.functionDefinitions = definitions;
}

function mutatedDefinition(
  random: Random,
  draft: Draft,
  definition: FunctionDefinition,
): FunctionDefinition {
  const { acquires, code } = definition;
  switch (random.below(5)) {
    case 0:
      return { ...definition, visibility: random.pick(["private", "public", "friend"]) };
    case 1:
      return { ...definition, entry: !definition.entry };
    case 2:
      return { ...definition, acquires: acquires.slice(1) };
    case 3: {
      const count = Math.max(1, draft.structDefinitions.length);
      return { ...definition, acquires: [...acquires, random.below(count)] };
    }
    default: {
      if (code === undefined) return definition;
      const locals = random.below(Math.max(1, draft.signatures.length));
      return { ...definition, code: { ...code, locals } };
    }
  }
}

/** The constraints of one type parameter of a function or struct, or whether it is phantom. */
export function mutateTypeParameters(random: Random, draft: Draft): void {
  if (random.oneIn(2)) {
    const handles = [...draft.functionHandles];
    const at = handles.findIndex(({ typeParameters }) => typeParameters.length > 0);
    if (at < 0) return;
    const chosen = random.between(at, handles.length - 1);
    const typeParameters = handles[chosen].typeParameters.map(() => random.below(16));
    handles[chosen] = { ...handles[chosen], typeParameters };
    draft.functionHandles = handles;
    return;
  }
  const handles = [...draft.structHandles];
  if (handles.length === 0) return;
  const at = random.below(handles.length);
  const typeParameters = handles[at].typeParameters.map(({ phantom }) => ({
    constraints: random.below(16),
    phantom: random.oneIn(2) ? phantom : !phantom,
  }));
  handles[at] = { ...handles[at], typeParameters };
  draft.structHandles = handles;
}
