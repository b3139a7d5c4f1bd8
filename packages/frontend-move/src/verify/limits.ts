import type { FieldDefinition } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import type { SignatureToken } from "../format/signature-token.ts";
import type { CompiledFile } from "./function-view.ts";
import type { VerifierConfig } from "./verifier-config.ts";

/** The file stays within the limits on its declarations. */
export function verifyLimits(file: CompiledFile, config: VerifierConfig): void {
  file.functionHandles.forEach(({ typeParameters, parameters }, index) => {
    const place = { table: "functionHandles", index };
    if (typeParameters.length > config.typeParametersMax) {
      throw new MoveFault("TOO_MANY_TYPE_PARAMETERS", place, "too many type parameters");
    }
    if (file.signatures[parameters].length > config.parametersMax) {
      throw new MoveFault("TOO_MANY_PARAMETERS", place, "too many parameters");
    }
  });
  file.structHandles.forEach(({ typeParameters }, index) => {
    if (typeParameters.length <= config.typeParametersMax) return;
    const place = { table: "structHandles", index };
    throw new MoveFault("TOO_MANY_TYPE_PARAMETERS", place, "too many type parameters");
  });
  for (const signature of file.signatures) for (const token of signature) limitType(token, config);
  for (const { type } of file.constants) limitType(type, config);
  if (file.kind === "module") limitDefinitions(file, config);
}

function limitDefinitions(
  module: Extract<CompiledFile, { kind: "module" }>,
  config: VerifierConfig,
): void {
  const { structDefinitions, functionDefinitions } = module;
  for (const { layout } of structDefinitions) {
    for (const fields of fieldLists(layout)) for (const { type } of fields) limitType(type, config);
  }
  if (functionDefinitions.length > config.functionDefinitionsMax) {
    throw new MoveFault("MAX_FUNCTION_DEFINITIONS_REACHED", {}, "too many functions");
  }
  if (structDefinitions.length > config.structDefinitionsMax) {
    throw new MoveFault("MAX_STRUCT_DEFINITIONS_REACHED", {}, "too many structs");
  }
  structDefinitions.forEach(({ layout }, index) => {
    const place = { table: "structDefinitions", index };
    if (fieldLists(layout).some((fields) => fields.length > config.fieldsMax)) {
      throw new MoveFault("MAX_FIELD_DEFINITIONS_REACHED", place, "too many fields");
    }
    if (layout.tag === "variants" && layout.variants.length > config.variantsMax) {
      throw new MoveFault("MAX_STRUCT_VARIANTS_REACHED", place, "too many variants");
    }
  });
}

/** The field lists of a struct: one, or one per variant. */
export function fieldLists(
  layout: Extract<CompiledFile, { kind: "module" }>["structDefinitions"][number]["layout"],
): readonly (readonly FieldDefinition[])[] {
  switch (layout.tag) {
    case "native":
      return [];
    case "fields":
      return [layout.fields];
    case "variants":
      return layout.variants.map(({ fields }) => fields);
  }
}

function limitType(token: SignatureToken, config: VerifierConfig): void {
  if (typeWeight(token) > config.typeNodesMax) {
    throw new MoveFault("TOO_MANY_TYPE_NODES", {}, "a type has too many nodes");
  }
}

/** Nodes of a type; structs and type parameters count four times. */
function typeWeight(token: SignatureToken): number {
  switch (token.tag) {
    case "struct":
    case "typeParameter":
      return 4;
    case "vector":
    case "reference":
    case "mutableReference":
      return 1 + typeWeight(token.inner);
    case "structInstantiation":
      return token.typeArguments.reduce((sum, argument) => sum + typeWeight(argument), 4);
    default:
      return 1;
  }
}
