import { MOVE_OPS, OP, type OpName, opOperand } from "../format/opcodes.ts";
import { integerBits, isSigned } from "../format/signature-token.ts";
import type { TokenCursor } from "./lexer.ts";
import { parseAddress, parseBytes, parseType, typeList } from "./parse-type.ts";
import type {
  LineNode,
  OperandNode,
  SwitchTarget,
  TypeArguments,
  TypeNode,
} from "./syntax-tree.ts";

const NAMES = new Set<string>(MOVE_OPS.map(([, name]) => name));

/**
 * Reads one instruction: its name and what the operand's kind asks for. `Pack S<u64>` becomes
 * `PackGeneric`; the generic name may be written too.
 */
export function parseInstruction(cursor: TokenCursor): LineNode {
  const { at, text } = cursor.peek();
  if (!NAMES.has(text)) cursor.refuse(`${JSON.stringify(text)} is no instruction`);
  cursor.advance();
  const operand = parseOperand(cursor, text as OpName);
  return { at, tag: "instruction", op: genericForm(text as OpName, operand), operand };
}

function genericForm(op: OpName, operand: OperandNode): OpName {
  const generic = `${op}Generic`;
  const takesArguments = "typeArguments" in operand && operand.tag !== "elements";
  return takesArguments && operand.typeArguments !== undefined && NAMES.has(generic)
    ? (generic as OpName)
    : op;
}

function parseOperand(cursor: TokenCursor, op: OpName): OperandNode {
  switch (opOperand(OP[op])) {
    case "none":
      return { tag: "none" };
    case "branch":
      return { tag: "name", name: cursor.name("a label") };
    case "local":
      return { tag: "name", name: cursor.name("a local") };
    case "u8":
      return { tag: "integer", value: cursor.integer(8) };
    case "i8":
    case "i16":
    case "i32":
    case "i64":
    case "i128":
    case "i256":
      return { tag: "integer", value: cursor.signedInteger(Number(opOperand(OP[op]).slice(1))) };
    case "closure":
    case "closureInst": {
      const closure = parseFunctionName(cursor);
      return { ...closure, tag: "closure", mask: cursor.integer(64) };
    }
    case "functionType":
      return { tag: "elements", typeArguments: typeList(cursor) ?? [], count: 0 };
    case "jumpTable":
      return {
        tag: "switch",
        struct: cursor.name("an enum"),
        targets: parseSwitchTargets(cursor),
      };
    case "u16":
      return { tag: "integer", value: cursor.integer(16) };
    case "u32":
      return { tag: "integer", value: cursor.integer(32) };
    case "u64":
      return { tag: "integer", value: cursor.integer(64) };
    case "u128":
      return { tag: "integer", value: cursor.integer(128) };
    case "u256":
      return { tag: "integer", value: cursor.integer(256) };
    case "constant":
      return parseConstant(cursor);
    case "function":
    case "functionInst":
      return { tag: "function", ...parseFunctionName(cursor) };
    case "struct":
    case "structInst":
      return { tag: "struct", name: cursor.name("a struct"), typeArguments: typeList(cursor) };
    case "field":
    case "fieldInst": {
      const struct = cursor.name("a struct");
      const typeArguments = typeList(cursor);
      expectPath(cursor);
      return { tag: "field", struct, typeArguments, field: cursor.name("a field") };
    }
    case "signature":
      return { tag: "elements", typeArguments: typeList(cursor) ?? [], count: 0 };
    case "vectorCount": {
      const typeArguments = typeList(cursor) ?? [];
      return { tag: "elements", typeArguments, count: Number(cursor.integer(32)) };
    }
    case "variantField":
    case "variantFieldInst":
      return parseVariant(cursor, true);
    case "structVariant":
    case "structVariantInst":
      return parseVariant(cursor, false);
  }
}

/** `Self.f<u64>` */
function parseFunctionName(cursor: TokenCursor): {
  module: string;
  name: string;
  typeArguments: TypeArguments;
} {
  const module = cursor.name("a module");
  cursor.expect(".");
  const name = cursor.name("a function");
  return { module, name, typeArguments: typeList(cursor) };
}

/** `{ One: b1, Two: b2 }` */
export function parseSwitchTargets(cursor: TokenCursor): SwitchTarget[] {
  cursor.expect("{");
  const targets = cursor.list("}", () => {
    const { at } = cursor.peek();
    const variant = cursor.name("a variant");
    cursor.expect(":");
    return { at, variant, label: cursor.name("a label") };
  });
  cursor.expect("}");
  return targets;
}

/** `E<u64>::A`, with a field `E<u64>::A|B::x`. */
function parseVariant(cursor: TokenCursor, withField: boolean): OperandNode {
  const struct = cursor.name("an enum");
  const typeArguments = typeList(cursor);
  expectPath(cursor);
  const variants = [cursor.name("a variant")];
  if (!withField) return { tag: "variant", struct, typeArguments, variants };
  while (cursor.take("|")) variants.push(cursor.name("a variant"));
  expectPath(cursor);
  return { tag: "variant", struct, typeArguments, variants, field: cursor.name("a field") };
}

function expectPath(cursor: TokenCursor): void {
  cursor.expect(":");
  cursor.expect(":");
}

/** A type and its value: BCS bytes `x"01"`, text `b"abc"`, an integer, an address, a bool. */
function parseConstant(cursor: TokenCursor): OperandNode {
  const type = parseType(cursor);
  return { tag: "constant", type, data: parseConstantData(cursor, type) };
}

function parseConstantData(cursor: TokenCursor, type: TypeNode): Uint8Array {
  const token = cursor.peek();
  if (token.kind === "string") {
    const bytes = parseBytes(cursor);
    return token.suffix === "b" ? lengthPrefixed(bytes) : bytes;
  }
  if (type.tag === "bool") {
    if (cursor.take("true")) return Uint8Array.of(1);
    cursor.expect("false");
    return Uint8Array.of(0);
  }
  if (type.tag === "address") return parseAddress(cursor);
  if (type.tag === "parameter" || integerBits(type.tag) === 0) {
    return cursor.refuse('the BCS bytes of the constant expected: x"0a"');
  }
  const bits = integerBits(type.tag);
  const bytes = new Uint8Array(bits / 8);
  const value = isSigned(type.tag) ? cursor.signedInteger(bits) : cursor.integer(bits);
  for (let i = 0, rest = value; i < bytes.length; i++, rest >>= 8n) {
    bytes[i] = Number(rest & 0xffn);
  }
  return bytes;
}

/** BCS of a vector<u8>. */
export function lengthPrefixed(bytes: Uint8Array): Uint8Array {
  const prefix: number[] = [];
  let rest = bytes.length;
  for (; rest >= 128; rest >>= 7) prefix.push((rest & 127) | 128);
  prefix.push(rest);
  const all = new Uint8Array(prefix.length + bytes.length);
  all.set(prefix);
  all.set(bytes, prefix.length);
  return all;
}
