import { structCountOf } from "../format/join-enums.ts";
import type { Code, CompiledModule, CompiledPools, FieldDefinition } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { innerTokens, type SignatureToken } from "../format/signature-token.ts";
import { verifyAccessBounds } from "./access-bounds.ts";
import { verifyCodeBounds } from "./code-bounds.ts";
import type { CompiledFile } from "./function-view.ts";

/** Checks indices of one file and says which pool they miss. */
export class BoundsChecker {
  readonly file: CompiledFile;
  /** Greatest type parameter of each signature, -1 for none. */
  private readonly greatest = new Map<number, number>();

  constructor(file: CompiledFile) {
    this.file = file;
  }

  /** `index` is below `count`; `noun` names what it counts. */
  within(index: number, count: number, noun: string): void {
    if (index < count) return;
    const sentence = `${noun} ${index} is out of bounds: there are ${count}`;
    throw new MoveFault("INDEX_OUT_OF_BOUNDS", { table: noun, index }, sentence);
  }

  pool(index: number, pool: PoolName): void {
    this.within(index, this.file[pool].length, pool);
  }

  /** A pool that scripts do not have. */
  modulePool(index: number, pool: ModulePoolName): void {
    const { file } = this;
    this.within(index, file.kind === "module" ? file[pool].length : 0, pool);
  }

  /** Struct handles of a type exist and take as many arguments as they are given. */
  type(token: SignatureToken): void {
    if (token.tag === "struct") this.arity(token.handle, 0);
    if (token.tag === "structInstantiation") this.arity(token.handle, token.typeArguments.length);
    for (const inner of innerTokens(token)) this.type(inner);
  }

  /** A definition that an instruction or a row for structs names: Sui has enums in another table. */
  structPool(index: number): void {
    const { file } = this;
    if (file.kind === "module" && file.flavour === "sui") {
      return this.within(index, structCountOf(file), "structDefinitions");
    }
    this.modulePool(index, "structDefinitions");
  }

  private arity(handle: number, given: number): void {
    this.pool(handle, "structHandles");
    const { typeParameters } = this.file.structHandles[handle];
    if (typeParameters.length === given) return;
    const sentence = `struct handle ${handle} takes ${typeParameters.length} type arguments, not ${given}`;
    throw new MoveFault("NUMBER_OF_TYPE_ARGUMENTS_MISMATCH", {}, sentence);
  }

  /** No type parameter of a signature is beyond `count`. */
  typeParametersOf(signature: number, count: number): void {
    let greatest = this.greatest.get(signature);
    if (greatest === undefined) {
      greatest = Math.max(-1, ...this.file.signatures[signature].map(greatestParameter));
      this.greatest.set(signature, greatest);
    }
    if (greatest >= 0) this.within(greatest, count, "type parameter");
  }
}

type PoolName = {
  [K in keyof CompiledPools]: CompiledPools[K] extends readonly unknown[] ? K : never;
}[keyof CompiledPools];
type ModulePoolName = {
  [K in keyof CompiledModule]-?: CompiledModule[K] extends readonly unknown[] ? K : never;
}[keyof CompiledModule];

/** The greatest type parameter in a type, -1 where there is none. */
export function greatestParameter(token: SignatureToken): number {
  if (token.tag === "typeParameter") return token.index;
  return Math.max(-1, ...innerTokens(token).map(greatestParameter));
}

/**
 * Every index of a file points to something that is there. All other passes rely on it, and so
 * does the disassembler.
 *
 * @throws MoveFault
 */
export function checkBounds(file: CompiledFile): void {
  const checker = new BoundsChecker(file);
  if (file.kind === "module" && file.moduleHandles.length === 0) {
    throw new MoveFault("NO_MODULE_HANDLES", {}, "a module has at least its own handle");
  }
  checkPools(checker);
  if (file.kind === "module") {
    checkModulePools(checker, file);
    checkFunctionDefinitions(checker, file);
  } else {
    checker.pool(file.parameters, "signatures");
    checker.typeParametersOf(file.parameters, file.typeParameters.length);
    checkFunction(checker, 0, file.code, file.parameters, file.typeParameters.length);
  }
}

function checkPools(checker: BoundsChecker): void {
  const { file } = checker;
  for (const signature of file.signatures) for (const token of signature) checker.type(token);
  for (const { type } of file.constants) checker.type(type);
  for (const { address, name } of file.moduleHandles) {
    checker.pool(address, "addresses");
    checker.pool(name, "identifiers");
  }
  if (file.kind === "module") checker.pool(file.self, "moduleHandles");
  for (const { module, name } of file.structHandles) {
    checker.pool(module, "moduleHandles");
    checker.pool(name, "identifiers");
  }
  for (const handle of file.functionHandles) {
    checker.pool(handle.module, "moduleHandles");
    checker.pool(handle.name, "identifiers");
    checker.pool(handle.parameters, "signatures");
    checker.pool(handle.returns, "signatures");
    checker.typeParametersOf(handle.parameters, handle.typeParameters.length);
    checker.typeParametersOf(handle.returns, handle.typeParameters.length);
    if (handle.accesses !== undefined) verifyAccessBounds(checker, handle.accesses);
  }
  for (const { of, typeArguments } of file.functionInstantiations) {
    checker.pool(of, "functionHandles");
    checker.pool(typeArguments, "signatures");
  }
}

