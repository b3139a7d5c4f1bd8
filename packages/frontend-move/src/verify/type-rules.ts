// tidy: dispatch
import { ABILITIES_PRIMITIVE, ABILITY } from "../format/abilities.ts";
import type { JumpTable } from "../format/module.ts";
import type { OpName } from "../format/opcodes.ts";
import { BASIC, type PrimitiveTag } from "../format/signature-token.ts";
import { isPersistent } from "./dependencies.ts";
import {
  callOperand,
  closureParts,
  fieldOperand,
  packedFields,
  structOperand,
} from "./instruction-shape.ts";
import type { TypeId } from "./type-arena.ts";
import type { TypeChecker } from "./type-safety.ts";

type Rule = (checker: TypeChecker) => void;

const RULES: Partial<Record<OpName, Rule>> = {
  Pop(checker) {
    if (!checker.has(checker.pop(), "drop")) {
      checker.refuse("POP_WITHOUT_DROP_ABILITY", "the value cannot be dropped");
    }
  },
  Ret(checker) {
    const { returns } = checker.view;
    for (let i = returns.length - 1; i >= 0; i--) {
      const type = checker.types.token(returns[i]);
      checker.expectAssignable(type, "RET_TYPE_MISMATCH_ERROR", `result ${i} has another type`);
    }
  },
  BrTrue: branchOn,
  BrFalse: branchOn,
  Branch: () => {},
  Nop: () => {},
  Abort(checker) {
    checker.expect(checker.u64, "ABORT_TYPE_MISMATCH_ERROR", "the code is no u64");
  },
  AbortMsg(checker) {
    const text = checker.types.vector(checker.u8);
    checker.expect(text, "ABORT_TYPE_MISMATCH_ERROR", "the message is no vector<u8>");
    checker.expect(checker.u64, "ABORT_TYPE_MISMATCH_ERROR", "the code is no u64");
  },
  LdU8: load("u8"),
  LdU16: load("u16"),
  LdU32: load("u32"),
  LdU64: load("u64"),
  LdU128: load("u128"),
  LdU256: load("u256"),
  LdI8: load("i8"),
  LdI16: load("i16"),
  LdI32: load("i32"),
  LdI64: load("i64"),
  LdI128: load("i128"),
  LdI256: load("i256"),
  LdTrue: load("bool"),
  LdFalse: load("bool"),
  LdConst(checker) {
    const { view, types, pc } = checker;
    checker.push(types.token(view.file.constants[view.code.a[pc]].type));
  },
  CopyLoc(checker) {
    const type = localType(checker);
    if (!checker.has(type, "copy")) {
      checker.refuse("COPYLOC_WITHOUT_COPY_ABILITY", "the local's type cannot be copied");
    }
    checker.push(type);
  },
  MoveLoc: (checker) => checker.push(localType(checker)),
  StLoc(checker) {
    const type = localType(checker);
    checker.expectAssignable(type, "STLOC_TYPE_MISMATCH_ERROR", "the local has another type");
  },
  MutBorrowLoc: (checker) => borrowLocal(checker, true),
  ImmBorrowLoc: (checker) => borrowLocal(checker, false),
  MutBorrowField: (checker) => borrowField(checker, true),
  ImmBorrowField: (checker) => borrowField(checker, false),
  MutBorrowVariantField: (checker) => borrowField(checker, true),
  ImmBorrowVariantField: (checker) => borrowField(checker, false),
  Call: call,
  PackClosure: packClosure,
  CallClosure: callClosure,
  Pack: pack,
  PackVariant: pack,
  Unpack: unpack,
  UnpackVariant: unpack,
  UnpackVariantImmRef: (checker) => unpackReference(checker, false),
  UnpackVariantMutRef: (checker) => unpackReference(checker, true),
  VariantSwitch: switchVariant,
  TestVariant(checker) {
    const type = operandStruct(checker);
    if (referredType(checker, checker.pop()) !== type) {
      checker.refuse("TEST_VARIANT_TYPE_MISMATCH_ERROR", "no reference to the enum");
    }
    checker.push(checker.bool);
  },
  ReadRef(checker) {
    const inner = referredType(checker, checker.pop());
    if (inner === undefined) {
      return checker.refuse("READREF_TYPE_MISMATCH_ERROR", "no reference");
    }
    if (!checker.has(inner, "copy")) {
      checker.refuse("READREF_WITHOUT_COPY_ABILITY", "the value cannot be copied");
    }
    checker.push(inner);
  },
  WriteRef(checker) {
    const reference = checker.pop();
    const value = checker.pop();
    if (checker.types.tag(reference) !== "mutableReference") {
      checker.refuse("WRITEREF_NO_MUTABLE_REFERENCE_ERROR", "no mutable reference");
    }
    const inner = checker.types.inner(reference);
    if (!checker.has(inner, "drop")) {
      checker.refuse("WRITEREF_WITHOUT_DROP_ABILITY", "the old value cannot be dropped");
    }
    if (!checker.types.isAssignable(inner, value)) {
      checker.refuse("WRITEREF_TYPE_MISMATCH_ERROR", "the value has another type");
    }
  },
  FreezeRef(checker) {
    const reference = checker.pop();
    if (checker.types.tag(reference) !== "mutableReference") {
      checker.refuse("FREEZEREF_TYPE_MISMATCH_ERROR", "no mutable reference");
    }
    checker.push(checker.types.reference(false, checker.types.inner(reference)));
  },
  CastU8: cast("u8"),
  CastU16: cast("u16"),
  CastU32: cast("u32"),
  CastU64: cast("u64"),
  CastU128: cast("u128"),
  CastU256: cast("u256"),
  CastI8: cast("i8"),
  CastI16: cast("i16"),
  CastI32: cast("i32"),
  CastI64: cast("i64"),
  CastI128: cast("i128"),
  CastI256: cast("i256"),
  Negate(checker) {
    const type = checker.pop();
    if (!checker.isSignedInteger(type)) {
      checker.refuse("INTEGER_OP_TYPE_MISMATCH_ERROR", "the operand is no signed integer");
    }
    checker.push(type);
  },
  Add: arithmetic,
  Sub: arithmetic,
  Mul: arithmetic,
  Mod: arithmetic,
  Div: arithmetic,
  BitOr: bitwise,
  BitAnd: bitwise,
  Xor: bitwise,
  Shl: shift,
  Shr: shift,
  Or: logic,
  And: logic,
  Not(checker) {
    checker.expect(checker.bool, "BOOLEAN_OP_TYPE_MISMATCH_ERROR", "the operand is no bool");
    checker.push(checker.bool);
  },
  Eq: equality,
  Neq: equality,
  Lt: comparison,
  Gt: comparison,
  Le: comparison,
  Ge: comparison,
  Exists(checker) {
    const status = "EXISTS_WITHOUT_KEY_ABILITY_OR_BAD_ARGUMENT";
    if (!checker.has(operandStruct(checker), "key")) {
      checker.refuse(status, "the struct is no resource");
    }
    checker.expect(checker.address, status, "the operand is no address");
    checker.push(checker.bool);
  },
  MutBorrowGlobal: (checker) => borrowGlobal(checker, true),
  ImmBorrowGlobal: (checker) => borrowGlobal(checker, false),
  MoveFrom(checker) {
    const type = operandStruct(checker);
    if (!checker.has(type, "key")) {
      checker.refuse("MOVEFROM_WITHOUT_KEY_ABILITY", "the struct is no resource");
    }
    const status = "MOVEFROM_TYPE_MISMATCH_ERROR";
    checker.expect(checker.address, status, "the operand is no address");
    checker.push(type);
  },
  MoveTo(checker) {
    const type = operandStruct(checker);
    if (!checker.has(type, "key")) {
      checker.refuse("MOVETO_WITHOUT_KEY_ABILITY", "the struct is no resource");
    }
    const status = "MOVETO_TYPE_MISMATCH_ERROR";
    const value = checker.pop();
    const signer = checker.pop();
    if (value !== type) checker.refuse(status, "the value has another type");
    if (signer !== checker.types.reference(false, checker.signer)) {
      checker.refuse(status, "no &signer below the value");
    }
  },
  VecPack(checker) {
    const element = elementType(checker);
    for (let i = checker.view.code.b[checker.pc]; i > 0; i--) {
      checker.expectAssignable(element, "TYPE_MISMATCH", "an element has another type");
    }
    checker.push(checker.types.vector(element));
  },
  VecUnpack(checker) {
    const element = elementType(checker);
    checker.expect(checker.types.vector(element), "TYPE_MISMATCH", "no vector of this type");
    for (let i = checker.view.code.b[checker.pc]; i > 0; i--) checker.push(element);
  },
  VecLen(checker) {
    expectVectorReference(checker, checker.pop(), false);
    checker.push(checker.u64);
  },
  VecImmBorrow: (checker) => borrowElement(checker, false),
  VecMutBorrow: (checker) => borrowElement(checker, true),
  VecPushBack(checker) {
    const value = checker.pop();
    const vector = checker.pop();
    if (!checker.types.isAssignable(elementType(checker), value)) {
      checker.refuse("TYPE_MISMATCH", "the element has another type");
    }
    expectVectorReference(checker, vector, true);
  },
  VecPopBack(checker) {
    expectVectorReference(checker, checker.pop(), true);
    checker.push(elementType(checker));
  },
  VecSwap(checker) {
    const right = checker.pop();
    const left = checker.pop();
    const vector = checker.pop();
    if (left !== checker.u64 || right !== checker.u64) {
      checker.refuse("TYPE_MISMATCH", "an index is no u64");
    }
    expectVectorReference(checker, vector, true);
  },
};

