import type { FieldDefinition } from "../format/module.ts";
import { OP, type OpName, opOperand } from "../format/opcodes.ts";
import { BASIC } from "../format/signature-token.ts";
import {
  emitGeneric,
  emitSwitch,
  emitVariant,
  type FunctionScope,
  fieldOf,
  localIndex,
  variantIndex,
} from "./assemble-function.ts";
import { lengthPrefixed } from "./parse-instruction.ts";
import type {
  BlockNode,
  ExpressionNode,
  StatementNode,
  TargetNode,
  TypeNode,
} from "./syntax-tree.ts";

import type { UnitScope } from "./unit-scope.ts";

/**
 * Emits the statements of Move IR, instruction for instruction as the public IR compiler does, so
 * that code offsets in recorded results mean the same here.
 */
export function assembleBlocks(scope: FunctionScope, blocks: readonly BlockNode[]): void {
  for (const block of blocks) {
    scope.code.label(block.label, block);
    for (const statement of block.statements) emitStatement(scope, statement);
  }
}

function emitStatement(scope: FunctionScope, statement: StatementNode): void {
  const { code } = scope;
  switch (statement.tag) {
    case "abort":
      if (statement.code !== undefined) emitExpression(scope, statement.code);
      code.emit("Abort");
      return;
    case "assert": {
      emitExpression(scope, statement.condition);
      code.emit("Not");
      // The name cannot be written in a text, so no label of the text collides with it.
      const label = `assert ${code.length}`;
      code.emitBranch("BrFalse", label, statement);
      emitExpression(scope, statement.code);
      code.emit("Abort");
      code.label(label, statement);
      return;
    }
    case "assign":
      emitExpression(scope, statement.value);
      for (const target of [...statement.targets].reverse()) emitTarget(scope, target);
      return;
    case "expression":
      emitExpression(scope, statement.value);
      return;
    case "jump":
      code.emitBranch("Branch", statement.label, statement);
      return;
    case "jumpIf":
    case "jumpIfFalse":
      emitExpression(scope, statement.condition);
      code.emitBranch(
        statement.tag === "jumpIf" ? "BrTrue" : "BrFalse",
        statement.label,
        statement,
      );
      return;
    case "return":
      for (const value of statement.values) emitExpression(scope, value);
      code.emit("Ret");
      return;
    case "switch":
      emitExpression(scope, statement.value);
      emitSwitch(scope, statement.struct, statement.targets, statement);
      return;
    case "unpack": {
      emitExpression(scope, statement.value);
      emitUnpack(scope, statement);
      for (const name of [...statement.variables].reverse()) {
        code.emit("StLoc", localIndex(scope, name, statement));
      }
    }
  }
}

const UNPACK_VARIANT = {
  value: "UnpackVariant",
  reference: "UnpackVariantImmRef",
  mutableReference: "UnpackVariantMutRef",
} as const satisfies Record<string, OpName>;

function emitUnpack(
  scope: FunctionScope,
  statement: Extract<StatementNode, { tag: "unpack" }>,
): void {
  const { struct, variant, by, typeArguments } = statement;
  if (variant === undefined) {
    const index = scope.unit.structIndex(struct, statement);
    emitGenericIf(scope, "Unpack", index, typeArguments);
    return;
  }
  const op = genericIf(UNPACK_VARIANT[by ?? "value"], typeArguments);
  emitVariant(scope, op, [struct, variant], typeArguments, statement);
}

function genericIf(op: OpName, typeArguments: readonly TypeNode[]): OpName {
  return typeArguments.length === 0 ? op : (`${op}Generic` as OpName);
}

function emitTarget(scope: FunctionScope, target: TargetNode): void {
  switch (target.tag) {
    case "variable":
      scope.code.emit("StLoc", localIndex(scope, target.name, target));
      return;
    case "mutate":
      emitExpression(scope, target.reference);
      scope.code.emit("WriteRef");
      return;
    case "discard":
      scope.code.emit("Pop");
      return;
  }
}

/** The generic form of an instruction where there are type arguments, else the plain one. */
function emitGenericIf(
  scope: FunctionScope,
  op: OpName,
  of: number,
  typeArguments: readonly TypeNode[],
): void {
  emitGeneric(scope, genericIf(op, typeArguments), of, typeArguments);
}

