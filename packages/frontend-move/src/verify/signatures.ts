import {
  ABILITIES_ALL,
  ABILITIES_NONE,
  ABILITIES_PRIMITIVE,
  ABILITIES_REFERENCE,
  ABILITIES_SIGNER,
  ABILITY,
  type AbilitySet,
  requiredOfArguments,
} from "../format/abilities.ts";
import type {
  CompiledModule,
  FieldDefinition,
  StructHandle,
  StructTypeParameter,
} from "../format/module.ts";
import { type FaultPlace, MoveFault } from "../format/move-fault.ts";
import { opOperand } from "../format/opcodes.ts";
import { innerTokens, isReference, type SignatureToken } from "../format/signature-token.ts";
import type { CompiledFile, FunctionView } from "./function-view.ts";
import { callOperand, fieldOperand, plainName, structOperand } from "./instruction-shape.ts";
import { fieldLists } from "./limits.ts";

/**
 * Types are well formed wherever they stand: references only outermost, type arguments as many and
 * with the abilities that their parameters ask for, fields with what their struct promises.
 */
export function verifySignatures(file: CompiledFile, views: readonly FunctionView[]): void {
  const { structHandles } = file;
  file.signatures.forEach((signature, index) => {
    const place = { table: "signatures", index };
    for (const token of signature) checkType(structHandles, token, true, 0, undefined, place);
  });
  verifyInstantiations(file);
  file.functionHandles.forEach(({ parameters, returns, typeParameters }, index) => {
    const place = { table: "functionHandles", index };
    checkSignature(file, parameters, typeParameters, place);
    checkSignature(file, returns, typeParameters, place);
  });
  if (file.kind === "script") checkSignature(file, file.parameters, file.typeParameters, {});
  for (const view of views) verifyCode(view);
  if (file.kind === "module") verifyStructs(file);
}

/** The constraints of type parameters; undefined stands for: all have all abilities. */
type Context = readonly AbilitySet[] | undefined;

function refuseConstraint(place: FaultPlace): never {
  throw new MoveFault(
    "CONSTRAINT_NOT_SATISFIED",
    place,
    "a type lacks an ability that its place asks for",
  );
}

/** A type has the abilities `required` where its type parameters have those of `context`. */
function checkType(
  structHandles: readonly StructHandle[],
  token: SignatureToken,
  allowReference: boolean,
  required: AbilitySet,
  context: Context,
  place: FaultPlace,
): void {
  const demand = (abilities: AbilitySet) => {
    if ((required & ~abilities) !== 0) refuseConstraint(place);
  };
  switch (token.tag) {
    case "typeParameter":
      return demand(context === undefined ? ABILITIES_ALL : context[token.index]);
    case "signer":
      return demand(ABILITIES_SIGNER);
    case "reference":
    case "mutableReference":
      if (!allowReference) {
        const sentence = "a reference stands inside another type";
        throw new MoveFault("INVALID_SIGNATURE_TOKEN", place, sentence);
      }
      demand(ABILITIES_REFERENCE);
      return checkType(structHandles, token.inner, false, ABILITIES_NONE, context, place);
    case "vector": {
      demand(ABILITIES_PRIMITIVE);
      const ofElement = requiredOfArguments(required);
      return checkType(structHandles, token.inner, false, ofElement, context, place);
    }
    case "function":
      // Parameters and results may be references; their abilities do not matter to the closure's.
      demand(token.abilities);
      for (const inner of innerTokens(token)) {
        checkType(structHandles, inner, true, ABILITIES_NONE, context, place);
      }
      return;
    case "struct":
      return demand(structHandles[token.handle].abilities);
    case "structInstantiation": {
      const { abilities, typeParameters } = structHandles[token.handle];
      demand(abilities);
      token.typeArguments.forEach((argument, i) => {
        const { constraints, phantom } = typeParameters[i];
        const ofArgument = phantom ? constraints : constraints | requiredOfArguments(required);
        checkType(structHandles, argument, false, ofArgument, context, place);
      });
      return;
    }
    default:
      return demand(ABILITIES_PRIMITIVE);
  }
}

