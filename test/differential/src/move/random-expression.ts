import type { Random } from "@dragoman/core/testing";
import type { RandomBody } from "./random-body.ts";
import { writeSigned, writeUnsignedOfSigned } from "./random-signed.ts";
import {
  BITS,
  BOOL,
  type RandomFunctionType,
  type RandomType,
  sameType,
  typeText,
  U8,
  U64,
} from "./random-types.ts";

/** Writes instructions that push one value of `type`. */
export function writeExpression(body: RandomBody, type: RandomType, depth: number): void {
  const { random } = body;
  if (depth <= 0 || body.budget <= 0) return writeLeaf(body, type);
  switch (random.below(11)) {
    case 0:
    case 1:
      return writeLeaf(body, type);
    case 2:
      return writeMove(body, type);
    case 3:
      return writeCall(body, type, depth);
    case 4:
      return writeFieldRead(body, type, depth);
    case 5:
      return writeElementRead(body, type, depth);
    case 6:
      return writeGeneric(body, type, depth);
    case 7:
      return writeNestedRead(body, type, depth);
    default:
      return writeOperation(body, type, depth);
  }
}

/** A local, or a literal. */
function writeLeaf(body: RandomBody, type: RandomType): void {
  const local = body.free((own) => sameType(own, type));
  if (local === undefined || body.random.oneIn(3)) return writeLiteral(body, type);
  if (body.random.oneIn(4)) body.emit(`ImmBorrowLoc ${local.name}`, "ReadRef");
  else body.emit(`CopyLoc ${local.name}`);
}

function writeLiteral(body: RandomBody, type: RandomType): void {
  const { random } = body;
  switch (type.kind) {
    case "bool":
      return body.emit(random.oneIn(2) ? "LdTrue" : "LdFalse");
    case "address":
      return body.emit(random.oneIn(2) ? "CopyLoc who" : `LdConst address 0x${random.below(99)}`);
    case "integer": {
      const load = random.oneIn(8) ? `LdConst u${type.bits}` : `LdU${type.bits}`;
      return body.emit(`${load} ${random.word(type.bits)}`);
    }
    case "signed": {
      const load = random.oneIn(8) ? `LdConst i${type.bits}` : `LdI${type.bits}`;
      return body.emit(`${load} ${BigInt.asIntN(type.bits, random.word(type.bits))}`);
    }
    case "function":
      return writeFirstClosure(body, type);
    case "vector": {
      const { kind } = type.element;
      if ((kind === "integer" || kind === "signed") && random.oneIn(3)) {
        const bytes = randomVector(random, (type.element as { bits: number }).bits);
        return body.emit(`LdConst ${typeText(type)} x"${bytes}"`);
      }
      const count = random.below(4);
      for (let index = 0; index < count; index++) writeLeaf(body, type.element);
      return body.emit(`VecPack<${typeText(type.element)}> ${count}`);
    }
    case "box":
      writeLeaf(body, type.inner);
      writeLeaf(body, U8);
      return body.emit(`Pack Box<${typeText(type.inner)}>`);
    case "struct":
      for (const field of type.fields) writeLeaf(body, field);
      return body.emit(`Pack ${type.name}`);
    case "enum": {
      const at = random.below(type.variants.length);
      for (const field of type.variants[at] as RandomType[]) writeLeaf(body, field);
      return body.emit(`PackVariant ${type.name}::V${at}`);
    }
  }
}

/** BCS of a vector of integers, in hexadecimal: now and then one that is not written out as stores. */
function randomVector(random: Random, bits: number): string {
  const count = random.oneIn(4) ? random.between(20, 100) : random.below(6);
  const byte = (value: number): string => value.toString(16).padStart(2, "0");
  const bytes = Array.from({ length: (count * bits) / 8 }, () => byte(random.below(256)));
  return byte(count) + bytes.join("");
}

/** A closure of the first function of its type, which captures nothing of that type: literals end. */
function writeFirstClosure(body: RandomBody, type: RandomFunctionType): void {
  const maker = body.callees.find((fn) => fn.closure?.type === type);
  for (const captured of maker?.closure?.captured ?? []) writeLeaf(body, captured);
  body.emit(`PackClosure Self.${maker?.name} ${maker?.closure?.mask}`);
}

