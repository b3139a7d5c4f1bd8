// tidy: dispatch
import type { OpName } from "../format/opcodes.ts";
import { BASIC, type PrimitiveTag } from "../format/signature-token.ts";
import { callOperand, fieldOperand, packedFields, structOperand } from "./instruction-shape.ts";
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
      checker.expect(type, "RET_TYPE_MISMATCH_ERROR", `result ${i} has another type`);
    }
  },
  BrTrue: branchOn,
  BrFalse: branchOn,
  Branch: () => {},
  Nop: () => {},
  Abort(checker) {
    checker.expect(checker.u64, "ABORT_TYPE_MISMATCH_ERROR", "the code is no u64");
  },
  LdU8: load("u8"),
  LdU16: load("u16"),
  LdU32: load("u32"),
  LdU64: load("u64"),
  LdU128: load("u128"),
  LdU256: load("u256"),
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
    checker.expect(type, "STLOC_TYPE_MISMATCH_ERROR", "the local has another type");
  },
  MutBorrowLoc: (checker) => borrowLocal(checker, true),
  ImmBorrowLoc: (checker) => borrowLocal(checker, false),
  MutBorrowField: (checker) => borrowField(checker, true),
  ImmBorrowField: (checker) => borrowField(checker, false),
  MutBorrowVariantField: (checker) => borrowField(checker, true),
  ImmBorrowVariantField: (checker) => borrowField(checker, false),
  Call: call,
  Pack: pack,
  PackVariant: pack,
  Unpack: unpack,
  UnpackVariant: unpack,
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
    if (value !== inner) {
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
  Add: arithmetic,
  Sub: arithmetic,
  Mul: arithmetic,
  Mod: arithmetic,
  Div: arithmetic,
  BitOr: arithmetic,
  BitAnd: arithmetic,
  Xor: arithmetic,
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
      checker.expect(element, "TYPE_MISMATCH", "an element has another type");
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
    if (value !== elementType(checker)) {
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
    checker.expect(type, "CALL_TYPE_MISMATCH_ERROR", `argument ${i} has another type`);
  }
  for (const type of types.signature(returns)) checker.push(types.instantiate(type, given));
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
    checker.expect(fields[i], "PACK_TYPE_MISMATCH_ERROR", `field ${i} has another type`);
  }
  checker.push(type);
}

function unpack(checker: TypeChecker): void {
  const { type, fields } = packedTypes(checker);
  checker.expect(type, "UNPACK_TYPE_MISMATCH_ERROR", "the value has another type");
  for (const field of fields) checker.push(field);
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
  if (amount !== checker.u8 || !checker.isInteger(value)) {
    checker.refuse("INTEGER_OP_TYPE_MISMATCH_ERROR", "no integer and u8");
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