function checkModulePools(checker: BoundsChecker, module: CompiledModule): void {
  for (const { owner, field } of module.fieldHandles) {
    checker.structPool(owner);
    const { layout } = module.structDefinitions[owner];
    checker.within(field, layout.tag === "fields" ? layout.fields.length : 0, "field");
  }
  for (const { address, name } of module.friends) {
    checker.pool(address, "addresses");
    checker.pool(name, "identifiers");
  }
  for (const { of, typeArguments } of module.structInstantiations) {
    checker.structPool(of);
    checker.pool(typeArguments, "signatures");
  }
  for (const { of, typeArguments } of module.enumInstantiations ?? []) {
    checker.modulePool(of, "structDefinitions");
    checker.pool(typeArguments, "signatures");
  }
  for (const { of, typeArguments } of module.fieldInstantiations) {
    checker.modulePool(of, "fieldHandles");
    checker.pool(typeArguments, "signatures");
  }
  checkStructDefinitions(checker, module);
  checkVariantPools(checker, module);
}

function checkStructDefinitions(checker: BoundsChecker, module: CompiledModule): void {
  module.structDefinitions.forEach(({ handle, layout }, index) => {
    checker.pool(handle, "structHandles");
    const count = module.structHandles[handle].typeParameters.length;
    if (layout.tag === "fields") checkFields(checker, layout.fields, count);
    if (layout.tag !== "variants") return;
    for (const { name, fields } of layout.variants) {
      checker.pool(name, "identifiers");
      checkFields(checker, fields, count);
    }
    if (layout.variants.length === 0) {
      const place = { table: "structDefinitions", index };
      throw new MoveFault("ZERO_VARIANTS_ERROR", place, "an enum has at least one variant");
    }
  });
}

function checkFields(
  checker: BoundsChecker,
  fields: readonly FieldDefinition[],
  typeParameterCount: number,
): void {
  for (const { name, type } of fields) {
    checker.pool(name, "identifiers");
    checker.type(type);
    const greatest = greatestParameter(type);
    if (greatest >= 0) checker.within(greatest, typeParameterCount, "type parameter");
  }
}

function checkVariantPools(checker: BoundsChecker, module: CompiledModule): void {
  const variantsOf = (owner: number) => {
    checker.modulePool(owner, "structDefinitions");
    const { layout } = module.structDefinitions[owner];
    return layout.tag === "variants" ? layout.variants : [];
  };
  for (const { owner, variants, field } of module.variantFieldHandles) {
    const known = variantsOf(owner);
    if (variants.length === 0) {
      throw new MoveFault("ZERO_VARIANTS_ERROR", {}, "a variant field handle names no variant");
    }
    for (const variant of variants) {
      checker.within(variant, known.length, "variant");
      checker.within(field, known[variant].fields.length, "field");
    }
  }
  for (const { owner, variant } of module.structVariantHandles) {
    checker.within(variant, variantsOf(owner).length, "variant");
  }
  for (const { of, typeArguments } of module.variantFieldInstantiations) {
    checker.modulePool(of, "variantFieldHandles");
    checker.pool(typeArguments, "signatures");
  }
  for (const { of, typeArguments } of module.structVariantInstantiations) {
    checker.modulePool(of, "structVariantHandles");
    checker.pool(typeArguments, "signatures");
  }
}

function checkFunctionDefinitions(checker: BoundsChecker, module: CompiledModule): void {
  module.functionDefinitions.forEach(({ handle, acquires, code }, index) => {
    checker.pool(handle, "functionHandles");
    for (const struct of acquires) checker.structPool(struct);
    if (code === undefined) return;
    checkJumpTables(checker, module, index, code);
    const { parameters, typeParameters } = module.functionHandles[handle];
    checkFunction(checker, index, code, parameters, typeParameters.length);
  });
}

/** A jump table has a target for each variant, and all of them are instructions. */
function checkJumpTables(
  checker: BoundsChecker,
  module: CompiledModule,
  index: number,
  { jumpTables = [], ops }: Code,
): void {
  for (const { owner, targets } of jumpTables) {
    checker.modulePool(owner, "structDefinitions");
    const { layout } = module.structDefinitions[owner];
    const count = layout.tag === "variants" ? layout.variants.length : 0;
    if (targets.length !== count) {
      const sentence = `a jump table has ${targets.length} targets for ${count} variants`;
      throw new MoveFault("INVALID_ENUM_SWITCH", { function: index }, sentence);
    }
    for (const target of targets) checker.within(target, ops.length, "instruction");
  }
}

function checkFunction(
  checker: BoundsChecker,
  index: number,
  code: Code,
  parameters: number,
  typeParameterCount: number,
): void {
  checker.pool(code.locals, "signatures");
  const { signatures } = checker.file;
  const localCount = signatures[parameters].length + signatures[code.locals].length;
  if (localCount > 255) {
    const sentence = `the function has ${localCount} locals, above 255`;
    throw new MoveFault("TOO_MANY_LOCALS", { function: index }, sentence);
  }
  checker.typeParametersOf(code.locals, typeParameterCount);
  verifyCodeBounds(checker, index, code, localCount, typeParameterCount);
}