/** A closure of any function that is there. */
function writeClosure(body: RandomBody, type: RandomFunctionType, depth: number): void {
  const makers = body.callees.filter((fn) => fn.closure?.type === type);
  const { name, closure } = body.random.pick(makers);
  for (const captured of closure?.captured ?? []) writeExpression(body, captured, depth - 1);
  body.emit(`PackClosure Self.${name} ${closure?.mask}`);
}

/** Moves a local, and gives it another value while the old one is on the stack. */
function writeMove(body: RandomBody, type: RandomType): void {
  const local = body.free((own) => sameType(own, type));
  if (local === undefined) return writeLeaf(body, type);
  body.emit(`MoveLoc ${local.name}`);
  body.while(local, () => writeLiteral(body, type));
  body.emit(`StLoc ${local.name}`);
}

function writeCall(body: RandomBody, type: RandomType, depth: number): void {
  const { functions, all } = body.types;
  const closures = functions.filter(
    (fn) =>
      all.includes(fn) && fn.borrowed.length === 0 && sameType(fn.results[0] as RandomType, type),
  );
  if (depth >= 2 && closures.length > 0 && body.random.oneIn(2)) {
    const called = body.random.pick(closures);
    body.callClosure(called, []);
    for (let index = 1; index < called.results.length; index++) body.emit("Pop");
    return;
  }
  const callee = body.pickCallee(
    (fn) => fn.borrowed.length === 0 && sameType(fn.results[0] as RandomType, type),
  );
  if (callee === undefined || depth < 2) return writeOperation(body, type, depth);
  body.call(callee, []);
  for (let index = 1; index < callee.results.length; index++) body.emit("Pop");
}

/** A field of a struct of some local, by reference or by taking a copy apart. */
function writeFieldRead(body: RandomBody, type: RandomType, depth: number): void {
  const { random } = body;
  const local = body.free(
    (own) => own.kind === "struct" && own.fields.some((field) => sameType(field, type)),
  );
  if (local?.type.kind !== "struct") return writeOperation(body, type, depth);
  const { fields, name } = local.type;
  const at = fields.findIndex((field) => sameType(field, type));
  if (at === 0 && random.oneIn(2)) {
    body.emit(`CopyLoc ${local.name}`, `Unpack ${name}`);
    for (let index = 1; index < fields.length; index++) body.emit("Pop");
  } else {
    body.emit(`ImmBorrowLoc ${local.name}`, `ImmBorrowField ${name}::f${at}`, "ReadRef");
  }
}

/** An element of a local vector, by reference or popped. */
function writeElementRead(body: RandomBody, type: RandomType, depth: number): void {
  const { random } = body;
  const local = body.free((own) => own.kind === "vector" && sameType(own.element, type));
  if (local === undefined) return writeOperation(body, type, depth);
  const element = typeText(type);
  if (random.oneIn(3)) {
    body.emit(`MutBorrowLoc ${local.name}`, `VecPopBack<${element}>`);
  } else {
    const index = random.below(3);
    body.emit(`ImmBorrowLoc ${local.name}`, `LdU64 ${index}`, `VecImmBorrow<${element}>`);
    body.emit("ReadRef");
  }
}