function checkSignature(
  file: CompiledFile,
  signature: number,
  context: Context,
  place: FaultPlace,
): void {
  for (const token of file.signatures[signature]) {
    checkType(file.structHandles, token, true, ABILITIES_NONE, context, place);
  }
}

/** Type arguments fit the parameters of what they instantiate. */
function checkArguments(
  file: CompiledFile,
  signature: number,
  constraints: readonly AbilitySet[],
  required: AbilitySet,
  context: Context,
  place: FaultPlace,
  phantoms: readonly boolean[] = [],
): void {
  const given = file.signatures[signature];
  if (given.length !== constraints.length) {
    const sentence = `${constraints.length} type arguments are expected, not ${given.length}`;
    throw new MoveFault("NUMBER_OF_TYPE_ARGUMENTS_MISMATCH", place, sentence);
  }
  given.forEach((token, i) => {
    const ofArgument = phantoms[i]
      ? constraints[i]
      : constraints[i] | requiredOfArguments(required);
    checkType(file.structHandles, token, false, ofArgument, context, place);
  });
}

function checkStructArguments(
  file: CompiledFile,
  definition: number,
  signature: number,
  required: AbilitySet,
  context: Context,
  place: FaultPlace,
): void {
  const { handle } = (file as CompiledModule).structDefinitions[definition];
  const { abilities, typeParameters } = file.structHandles[handle];
  if ((required & ~abilities) !== 0) refuseConstraint(place);
  const constraints = typeParameters.map((parameter) => parameter.constraints);
  const phantoms = typeParameters.map(({ phantom }) => phantom);
  checkArguments(file, signature, constraints, required, context, place, phantoms);
}

function verifyInstantiations(file: CompiledFile): void {
  file.functionInstantiations.forEach(({ of, typeArguments }, index) => {
    const place = { table: "functionInstantiations", index };
    const { typeParameters } = file.functionHandles[of];
    checkArguments(file, typeArguments, typeParameters, ABILITIES_NONE, undefined, place);
  });
  if (file.kind === "script") return;
  const check = (owner: number, signature: number, table: string, index: number) =>
    checkStructArguments(file, owner, signature, 0, undefined, { table, index });
  file.structInstantiations.forEach(({ of, typeArguments }, index) => {
    check(of, typeArguments, "structInstantiations", index);
  });
  file.fieldInstantiations.forEach(({ of, typeArguments }, index) => {
    check(file.fieldHandles[of].owner, typeArguments, "fieldInstantiations", index);
  });
  file.enumInstantiations?.forEach(({ of, typeArguments }, index) => {
    check(of, typeArguments, "enumInstantiations", index);
  });
  file.structVariantInstantiations.forEach(({ of, typeArguments }, index) => {
    const { owner } = file.structVariantHandles[of];
    check(owner, typeArguments, "structVariantInstantiations", index);
  });
  file.variantFieldInstantiations.forEach(({ of, typeArguments }, index) => {
    const { owner } = file.variantFieldHandles[of];
    check(owner, typeArguments, "variantFieldInstantiations", index);
  });
}