/** The rule of an instruction, by the name of its plain form. */
export function typeRule(name: OpName): Rule {
  const rule = RULES[name];
  if (rule === undefined) throw new RangeError(`no type rule for ${name}`);
  return rule;
}

function branchOn(checker: TypeChecker): void {
  checker.expect(checker.bool, "BR_TYPE_MISMATCH_ERROR", "the condition is no bool");
}

function load(tag: PrimitiveTag): Rule {
  return (checker) => checker.push(checker.types.token(BASIC[tag]));
}

function cast(tag: PrimitiveTag): Rule {
  return (checker) => {
    if (!checker.isInteger(checker.pop())) {
      checker.refuse("INTEGER_OP_TYPE_MISMATCH_ERROR", "the operand is no integer");
    }
    checker.push(checker.types.token(BASIC[tag]));
  };
}

function localType({ view, types, pc }: TypeChecker): TypeId {
  return types.token(view.locals[view.code.a[pc]]);
}

/** The type behind a reference of either kind, undefined where there is none. */
function referredType({ types }: TypeChecker, type: TypeId): TypeId | undefined {
  const tag = types.tag(type);
  return tag === "reference" || tag === "mutableReference" ? types.inner(type) : undefined;
}

function borrowLocal(checker: TypeChecker, mutable: boolean): void {
  const type = localType(checker);
  if (referredType(checker, type) !== undefined) {
    checker.refuse("BORROWLOC_REFERENCE_ERROR", "the local holds a reference already");
  }
  checker.push(checker.types.reference(mutable, type));
}

