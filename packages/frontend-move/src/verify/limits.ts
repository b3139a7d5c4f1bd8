import type { FieldDefinition } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { innerTokens, type SignatureToken } from "../format/signature-token.ts";
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
  limitFunctionTypes(token, config);
  if (typeWeight(token) > config.typeNodesMax) {
    throw new MoveFault("TOO_MANY_TYPE_NODES", {}, "a type has too many nodes");
  }
}

function limitFunctionTypes(token: SignatureToken, config: VerifierConfig): void {
  if (token.tag === "function" && token.parameters.length > config.parametersMax) {
    throw new MoveFault("TOO_MANY_PARAMETERS", {}, "a function type has too many parameters");
  }
  for (const inner of innerTokens(token)) limitFunctionTypes(inner, config);
}

const HEAVY = new Set<SignatureToken["tag"]>(["struct", "typeParameter", "structInstantiation"]);

/** Nodes of a type; structs and type parameters count four times. */
function typeWeight(token: SignatureToken): number {
  const own = HEAVY.has(token.tag) ? 4 : 1;
  return innerTokens(token).reduce((sum, inner) => sum + typeWeight(inner), own);
}