/** Through a generic function. */
function writeGeneric(body: RandomBody, type: RandomType, depth: number): void {
  const { random } = body;
  const text = typeText(type);
  const local = body.free((own) => sameType(own, type));
  const { globals, closures } = body.types.dialect;
  if (closures && random.oneIn(5)) {
    return writeTwo(body, type, depth, `Call Self.${random.pick(["later", "mapped"])}<${text}>`);
  }
  switch (random.below(globals ? 11 : 9)) {
    case 5:
      if (local === undefined) return writeOperation(body, type, depth);
      return body.emit(`MutBorrowLoc ${local.name}`, `Call Self.frozen<${text}>`, "ReadRef");
    case 6:
      return writeTwo(body, type, depth, `Call Self.boxed<${text}>`);
    case 7:
      writeExpression(body, type, depth - 1);
      body.emit(`LdU8 ${random.below(6)}`, `Call Self.wrap<${text}>`);
      writeExpression(body, type, depth - 1);
      return body.emit(`Call Self.unwrap<${text}>`);
    case 8:
      writeExpression(body, type, depth - 1);
      // More than 3, and it is the other variant: some fails.
      body.emit(`LdU8 ${random.below(random.oneIn(6) ? 6 : 3)}`, `Call Self.wrap<${text}>`);
      return body.emit(`Call Self.some<${text}>`);
    case 9:
    case 10:
      if (body.pure) return writeOperation(body, type, depth);
      body.acquires.add("Q");
      body.emit("CopyLoc s");
      writeExpression(body, type, depth - 1);
      return body.emit(`Call Self.${random.pick(["keep", "keep", "gone"])}<${text}>`);
    case 0:
      writeExpression(body, type, depth - 1);
      return body.emit(`Call Self.id<${text}>`);
    case 1:
      if (local === undefined) return writeOperation(body, type, depth);
      return body.emit(`ImmBorrowLoc ${local.name}`, `Call Self.again<${text}>`);
    case 2:
      if (local === undefined) return writeOperation(body, type, depth);
      body.emit(`ImmBorrowLoc ${local.name}`, `LdU8 ${random.below(256)}`);
      return body.emit(`Call Self.box<${text}>`, `Call Self.inside<${text}>`);
    case 3:
      writeExpression(body, { kind: "vector", element: type }, depth - 1);
      return body.emit(`Call Self.last<${text}>`);
    default:
      writeTwo(body, type, depth, `Call Self.three<${text}>`);
      return body.emit(`VecUnpack<${text}> 3`, "Pop", "Pop");
  }
}

function writeTwo(body: RandomBody, type: RandomType, depth: number, call: string): void {
  writeExpression(body, type, depth - 1);
  writeExpression(body, type, depth - 1);
  body.emit(call);
}

/** An element of a vector in a field of a local, or what a parameter refers to. */
function writeNestedRead(body: RandomBody, type: RandomType, depth: number): void {
  const { random } = body;
  const parameter = body.borrowed.find((own) => sameType(own.type, type));
  if (parameter !== undefined) return body.emit(`CopyLoc ${parameter.name}`, "ReadRef");
  const wanted: RandomType = { kind: "vector", element: type };
  const local = body.free(
    (own) => own.kind === "struct" && own.fields.some((field) => sameType(field, wanted)),
  );
  if (local?.type.kind !== "struct") return writeOperation(body, type, depth);
  const { fields, name } = local.type;
  const at = fields.findIndex((field) => sameType(field, wanted));
  const element = typeText(type);
  body.emit(`ImmBorrowLoc ${local.name}`, `ImmBorrowField ${name}::f${at}`);
  body.emit(`LdU64 ${random.below(2)}`);
  body.emit(random.oneIn(2) ? `VecImmBorrow<${element}>` : `Call Self.at<${element}>`, "ReadRef");
}

/** Something that makes a value of the type from others. */
function writeOperation(body: RandomBody, type: RandomType, depth: number): void {
  switch (type.kind) {
    case "bool":
      return writeCondition(body, depth);
    case "integer":
      return writeArithmetic(body, type.bits, depth);
    case "signed":
      return writeSigned(body, type.bits, depth);
    case "function":
      return writeClosure(body, type, depth);
    case "vector":
      return writeVector(body, type.element, depth);
    case "struct":
      for (const field of type.fields) writeExpression(body, field, depth - 1);
      return body.emit(`Pack ${type.name}`);
    case "box":
      writeExpression(body, type.inner, depth - 1);
      writeExpression(body, U8, depth - 1);
      return body.emit(`Pack Box<${typeText(type.inner)}>`);
    case "enum": {
      const at = body.random.below(type.variants.length);
      for (const field of type.variants[at] as RandomType[])
        writeExpression(body, field, depth - 1);
      return body.emit(`PackVariant ${type.name}::V${at}`);
    }
    default:
      return writeLeaf(body, type);
  }
}