/** The same in the code of a function, with the constraints of its own type parameters. */
function verifyCode(view: FunctionView): void {
  const { file, code, typeParameters } = view;
  const place = { function: view.index };
  checkSignature(file, code.locals, typeParameters, place);
  const seen = new Set<string>();
  for (let pc = 0; pc < code.ops.length; pc++) {
    const kind = opOperand(code.ops[pc]);
    if (!/Inst$|^signature$|^vectorCount$|^functionType$/.test(kind)) continue;
    const key = `${plainName(code.ops[pc])} ${code.a[pc]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    verifyGenericInstruction(view, pc);
  }
}

const NEEDS_KEY = new Set<string>([
  "Exists",
  "MoveFrom",
  "MoveTo",
  "ImmBorrowGlobal",
  "MutBorrowGlobal",
]);

function verifyGenericInstruction(view: FunctionView, pc: number): void {
  const { file, code, typeParameters: context } = view;
  // As in the reference, refusals of this pass name the function alone.
  const place = { function: view.index };
  switch (opOperand(code.ops[pc])) {
    case "functionInst":
    case "closureInst": {
      const { handle, typeArguments } = callOperand(view, pc);
      const { typeParameters } = file.functionHandles[handle];
      return checkArguments(file, typeArguments, typeParameters, 0, context, place);
    }
    case "structInst":
    case "structVariantInst": {
      const { definition, typeArguments } = structOperand(view, pc);
      const required = NEEDS_KEY.has(plainName(code.ops[pc])) ? ABILITY.key : ABILITIES_NONE;
      return checkStructArguments(file, definition, typeArguments, required, context, place);
    }
    case "fieldInst":
    case "variantFieldInst": {
      const { owner, typeArguments } = fieldOperand(view, pc);
      return checkStructArguments(file, owner, typeArguments, ABILITIES_NONE, context, place);
    }
    case "functionType": {
      const [type, ...others] = file.signatures[code.a[pc]];
      if (type?.tag === "function" && others.length === 0) return;
      const sentence = `instruction ${pc}: the signature is not one function type`;
      throw new MoveFault("CLOSURE_CALL_REQUIRES_FUNCTION", place, sentence);
    }
    default: {
      const elements = file.signatures[code.a[pc]];
      if (elements.length !== 1) {
        const sentence = `instruction ${pc}: a vector has one type argument, not ${elements.length}`;
        throw new MoveFault("NUMBER_OF_TYPE_ARGUMENTS_MISMATCH", place, sentence);
      }
      if (isReference(elements[0])) {
        const sentence = `instruction ${pc}: a vector has no references`;
        throw new MoveFault("INVALID_SIGNATURE_TOKEN", place, sentence);
      }
      checkSignature(file, code.a[pc], context, place);
    }
  }
}

function verifyStructs(module: CompiledModule): void {
  module.structDefinitions.forEach(({ handle, layout }, index) => {
    const place = { table: "structDefinitions", index };
    for (const fields of fieldLists(layout)) {
      for (const field of fields) verifyField(module, module.structHandles[handle], field, place);
    }
  });
}

function verifyField(
  module: CompiledModule,
  { abilities, typeParameters }: StructHandle,
  { type }: FieldDefinition,
  place: FaultPlace,
): void {
  const { structHandles } = module;
  const constraints = typeParameters.map((parameter) => parameter.constraints);
  checkType(structHandles, type, false, ABILITIES_NONE, constraints, place);
  try {
    checkType(structHandles, type, false, requiredOfArguments(abilities), undefined, place);
  } catch (error) {
    if (!(error instanceof MoveFault)) throw error;
    const sentence = "a field lacks an ability that its struct promises";
    throw new MoveFault("FIELD_MISSING_TYPE_ABILITY", place, sentence);
  }
  checkPhantoms(structHandles, typeParameters, type, false, place);
}

/** A phantom type parameter is only used as a phantom type argument. */
function checkPhantoms(
  structHandles: readonly StructHandle[],
  context: readonly StructTypeParameter[],
  token: SignatureToken,
  phantomPlace: boolean,
  place: FaultPlace,
): void {
  switch (token.tag) {
    case "vector":
    case "function":
      for (const inner of innerTokens(token)) {
        checkPhantoms(structHandles, context, inner, false, place);
      }
      return;
    case "reference":
    case "mutableReference":
      return;
    case "structInstantiation":
      token.typeArguments.forEach((argument, i) => {
        const { phantom } = structHandles[token.handle].typeParameters[i];
        checkPhantoms(structHandles, context, argument, phantom, place);
      });
      return;
    case "typeParameter":
      if (!context[token.index].phantom || phantomPlace) return;
      throw new MoveFault(
        "INVALID_PHANTOM_TYPE_PARAM_POSITION",
        place,
        "a phantom type parameter is used as a type of values",
      );
  }
}
