import type {
  CompiledModule,
  FieldDefinition,
  FunctionDefinition,
  StructLayout,
  Visibility,
} from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { addressDigits, sameTypes } from "./cross-module-types.ts";
import { constraintFits, isPersistent, structParametersFit } from "./dependencies.ts";

/**
 * A module may replace the one that was published under its name: what others link with is still
 * there and fits, and stored values keep their layout.
 *
 * @throws MoveFault BACKWARD_INCOMPATIBLE_MODULE_UPDATE with what changed.
 */
export function verifyCompatibility(old: CompiledModule, next: CompiledModule): void {
  const change = structChange(old, next) ?? functionChange(old, next) ?? friendChange(old, next);
  if (change !== undefined) throw new MoveFault("BACKWARD_INCOMPATIBLE_MODULE_UPDATE", {}, change);
}

function structChange(old: CompiledModule, next: CompiledModule): string | undefined {
  for (const { handle, layout } of old.structDefinitions) {
    const before = old.structHandles[handle];
    const name = old.identifiers[before.name];
    const found = next.structDefinitions.find(
      (row) => next.identifiers[next.structHandles[row.handle].name] === name,
    );
    if (found === undefined) return `struct ${name} was removed`;
    const after = next.structHandles[found.handle];
    if ((before.abilities & ~after.abilities) !== 0) return `struct ${name} lost an ability`;
    if (!structParametersFit(before.typeParameters, after.typeParameters)) {
      return `the type parameters of struct ${name} changed`;
    }
    if (!sameLayout(old, layout, next, found.layout)) return `the layout of ${name} changed`;
  }
  return undefined;
}

/** The same fields; an enum may gain variants behind those that it had. */
function sameLayout(
  old: CompiledModule,
  before: StructLayout,
  next: CompiledModule,
  after: StructLayout,
): boolean {
  if (before.tag === "fields") {
    return after.tag === "fields" && sameFields(old, before.fields, next, after.fields);
  }
  if (before.tag === "native") return after.tag === "native";
  return (
    after.tag === "variants" &&
    before.variants.every((variant, i) => {
      const other = after.variants[i];
      return (
        other !== undefined &&
        old.identifiers[variant.name] === next.identifiers[other.name] &&
        sameFields(old, variant.fields, next, other.fields)
      );
    })
  );
}

function sameFields(
  old: CompiledModule,
  before: readonly FieldDefinition[],
  next: CompiledModule,
  after: readonly FieldDefinition[],
): boolean {
  const types = (fields: readonly FieldDefinition[]) => fields.map(({ type }) => type);
  return (
    sameTypes(old, types(before), next, types(after)) &&
    before.every(({ name }, i) => old.identifiers[name] === next.identifiers[after[i].name])
  );
}

const VISIBILITY_RANK: Record<Visibility, number> = { private: 0, friend: 1, public: 2 };

function functionChange(old: CompiledModule, next: CompiledModule): string | undefined {
  for (const before of old.functionDefinitions) {
    const persistent = isPersistent(old.functionHandles[before.handle]);
    if (before.visibility === "private" && !before.entry && !persistent) continue;
    const name = old.identifiers[old.functionHandles[before.handle].name];
    const after = next.functionDefinitions.find(
      (row) => next.identifiers[next.functionHandles[row.handle].name] === name,
    );
    if (after === undefined) return `function ${name} was removed`;
    if (VISIBILITY_RANK[after.visibility] < VISIBILITY_RANK[before.visibility]) {
      return `function ${name} became less visible`;
    }
    if (before.entry && !after.entry) return `function ${name} is no entry function any more`;
    if (persistent && !isPersistent(next.functionHandles[after.handle])) {
      return `function ${name} is no longer persistent`;
    }
    if (!sameSignature(old, before, next, after)) return `the signature of ${name} changed`;
  }
  return undefined;
}

function sameSignature(
  old: CompiledModule,
  { handle }: FunctionDefinition,
  next: CompiledModule,
  after: FunctionDefinition,
): boolean {
  const x = old.functionHandles[handle];
  const y = next.functionHandles[after.handle];
  return (
    sameTypes(old, old.signatures[x.parameters], next, next.signatures[y.parameters]) &&
    sameTypes(old, old.signatures[x.returns], next, next.signatures[y.returns]) &&
    x.typeParameters.length === y.typeParameters.length &&
    x.typeParameters.every((set, i) => constraintFits(set, y.typeParameters[i]))
  );
}

function friendChange(old: CompiledModule, next: CompiledModule): string | undefined {
  const names = (module: CompiledModule) =>
    module.friends.map(
      ({ address, name }) =>
        `${addressDigits(module.addresses[address])}::${module.identifiers[name]}`,
    );
  const kept = new Set(names(next));
  const dropped = names(old).find((name) => !kept.has(name));
  return dropped === undefined ? undefined : `${dropped} is no friend any more`;
}
