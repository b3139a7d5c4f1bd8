import type { Random } from "@dragoman/core/testing";
import type { FieldDefinition, StructLayout } from "../format/module.ts";
import { BASIC, type SignatureToken } from "../format/signature-token.ts";
import type { Draft } from "./mutate-module.ts";

const LEAVES: readonly SignatureToken[] = Object.values(BASIC);

/** One type of one signature becomes another, or one is added or taken away. */
export function mutateSignature(random: Random, draft: Draft): void {
  const signatures = [...draft.signatures];
  if (signatures.length === 0) return;
  const at = random.below(signatures.length);
  const tokens = [...signatures[at]];
  const place = random.below(tokens.length + 1);
  const draw = place === tokens.length ? 0 : random.below(6);
  if (draw === 0) tokens.splice(place, 0, randomToken(random, draft));
  else if (draw === 1) tokens.splice(place, 1);
  else tokens[place] = mutateToken(random, draft, tokens[place]);
  signatures[at] = tokens;
  draft.signatures = signatures;
}

/** One field of one struct or variant gets another type, is added or taken away. */
export function mutateLayout(random: Random, draft: Draft): void {
  const definitions = [...draft.structDefinitions];
  if (definitions.length === 0) return;
  const at = random.below(definitions.length);
  const layout = mutatedLayout(random, draft, definitions[at].layout);
  definitions[at] = { ...definitions[at], layout };
  draft.structDefinitions = definitions;
}

function mutatedLayout(random: Random, draft: Draft, layout: StructLayout): StructLayout {
  if (layout.tag === "fields") {
    return { ...layout, fields: mutateFields(random, draft, layout.fields) };
  }
  if (layout.tag === "native" || layout.variants.length === 0) return layout;
  const variants = [...layout.variants];
  const chosen = random.below(variants.length);
  if (random.oneIn(5)) variants.splice(chosen, 1);
  else {
    const fields = mutateFields(random, draft, variants[chosen].fields);
    variants[chosen] = { ...variants[chosen], fields };
  }
  return { ...layout, variants };
}

function mutateFields(
  random: Random,
  draft: Draft,
  fields: readonly FieldDefinition[],
): FieldDefinition[] {
  const changed = [...fields];
  const place = random.below(changed.length + 1);
  const draw = place === changed.length ? 0 : random.below(6);
  if (draw === 0) {
    const name = random.below(Math.max(1, draft.identifiers.length));
    changed.splice(place, 0, { name, type: randomToken(random, draft) });
  } else if (draw === 1) {
    changed.splice(place, 1);
  } else {
    const field = changed[place];
    changed[place] = { ...field, type: mutateToken(random, draft, field.type) };
  }
  return changed;
}

function mutateToken(random: Random, draft: Draft, token: SignatureToken): SignatureToken {
  const inner = "inner" in token ? token.inner : token;
  switch (random.below(7)) {
    case 0:
      return inner;
    case 1:
      return { tag: "vector", inner: token };
    case 2:
      return { tag: "reference", inner };
    case 3:
      return { tag: "mutableReference", inner };
    case 4:
      if ("inner" in token) return { ...token, inner: mutateToken(random, draft, token.inner) };
      return random.pick(LEAVES);
    case 5:
      return random.pick(LEAVES);
    default:
      return randomToken(random, draft);
  }
}

/** A type that the module could name: a leaf, one of its structs, a type parameter, or one from a signature. */
function randomToken(random: Random, draft: Draft): SignatureToken {
  switch (random.below(5)) {
    case 0:
      return { tag: "typeParameter", index: random.below(3) };
    case 1:
    case 2: {
      if (draft.structHandles.length === 0) return random.pick(LEAVES);
      const handle = random.below(draft.structHandles.length);
      const count = draft.structHandles[handle].typeParameters.length;
      if (count === 0) return { tag: "struct", handle };
      const typeArguments = Array.from({ length: count }, () => random.pick(LEAVES));
      return { tag: "structInstantiation", handle, typeArguments };
    }
    case 3: {
      const known = draft.signatures.flat();
      return known.length === 0 ? random.pick(LEAVES) : random.pick(known);
    }
    default:
      return random.pick(LEAVES);
  }
}