function writeCondition(body: RandomBody, depth: number): void {
  const { random } = body;
  switch (random.below(5)) {
    case 0: {
      const type = random.pick(body.types.all);
      writeExpression(body, type, depth - 1);
      writeExpression(body, type, depth - 1);
      return body.emit(random.pick(["Eq", "Neq"]));
    }
    case 1:
      writeExpression(body, BOOL, depth - 1);
      return body.emit("Not");
    case 2:
      writeExpression(body, BOOL, depth - 1);
      writeExpression(body, BOOL, depth - 1);
      return body.emit(random.pick(["And", "Or"]));
    case 3:
      return writeVariantTest(body, depth);
    default: {
      const kind = body.types.dialect.signed && random.oneIn(2) ? "signed" : "integer";
      const type: RandomType = { kind, bits: random.pick(BITS) };
      writeExpression(body, type, depth - 1);
      writeExpression(body, type, depth - 1);
      return body.emit(random.pick(["Lt", "Gt", "Le", "Ge"]));
    }
  }
}

function writeVariantTest(body: RandomBody, depth: number): void {
  const local = body.free(({ kind }) => kind === "enum");
  if (local?.type.kind !== "enum" || body.types.dialect.switches) {
    return writeExpression(body, BOOL, depth - 1);
  }
  const at = body.random.below(local.type.variants.length);
  body.emit(`ImmBorrowLoc ${local.name}`, `TestVariant ${local.type.name}::V${at}`);
}

/** Operations that rarely fail, and now and then one that often does. */
function writeArithmetic(body: RandomBody, bits: number, depth: number): void {
  const { random } = body;
  const type = { kind: "integer" as const, bits };
  switch (random.below(8)) {
    case 0:
      writeExpression(body, type, depth - 1);
      writeExpression(body, type, depth - 1);
      return body.emit(random.oneIn(3) ? random.pick(["Add", "Sub", "Mul", "Div", "Mod"]) : "Xor");
    case 1:
      writeExpression(body, type, depth - 1);
      body.emit(`LdU${bits} ${random.between(1, 200)}`);
      return body.emit(random.pick(["Div", "Mod"]));
    case 2:
      writeExpression(body, type, depth - 1);
      body.emit(`LdU8 ${random.below(random.oneIn(10) ? 256 : bits)}`);
      return body.emit(random.pick(["Shl", "Shr"]));
    case 3: {
      if (body.types.dialect.signed && random.oneIn(2)) {
        return writeUnsignedOfSigned(body, bits, depth);
      }
      const from = random.pick(BITS);
      writeExpression(body, { kind: "integer", bits: from }, depth - 1);
      if (from > bits) body.emit(`LdU${from} ${(1n << BigInt(bits)) - 1n}`, "BitAnd");
      return body.emit(`CastU${bits}`);
    }
    case 4:
      if (bits === 64 && random.oneIn(2)) return writeLength(body);
      body.emit(`LdU${bits} ${(1n << BigInt(bits)) - 1n}`);
      writeExpression(body, type, depth - 1);
      return body.emit("Sub");
    case 5:
      writeExpression(body, type, depth - 1);
      body.emit(`LdU${bits} ${random.between(1, 200)}`, "Mod");
      writeExpression(body, type, depth - 1);
      body.emit(`LdU${bits} ${random.between(1, 50)}`, "Mod");
      return body.emit(random.pick(["Add", "BitOr", "BitAnd"]));
    default:
      writeExpression(body, type, depth - 1);
      writeExpression(body, type, depth - 1);
      return body.emit(random.pick(["BitOr", "BitAnd", "Xor"]));
  }
}

function writeLength(body: RandomBody): void {
  const local = body.free(({ kind }) => kind === "vector");
  if (local?.type.kind !== "vector") return writeLeaf(body, U64);
  body.emit(`ImmBorrowLoc ${local.name}`, `VecLen<${typeText(local.type.element)}>`);
}

function writeVector(body: RandomBody, element: RandomType, depth: number): void {
  const { random } = body;
  if (element.kind === "integer" && element.bits === 8 && random.oneIn(2)) {
    const local = body.free(() => true);
    if (local !== undefined) {
      body.emit(`ImmBorrowLoc ${local.name}`, `Call bcs.to_bytes<${typeText(local.type)}>`);
      if (random.oneIn(2)) body.emit(`Call hash.${random.pick(["sha2_256", "sha3_256"])}`);
      return;
    }
  }
  const count = random.below(4);
  for (let index = 0; index < count; index++) writeExpression(body, element, depth - 1);
  body.emit(`VecPack<${typeText(element)}> ${count}`);
}
