import type { CompiledModule, FieldDefinition, Instantiation } from "../format/module.ts";
import { MOVE_OPS, type OpName } from "../format/opcodes.ts";
import type { CompiledFile, FunctionView } from "./function-view.ts";

/** A struct (or one of its variants) that an instruction is about. */
export interface StructOperand {
  /** Index into the struct definitions. */
  readonly definition: number;
  /** Signature of the type arguments; -1 where the instruction is not generic. */
  readonly typeArguments: number;
  readonly variant?: number;
}

/** The struct of a struct or variant instruction: Pack to MoveTo, with their generic forms. */
export function structOperand({ file, code }: FunctionView, pc: number): StructOperand {
  const module = file as CompiledModule;
  const a = code.a[pc];
  const { generic, ofVariant } = SHAPES[code.ops[pc]];
  if (ofVariant) {
    const row: Instantiation = generic
      ? module.structVariantInstantiations[a]
      : { of: a, typeArguments: -1 };
    const { owner, variant } = module.structVariantHandles[row.of];
    return { definition: owner, typeArguments: row.typeArguments, variant };
  }
  if (!generic) return { definition: a, typeArguments: -1 };
  const { of, typeArguments } = module.structInstantiations[a];
  return { definition: of, typeArguments };
}

/** The fields that packing takes and unpacking gives; undefined where the shapes do not fit. */
export function packedFields(
  file: CompiledFile,
  { definition, variant }: StructOperand,
): readonly FieldDefinition[] | undefined {
  const { layout } = (file as CompiledModule).structDefinitions[definition];
  if (variant === undefined) return layout.tag === "fields" ? layout.fields : undefined;
  return layout.tag === "variants" ? layout.variants[variant]?.fields : undefined;
}

/** A field that an instruction borrows, in one struct or in several variants of an enum. */
export interface FieldOperand {
  readonly owner: number;
  readonly position: number;
  readonly typeArguments: number;
  /** Undefined for a field of a plain struct. */
  readonly variants?: readonly number[];
}

export function fieldOperand({ file, code }: FunctionView, pc: number): FieldOperand {
  const module = file as CompiledModule;
  const { generic, ofVariant } = SHAPES[code.ops[pc]];
  const instantiations = ofVariant ? module.variantFieldInstantiations : module.fieldInstantiations;
  const row = generic ? instantiations[code.a[pc]] : { of: code.a[pc], typeArguments: -1 };
  const { typeArguments } = row;
  if (!ofVariant) {
    const { owner, field } = module.fieldHandles[row.of];
    return { owner, position: field, typeArguments };
  }
  const { owner, variants, field } = module.variantFieldHandles[row.of];
  return { owner, position: field, typeArguments, variants };
}

/** The parameters of a function that a closure captures, and those that its call gives. */
export function closureParts<T>(
  mask: bigint,
  parameters: readonly T[],
): { captured: T[]; given: T[] } {
  const isCaptured = (index: number) => ((mask >> BigInt(index)) & 1n) === 1n;
  return {
    captured: parameters.filter((_, index) => isCaptured(index)),
    given: parameters.filter((_, index) => !isCaptured(index)),
  };
}

/** The function handle that a call or a closure names, and the signature of its type arguments or -1. */
export function callOperand(
  { file, code }: FunctionView,
  pc: number,
): { handle: number; typeArguments: number } {
  if (!SHAPES[code.ops[pc]].generic) return { handle: code.a[pc], typeArguments: -1 };
  const { of, typeArguments } = file.functionInstantiations[code.a[pc]];
  return { handle: of, typeArguments };
}

/** The plain form of a generic instruction's name: `PackGeneric` is `Pack`. */
export function plainName(op: number): OpName {
  return SHAPES[op].plain;
}

/** What an instruction's name says of it, by its code. */
const SHAPES: readonly Shape[] = shapes();

interface Shape {
  readonly plain: OpName;
  readonly generic: boolean;
  readonly ofVariant: boolean;
}

function shapes(): Shape[] {
  const rows: Shape[] = [];
  for (const [code, name] of MOVE_OPS) {
    const generic = name.endsWith("Generic");
    const plain = (generic ? name.slice(0, -"Generic".length) : name) as OpName;
    rows[code] = { plain, generic, ofVariant: name.includes("Variant") };
  }
  return rows;
}
