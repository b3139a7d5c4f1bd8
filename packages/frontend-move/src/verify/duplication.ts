import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import type { MoveStatus } from "../format/status.ts";
import type { CompiledFile } from "./function-view.ts";
import { fieldLists } from "./limits.ts";

/**
 * No row of a pool is there twice, every handle of the module itself has its definition, and every
 * definition belongs to the module.
 */
export function verifyDuplication(file: CompiledFile): void {
  unique("identifiers", file.identifiers);
  unique(
    "addresses",
    file.addresses.map((address) => address.join()),
  );
  unique(
    "constants",
    file.constants.map(({ type, data }) => `${JSON.stringify(type)} ${data}`),
  );
  unique(
    "signatures",
    file.signatures.map((signature) => JSON.stringify(signature)),
  );
  unique(
    "moduleHandles",
    file.moduleHandles.map(({ address, name }) => `${address} ${name}`),
  );
  if (file.kind === "module") {
    unique(
      "friends",
      file.friends.map(({ address, name }) => `${address} ${name}`),
    );
  }
  unique(
    "structHandles",
    file.structHandles.map(({ module, name }) => `${module} ${name}`),
  );
  unique(
    "functionHandles",
    file.functionHandles.map(({ module, name }) => `${module} ${name}`),
  );
  unique("functionInstantiations", file.functionInstantiations.map(instantiationKey));
  if (file.kind === "module") {
    verifyModulePools(file);
    verifyFunctionDefinitions(file);
    verifyStructDefinitions(file);
    unique("structInstantiations", file.structInstantiations.map(instantiationKey));
  }
}

function instantiationKey({ of, typeArguments }: { of: number; typeArguments: number }): string {
  return `${of} ${typeArguments}`;
}

function unique(
  table: string,
  keys: readonly (string | number)[],
  status: MoveStatus = "DUPLICATE_ELEMENT",
): void {
  const seen = new Set<string | number>();
  keys.forEach((key, index) => {
    if (seen.has(key)) {
      throw new MoveFault(status, { table, index }, `row ${index} of ${table} is there twice`);
    }
    seen.add(key);
  });
}

function verifyModulePools(module: CompiledModule): void {
  unique(
    "fieldHandles",
    module.fieldHandles.map(({ owner, field }) => `${owner} ${field}`),
  );
  unique("fieldInstantiations", module.fieldInstantiations.map(instantiationKey));
  unique(
    "variantFieldHandles",
    module.variantFieldHandles.map(({ owner, variants, field }) => `${owner} ${variants} ${field}`),
  );
  unique("variantFieldInstantiations", module.variantFieldInstantiations.map(instantiationKey));
  unique(
    "structVariantHandles",
    module.structVariantHandles.map(({ owner, variant, implied }, index) =>
      implied ? `implied ${index}` : `${owner} ${variant}`,
    ),
  );
  unique(
    "structVariantInstantiations",
    module.structVariantInstantiations.map(({ of, typeArguments, enumInstantiation }) =>
      enumInstantiation === undefined
        ? instantiationKey({ of, typeArguments })
        : `${enumInstantiation} ${module.structVariantHandles[of].variant}`,
    ),
  );
  unique("enumInstantiations", (module.enumInstantiations ?? []).map(instantiationKey));
}

function verifyFunctionDefinitions(module: CompiledModule): void {
  const { functionDefinitions, functionHandles, self } = module;
  unique(
    "functionDefinitions",
    functionDefinitions.map(({ handle }) => handle),
  );
  functionDefinitions.forEach(({ acquires }, index) => {
    if (new Set(acquires).size === acquires.length) return;
    const sentence = "a resource is acquired twice";
    throw new MoveFault("DUPLICATE_ACQUIRES_ANNOTATION", { function: index }, sentence);
  });
  verifyOwnership(
    ["functionDefinitions", "functionHandles"],
    functionDefinitions.map(({ handle }) => handle),
    functionHandles.map(({ module: owner }) => owner === self),
  );
}

function verifyStructDefinitions(module: CompiledModule): void {
  const { structDefinitions, structHandles, self } = module;
  unique(
    "structDefinitions",
    structDefinitions.map(({ handle }) => handle),
  );
  structDefinitions.forEach(({ layout }, index) => {
    if (layout.tag === "fields" && layout.fields.length === 0) {
      const place = { table: "structDefinitions", index };
      throw new MoveFault("ZERO_SIZED_STRUCT", place, "a struct has at least one field");
    }
    if (layout.tag === "variants")
      unique(
        "variants",
        layout.variants.map(({ name }) => name),
      );
    for (const fields of fieldLists(layout))
      unique(
        "fields",
        fields.map(({ name }) => name),
      );
  });
  verifyOwnership(
    ["structDefinitions", "structHandles"],
    structDefinitions.map(({ handle }) => handle),
    structHandles.map(({ module: owner }) => owner === self),
  );
}

/** Definitions are of own handles, and every own handle has a definition. */
function verifyOwnership(
  [definitions, handles]: readonly [string, string],
  defined: readonly number[],
  isOwn: readonly boolean[],
): void {
  const foreign = defined.findIndex((handle) => !isOwn[handle]);
  if (foreign >= 0) {
    const place = { table: definitions, index: foreign };
    throw new MoveFault("INVALID_MODULE_HANDLE", place, "a definition is of another module");
  }
  const known = new Set(defined);
  const missing = isOwn.findIndex((own, handle) => own && !known.has(handle));
  if (missing >= 0) {
    const place = { table: handles, index: missing };
    throw new MoveFault("UNIMPLEMENTED_HANDLE", place, "a handle of the module has no definition");
  }
}
