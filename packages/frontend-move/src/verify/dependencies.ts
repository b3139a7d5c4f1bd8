import type { AbilitySet } from "../format/abilities.ts";
import type {
  CompiledModule,
  FunctionDefinition,
  FunctionHandle,
  StructDefinition,
  StructTypeParameter,
} from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import type { MoveStatus } from "../format/status.ts";
import { addressDigits, keyOfModule, sameTypes } from "./cross-module-types.ts";
import type { CompiledFile } from "./function-view.ts";

/** Finds a published module by its key ({@link keyOfModule}); undefined where there is none. */
export type FindModule = (key: string) => CompiledModule | undefined;

/**
 * What a file imports is there, with the abilities, type parameters and signatures that its
 * handles declare, and may be called from it. All files have been verified on their own.
 *
 * @throws MoveFault MISSING_DEPENDENCY, LOOKUP_FAILED or TYPE_MISMATCH with the handle.
 */
export function verifyDependencies(file: CompiledFile, findModule: FindModule): void {
  const self = file.kind === "module" ? file.self : -1;
  const owners = file.moduleHandles.map((_, index) => {
    if (index === self) return undefined;
    const module = findModule(keyOfModule(file, index));
    if (module !== undefined) return module;
    return refuse("MISSING_DEPENDENCY", "moduleHandles", index, "the module is not there");
  });
  file.structHandles.forEach((handle, index) => {
    const owner = owners[handle.module];
    if (owner === undefined) return;
    const definition = owner.structDefinitions.find(
      (row) => nameOfStruct(owner, row.handle) === file.identifiers[handle.name],
    );
    if (definition === undefined) {
      refuse("LOOKUP_FAILED", "structHandles", index, "the struct is not there");
    }
    const found = owner.structHandles[(definition as StructDefinition).handle];
    const fits =
      (handle.abilities & ~found.abilities) === 0 &&
      structParametersFit(handle.typeParameters, found.typeParameters);
    if (!fits) refuse("TYPE_MISMATCH", "structHandles", index, "the struct is another one");
  });
  file.functionHandles.forEach((_, index) => {
    const owner = owners[file.functionHandles[index].module];
    if (owner !== undefined) verifyImportedFunction(file, index, owner);
  });
}

function refuse(status: MoveStatus, table: string, index: number, sentence: string): never {
  throw new MoveFault(status, { table, index }, sentence);
}

function nameOfStruct(module: CompiledModule, handle: number): string {
  return module.identifiers[module.structHandles[handle].name];
}

/** A declaration may ask for more than the definition, and for less to be phantom. */
export function structParametersFit(
  declared: readonly StructTypeParameter[],
  found: readonly StructTypeParameter[],
): boolean {
  return (
    declared.length === found.length &&
    declared.every(
      ({ constraints, phantom }, i) =>
        (!phantom || found[i].phantom) && constraintFits(constraints, found[i].constraints),
    )
  );
}

/** A declared constraint may ask for more than the definition does. */
export function constraintFits(declared: AbilitySet, found: AbilitySet): boolean {
  return (found & ~declared) === 0;
}

function verifyImportedFunction(file: CompiledFile, index: number, owner: CompiledModule): void {
  const handle = file.functionHandles[index];
  const definition = owner.functionDefinitions.find(
    (row) =>
      owner.identifiers[owner.functionHandles[row.handle].name] === file.identifiers[handle.name],
  );
  if (definition === undefined || !mayCall(file, owner, definition)) {
    const sentence = "the function is not there, or may not be called from here";
    return refuse("LOOKUP_FAILED", "functionHandles", index, sentence);
  }
  const found = owner.functionHandles[definition.handle];
  const fits =
    handle.typeParameters.length === found.typeParameters.length &&
    handle.typeParameters.every((set, i) => constraintFits(set, found.typeParameters[i])) &&
    sameTypes(
      file,
      file.signatures[handle.parameters],
      owner,
      owner.signatures[found.parameters],
    ) &&
    sameTypes(file, file.signatures[handle.returns], owner, owner.signatures[found.returns]) &&
    (!isPersistent(handle) || isPersistent(found));
  if (!fits) refuse("TYPE_MISMATCH", "functionHandles", index, "the function is another one");
}

/** Whether closures of the function may be stored. */
export function isPersistent({ attributes }: FunctionHandle): boolean {
  return attributes?.includes("persistent") === true;
}

function mayCall(
  file: CompiledFile,
  owner: CompiledModule,
  { visibility }: FunctionDefinition,
): boolean {
  if (visibility === "public") return true;
  if (visibility === "private" || file.kind === "script") return false;
  const self = keyOfModule(file, file.self);
  return owner.friends.some(
    ({ address, name }) =>
      `${addressDigits(owner.addresses[address])}::${owner.identifiers[name]}` === self,
  );
}