function borrowField(checker: TypeChecker, mutable: boolean): void {
  const status = "BORROWFIELD_TYPE_MISMATCH_ERROR";
  const { types, module } = checker;
  const { owner, position, typeArguments, variants } = fieldOperand(checker.view, checker.pc);
  const given = checker.arguments(typeArguments);
  const reference = checker.pop();
  if (mutable && types.tag(reference) !== "mutableReference") {
    checker.refuse(status, "no mutable reference");
  }
  if (referredType(checker, reference) !== checker.structType(owner, given)) {
    checker.refuse(status, "no reference to the struct");
  }
  const { layout } = module.structDefinitions[owner];
  const places =
    layout.tag === "variants"
      ? (variants ?? []).map((variant) => layout.variants[variant]?.fields[position])
      : [layout.tag === "fields" ? layout.fields[position] : undefined];
  let field: TypeId | undefined;
  for (const place of places) {
    if (place === undefined) {
      return checker.refuse("BORROWFIELD_BAD_FIELD_ERROR", "the field is not there");
    }
    const type = types.instantiate(types.token(place.type), given);
    field ??= type;
    if (field !== type) checker.refuse(status, "the field's type differs among the variants");
  }
  if (field === undefined) return checker.refuse("ZERO_VARIANTS_ERROR", "no variant is named");
  checker.push(types.reference(mutable, field));
}

