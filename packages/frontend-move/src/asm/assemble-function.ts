import type { Code } from "../format/module.ts";
import type { OpName } from "../format/opcodes.ts";
import { OP, opOperand } from "../format/opcodes.ts";
import { assembleBlocks } from "./assemble-blocks.ts";
import { CodeBuilder } from "./code-builder.ts";
import type { InstantiationPool } from "./pool-builder.ts";
import type {
  BodyNode,
  FunctionNode,
  LineNode,
  Located,
  OperandNode,
  SwitchTarget,
  TypeNode,
} from "./syntax-tree.ts";
import type { TypeNames, UnitScope } from "./unit-scope.ts";

/** What names mean inside one function. */
export interface FunctionScope {
  readonly unit: UnitScope;
  readonly code: CodeBuilder;
  readonly typeNames: TypeNames;
  readonly locals: ReadonlyMap<string, number>;
}

/** The code of a function with a body. */
export function assembleBody(unit: UnitScope, node: FunctionNode, body: BodyNode): Code {
  const typeNames = unit.typeNames(node.typeParameters);
  const locals = new Map<string, number>();
  for (const list of [node.parameters, body.locals]) {
    if (list.length > 255) unit.refuse(list[255].at, "a signature has at most 255 types");
  }
  for (const { at, name } of [...node.parameters, ...body.locals]) {
    if (locals.has(name)) unit.refuse(at, `the local ${name} is there twice`);
    if (locals.size > 255) unit.refuse(at, "a function has at most 256 locals");
    locals.set(name, locals.size);
  }
  const types = body.locals.map(({ type }) => unit.token(type, typeNames));
  const signature = unit.pools.signature(types);
  const scope: FunctionScope = { unit, code: new CodeBuilder(unit), typeNames, locals };
  if (body.tag === "blocks") assembleBlocks(scope, body.blocks);
  else for (const line of body.lines) assembleLine(scope, line);
  return scope.code.finish(signature);
}

/** The index of a local by its name. */
export function localIndex({ unit, locals }: FunctionScope, name: string, place: Located): number {
  const index = locals.get(name);
  if (index === undefined) return unit.refuse(place.at, `the local ${name} is unknown`);
  return index;
}

function assembleLine(scope: FunctionScope, line: LineNode): void {
  if (line.tag === "label") scope.code.label(line.name, line);
  else assembleInstruction(scope, line.op, line.operand, line);
}

function assembleInstruction(
  scope: FunctionScope,
  op: OpName,
  operand: OperandNode,
  place: Located,
): void {
  const { unit, code, typeNames } = scope;
  switch (operand.tag) {
    case "none":
      code.emit(op);
      return;
    case "name":
      if (opOperand(OP[op]) === "branch") {
        code.emitBranch(op, operand.name, place);
        return;
      }
      code.emit(op, localIndex(scope, operand.name, place));
      return;
    case "integer":
      code.emitInteger(op, operand.value);
      return;
    case "constant":
      code.emit(op, unit.pools.constant(unit.token(operand.type, typeNames), operand.data));
      return;
    case "elements":
      code.emit(
        op,
        unit.pools.signature(unit.tokens(operand.typeArguments, typeNames)),
        operand.count,
      );
      return;
    case "closure": {
      const handle = functionOf(scope, operand, place);
      const index = genericIndex(scope, op, handle, operand.typeArguments);
      code.emitClosure(op, index, operand.mask, place);
      return;
    }
    case "switch":
      emitSwitch(scope, operand.struct, operand.targets, place);
      return;
    case "function":
      emitGeneric(scope, op, functionOf(scope, operand, place), operand.typeArguments);
      return;
    case "struct":
      emitGeneric(scope, op, unit.structIndex(operand.name, place), operand.typeArguments);
      return;
    case "field": {
      const field = fieldOf(unit, operand.struct, operand.field, place);
      emitGeneric(scope, op, field, operand.typeArguments);
      return;
    }
    case "variant": {
      const [variant] = operand.variants;
      if (operand.field === undefined) {
        emitVariant(scope, op, [operand.struct, variant], operand.typeArguments, place);
      } else {
        emitGeneric(scope, op, variantFieldOf(unit, operand, place), operand.typeArguments);
      }
      return;
    }
  }
}

function functionOf(
  { unit }: FunctionScope,
  { module, name }: { module: string; name: string },
  place: Located,
): number {
  return unit.function(module, name, place);
}