const LOAD: Record<number, OpName> = {
  8: "LdU8",
  16: "LdU16",
  32: "LdU32",
  64: "LdU64",
  128: "LdU128",
  256: "LdU256",
};

const LOCAL_OP = {
  move: "MoveLoc",
  copy: "CopyLoc",
  borrow: "ImmBorrowLoc",
  borrowMut: "MutBorrowLoc",
} as const satisfies Record<string, OpName>;

const BYTES = { tag: "vector", inner: BASIC.u8 } as const;

function emitExpression(scope: FunctionScope, node: ExpressionNode): void {
  const { code, unit } = scope;
  switch (node.tag) {
    case "move":
    case "copy":
    case "borrow":
    case "borrowMut":
      code.emit(LOCAL_OP[node.tag], localIndex(scope, node.name, node));
      return;
    case "integer":
      code.emitInteger(LOAD[node.bits], node.value);
      return;
    case "boolean":
      code.emit(node.value ? "LdTrue" : "LdFalse");
      return;
    case "address":
      code.emit("LdConst", unit.pools.constant(BASIC.address, node.value));
      return;
    case "bytes":
      code.emit("LdConst", unit.pools.constant(BYTES, lengthPrefixed(node.value)));
      return;
    case "not":
    case "dereference":
      emitExpression(scope, node.inner);
      code.emit(node.tag === "not" ? "Not" : "ReadRef");
      return;
    case "binary":
      emitExpression(scope, node.left);
      emitExpression(scope, node.right);
      code.emit(node.op);
      return;
    case "borrowField": {
      emitExpression(scope, node.inner);
      const field = fieldOf(unit, node.struct, node.field, node);
      const op = node.mutable ? "MutBorrowField" : "ImmBorrowField";
      emitGenericIf(scope, op, field, node.typeArguments);
      return;
    }
    case "pack":
      emitPack(scope, node);
      return;
    case "call": {
      emitExpression(scope, node.argument);
      const handle = unit.function(node.module, node.name, node);
      emitGenericIf(scope, "Call", handle, node.typeArguments);
      return;
    }
    case "builtin":
      emitBuiltin(scope, node);
      return;
    case "list":
      for (const item of node.items) emitExpression(scope, item);
  }
}

function emitPack(scope: FunctionScope, node: Extract<ExpressionNode, { tag: "pack" }>): void {
  const { unit } = scope;
  const { struct, variant, typeArguments } = node;
  const names = fieldsOf(unit, node).map(({ name }) => name);
  node.fields.forEach(({ name, value }, position) => {
    if (names[position] !== unit.pools.identifier(name)) {
      unit.refuse(value.at, `${name} is not field ${position} of ${node.struct}`);
    }
    emitExpression(scope, value);
  });
  if (variant !== undefined) {
    const op = genericIf("PackVariant", typeArguments);
    emitVariant(scope, op, [struct, variant], typeArguments, node);
    return;
  }
  emitGenericIf(scope, "Pack", unit.structIndex(struct, node), typeArguments);
}

/** The fields that packing takes; none where the struct has another form. */
function fieldsOf(
  unit: UnitScope,
  node: Extract<ExpressionNode, { tag: "pack" }>,
): readonly FieldDefinition[] {
  const layout = unit.layout(node.struct, node);
  if (node.variant === undefined) return layout.tag === "fields" ? layout.fields : [];
  const index = variantIndex(unit, node.struct, node.variant, node);
  return layout.tag === "variants" ? layout.variants[index].fields : [];
}

function emitBuiltin(
  scope: FunctionScope,
  node: Extract<ExpressionNode, { tag: "builtin" }>,
): void {
  const { code, unit, typeNames } = scope;
  emitExpression(scope, node.argument);
  switch (opOperand(OP[node.op])) {
    case "struct":
      emitGenericIf(scope, node.op, unit.structIndex(node.struct, node), node.typeArguments);
      return;
    case "signature":
    case "vectorCount":
      code.emit(
        node.op,
        unit.pools.signature(unit.tokens(node.typeArguments, typeNames)),
        node.count,
      );
      return;
    default:
      code.emit(node.op);
      return;
  }
}