function call(checker: TypeChecker): void {
  const { view, types } = checker;
  const operand = callOperand(view, checker.pc);
  const { parameters, returns } = view.file.functionHandles[operand.handle];
  const given = checker.arguments(operand.typeArguments);
  const expected = types.signature(parameters);
  for (let i = expected.length - 1; i >= 0; i--) {
    const type = types.instantiate(expected[i], given);
    checker.expectAssignable(type, "CALL_TYPE_MISMATCH_ERROR", `argument ${i} has another type`);
  }
  for (const type of types.signature(returns)) checker.push(types.instantiate(type, given));
}

/**
 * A closure has the abilities that its function gives and all captured values have: those of the
 * persistent may be stored.
 */
function packClosure(checker: TypeChecker): void {
  const status = "PACK_TYPE_MISMATCH_ERROR";
  const { view, types, pc } = checker;
  const operand = callOperand(view, pc);
  const handle = view.file.functionHandles[operand.handle];
  const given = checker.arguments(operand.typeArguments);
  const parameters = types.signature(handle.parameters).map((id) => types.instantiate(id, given));
  const parts = closureParts(view.code.wide[view.code.b[pc]], parameters);
  let abilities = isPersistent(handle) ? ABILITIES_PRIMITIVE : ABILITY.copy | ABILITY.drop;
  for (const wanted of parts.captured.reverse()) {
    const type = checker.pop();
    abilities &= types.abilities(type, view.typeParameters);
    if (!types.isAssignable(wanted, type)) {
      checker.refuse(status, "a captured value has another type");
    }
    if (referredType(checker, wanted) !== undefined) {
      checker.refuse(status, "a reference cannot be captured");
    }
  }
  const results = types.signature(handle.returns).map((id) => types.instantiate(id, given));
  checker.push(types.function(parts.given, results, abilities));
}

function callClosure(checker: TypeChecker): void {
  const status = "CALL_TYPE_MISMATCH_ERROR";
  const { types, view, pc } = checker;
  const type = types.signature(view.code.a[pc])[0];
  checker.expectAssignable(type, status, "no closure of this type");
  const { parameters, results } = types.functionParts(type);
  for (let i = parameters.length - 1; i >= 0; i--) {
    checker.expectAssignable(parameters[i], status, `argument ${i} has another type`);
  }
  for (const result of results) checker.push(result);
}

function operandStruct(checker: TypeChecker): TypeId {
  const { definition, typeArguments } = structOperand(checker.view, checker.pc);
  return checker.structType(definition, checker.arguments(typeArguments));
}

/** The struct's type and the types of the fields that packing takes. */
function packedTypes(checker: TypeChecker): { type: TypeId; fields: TypeId[] } {
  const { types } = checker;
  const operand = structOperand(checker.view, checker.pc);
  const given = checker.arguments(operand.typeArguments);
  const fields = packedFields(checker.view.file, operand);
  if (fields === undefined) {
    return checker.refuse("PACK_TYPE_MISMATCH_ERROR", "the struct has no such fields");
  }
  return {
    type: checker.structType(operand.definition, given),
    fields: fields.map((field) => types.instantiate(types.token(field.type), given)),
  };
}

function pack(checker: TypeChecker): void {
  const { type, fields } = packedTypes(checker);
  for (let i = fields.length - 1; i >= 0; i--) {
    checker.expectAssignable(fields[i], "PACK_TYPE_MISMATCH_ERROR", `field ${i} has another type`);
  }
  checker.push(type);
}

function unpack(checker: TypeChecker): void {
  const { type, fields } = packedTypes(checker);
  checker.expect(type, "UNPACK_TYPE_MISMATCH_ERROR", "the value has another type");
  for (const field of fields) checker.push(field);
}