/** The field handle of a field of a struct of the module. */
export function fieldOf(unit: UnitScope, struct: string, field: string, place: Located): number {
  const layout = unit.layout(struct, place);
  if (layout.tag !== "fields") return unit.refuse(place.at, `${struct} has no fields`);
  const name = unit.pools.identifier(field);
  const position = layout.fields.findIndex((candidate) => candidate.name === name);
  if (position < 0) return unit.refuse(place.at, `${struct} has no field ${field}`);
  return unit.pools.field(unit.structIndex(struct, place), position);
}

function variantFieldOf(
  unit: UnitScope,
  { struct, variants, field }: Extract<OperandNode, { tag: "variant" }>,
  place: Located,
): number {
  const layout = unit.layout(struct, place);
  if (layout.tag !== "variants") return unit.refuse(place.at, `${struct} has no variants`);
  const owner = unit.structIndex(struct, place);
  const indices = variants.map((variant) => variantIndex(unit, struct, variant, place));
  const name = unit.pools.identifier(field as string);
  const { fields } = layout.variants[indices[0]];
  const position = fields.findIndex((candidate) => candidate.name === name);
  if (position < 0) return unit.refuse(place.at, `${struct}::${variants[0]} has no field ${field}`);
  return unit.pools.variantField(owner, indices, position);
}

/** The number of a variant of an enum of the module. */
export function variantIndex(
  unit: UnitScope,
  struct: string,
  variant: string,
  place: Located,
): number {
  const layout = unit.layout(struct, place);
  const variants = layout.tag === "variants" ? layout.variants : [];
  const name = unit.pools.identifier(variant);
  const index = variants.findIndex((candidate) => candidate.name === name);
  return index < 0 ? unit.refuse(place.at, `${struct} has no variant ${variant}`) : index;
}

/** Emits a switch; a text may list the variants in any order, the table has them in that of the enum. */
export function emitSwitch(
  { unit, code }: FunctionScope,
  struct: string,
  targets: readonly SwitchTarget[],
  place: Located,
): void {
  const sorted: SwitchTarget[] = [];
  for (const target of targets) {
    const index = variantIndex(unit, struct, target.variant, target);
    if (sorted[index] !== undefined) {
      unit.refuse(target.at, `the variant ${target.variant} is there twice`);
    }
    sorted[index] = target;
  }
  const given = sorted.filter((target) => target !== undefined);
  code.emitSwitch(unit.structIndex(struct, place), given, place);
}

const POOL_OF_OPERAND: Partial<Record<string, InstantiationPool>> = {
  functionInst: "functionInstantiations",
  closureInst: "functionInstantiations",
  structInst: "structInstantiations",
  fieldInst: "fieldInstantiations",
  variantFieldInst: "variantFieldInstantiations",
  structVariantInst: "structVariantInstantiations",
};

/** Emits an instruction on a handle, or on its instantiation if the instruction is generic. */
export function emitGeneric(
  scope: FunctionScope,
  op: OpName,
  of: number,
  typeArguments: readonly TypeNode[] | undefined,
): void {
  scope.code.emit(op, genericIndex(scope, op, of, typeArguments));
}

/** The operand of an instruction on a handle: the handle, or its instantiation. */
function genericIndex(
  { unit, typeNames }: FunctionScope,
  op: OpName,
  of: number,
  typeArguments: readonly TypeNode[] | undefined,
): number {
  const pool = POOL_OF_OPERAND[opOperand(OP[op])];
  if (pool === undefined) return of;
  return unit.pools.instantiation(pool, of, unit.tokens(typeArguments ?? [], typeNames));
}

/** Emits an instruction on a variant of an enum of the module. */
export function emitVariant(
  scope: FunctionScope,
  op: OpName,
  [struct, variant]: readonly [struct: string, variant: string],
  typeArguments: readonly TypeNode[] | undefined,
  place: Located,
): void {
  const { unit, code, typeNames } = scope;
  const owner = unit.structIndex(struct, place);
  const index = variantIndex(unit, struct, variant, place);
  const isGeneric = opOperand(OP[op]) === "structVariantInst";
  if (isGeneric && unit.dialect.dialect.flavour === "sui") {
    code.emit(
      op,
      unit.pools.enumVariant(owner, index, unit.tokens(typeArguments ?? [], typeNames)),
    );
    return;
  }
  emitGeneric(scope, op, unit.pools.structVariant(owner, index), typeArguments);
}