/** A reference to a variant becomes references to its fields. */
function unpackReference(checker: TypeChecker, mutable: boolean): void {
  const { types } = checker;
  const { type, fields } = packedTypes(checker);
  const wanted = types.reference(mutable, type);
  checker.expect(wanted, "UNPACK_TYPE_MISMATCH_ERROR", "no such reference to the enum");
  for (const field of fields) checker.push(types.reference(mutable, field));
}

function switchVariant(checker: TypeChecker): void {
  const { types, view, pc, module } = checker;
  const reference = checker.pop();
  if (types.tag(reference) !== "reference") {
    checker.refuse("ENUM_SWITCH_BAD_OPERAND", "no immutable reference");
  }
  const { owner } = (view.code.jumpTables as readonly JumpTable[])[view.code.a[pc]];
  if (types.handle(types.inner(reference)) !== module.structDefinitions[owner].handle) {
    checker.refuse("ENUM_TYPE_MISMATCH", "the jump table is of another type");
  }
}

/** Signed integers have no bits to combine. */
function bitwise(checker: TypeChecker): void {
  arithmetic(checker);
  const type = checker.pop();
  if (checker.isSignedInteger(type)) {
    checker.refuse("INTEGER_OP_TYPE_MISMATCH_ERROR", "the operands are signed");
  }
  checker.push(type);
}

function arithmetic(checker: TypeChecker): void {
  const right = checker.pop();
  const left = checker.pop();
  if (left !== right || !checker.isInteger(left)) {
    checker.refuse("INTEGER_OP_TYPE_MISMATCH_ERROR", "no two integers of one type");
  }
  checker.push(left);
}

function comparison(checker: TypeChecker): void {
  arithmetic(checker);
  checker.pop();
  checker.push(checker.bool);
}

function shift(checker: TypeChecker): void {
  const amount = checker.pop();
  const value = checker.pop();
  const isUnsigned = checker.isInteger(value) && !checker.isSignedInteger(value);
  if (amount !== checker.u8 || !isUnsigned) {
    checker.refuse("INTEGER_OP_TYPE_MISMATCH_ERROR", "no unsigned integer and u8");
  }
  checker.push(value);
}

function logic(checker: TypeChecker): void {
  const right = checker.pop();
  const left = checker.pop();
  if (left !== checker.bool || right !== checker.bool) {
    checker.refuse("BOOLEAN_OP_TYPE_MISMATCH_ERROR", "no two bools");
  }
  checker.push(checker.bool);
}

function equality(checker: TypeChecker): void {
  const right = checker.pop();
  const left = checker.pop();
  if (left !== right || !checker.has(left, "drop")) {
    checker.refuse("EQUALITY_OP_TYPE_MISMATCH_ERROR", "no two droppable values of one type");
  }
  checker.push(checker.bool);
}

function borrowGlobal(checker: TypeChecker, mutable: boolean): void {
  const status = "BORROWGLOBAL_TYPE_MISMATCH_ERROR";
  checker.expect(checker.address, status, "the operand is no address");
  const type = operandStruct(checker);
  if (!checker.has(type, "key")) {
    checker.refuse("BORROWGLOBAL_WITHOUT_KEY_ABILITY", "the struct is no resource");
  }
  checker.push(checker.types.reference(mutable, type));
}

function elementType({ types, view, pc }: TypeChecker): TypeId {
  return types.signature(view.code.a[pc])[0];
}

function expectVectorReference(checker: TypeChecker, type: TypeId, mutable: boolean): void {
  const { types } = checker;
  const vector = types.vector(elementType(checker));
  const isWanted =
    type === types.reference(true, vector) || (!mutable && type === types.reference(false, vector));
  if (!isWanted) checker.refuse("TYPE_MISMATCH", "no reference to such a vector");
}

function borrowElement(checker: TypeChecker, mutable: boolean): void {
  checker.expect(checker.u64, "TYPE_MISMATCH", "the index is no u64");
  expectVectorReference(checker, checker.pop(), mutable);
  checker.push(checker.types.reference(mutable, elementType(checker)));
}
