import type { OpName } from "../format/opcodes.ts";
import type { TokenCursor } from "./lexer.ts";
import { parseAddress, parseBytes, typeList } from "./parse-type.ts";
import type { ExpressionNode, TypeNode } from "./syntax-tree.ts";

/** Operators with their strength; equal strength binds to the left. */
const BINARY: Record<string, readonly [strength: number, op: OpName]> = {
  "||": [5, "Or"],
  "&&": [10, "And"],
  "==": [15, "Eq"],
  "!=": [15, "Neq"],
  "<": [15, "Lt"],
  ">": [15, "Gt"],
  "<=": [15, "Le"],
  ">=": [15, "Ge"],
  "|": [25, "BitOr"],
  "^": [30, "Xor"],
  "&": [35, "BitAnd"],
  "<<": [40, "Shl"],
  ">>": [40, "Shr"],
  "+": [45, "Add"],
  "-": [45, "Sub"],
  "*": [50, "Mul"],
  "/": [50, "Div"],
  "%": [50, "Mod"],
};

/** Reads an expression of Move IR. */
export function parseExpression(cursor: TokenCursor): ExpressionNode {
  return parseBinary(cursor, 1);
}

function parseBinary(cursor: TokenCursor, strengthMin: number): ExpressionNode {
  let left = parseUnary(cursor);
  for (;;) {
    const mark = peekOperator(cursor);
    const row = Object.hasOwn(BINARY, mark) ? BINARY[mark] : undefined;
    if (row === undefined || row[0] < strengthMin) return left;
    const { at } = cursor.advance();
    if (mark === ">>") cursor.advance();
    left = { at, tag: "binary", op: row[1], left, right: parseBinary(cursor, row[0] + 1) };
  }
}

function peekOperator(cursor: TokenCursor): string {
  const token = cursor.peek();
  if (token.kind !== "mark") return "";
  const next = cursor.peek(1);
  return token.text === ">" && next.text === ">" && next.at === token.end ? ">>" : token.text;
}

function parseUnary(cursor: TokenCursor): ExpressionNode {
  return cursor.nest(() => parseUnaryNode(cursor));
}

function parseUnaryNode(cursor: TokenCursor): ExpressionNode {
  const { at } = cursor.peek();
  if (cursor.take("!")) return { at, tag: "not", inner: parseUnary(cursor) };
  if (cursor.take("*")) return { at, tag: "dereference", inner: parseUnary(cursor) };
  if (cursor.take("&")) return parseBorrow(cursor, at);
  return parseCallOrTerm(cursor);
}

/** `&x`, `&mut x`, `&mut e.S<T>::f` */
function parseBorrow(cursor: TokenCursor, at: number): ExpressionNode {
  const mutable = cursor.take("mut");
  const next = cursor.peek(1);
  const isLocal =
    cursor.peek().kind === "name" && ![".", "{", "(", "<"].some((mark) => next.text === mark);
  if (isLocal) {
    return { at, tag: mutable ? "borrowMut" : "borrow", name: cursor.name("a variable") };
  }
  const inner = parseUnary(cursor);
  cursor.expect(".");
  const struct = cursor.name("a struct");
  const typeArguments = typeList(cursor) ?? [];
  cursor.expect(":");
  cursor.expect(":");
  const field = cursor.name("a field");
  return { at, tag: "borrowField", mutable, inner, struct, typeArguments, field };
}

interface Builtin {
  readonly op: OpName;
  /** Whether the type argument names a struct of the module. */
  readonly ofStruct: boolean;
}

const BUILTINS: Record<string, Builtin> = {
  exists: { op: "Exists", ofStruct: true },
  borrow_global: { op: "ImmBorrowGlobal", ofStruct: true },
  borrow_global_mut: { op: "MutBorrowGlobal", ofStruct: true },
  move_from: { op: "MoveFrom", ofStruct: true },
  move_to: { op: "MoveTo", ofStruct: true },
  vec_len: { op: "VecLen", ofStruct: false },
  vec_imm_borrow: { op: "VecImmBorrow", ofStruct: false },
  vec_mut_borrow: { op: "VecMutBorrow", ofStruct: false },
  vec_push_back: { op: "VecPushBack", ofStruct: false },
  vec_pop_back: { op: "VecPopBack", ofStruct: false },
  vec_swap: { op: "VecSwap", ofStruct: false },
  freeze: { op: "FreezeRef", ofStruct: false },
  to_u8: { op: "CastU8", ofStruct: false },
  to_u16: { op: "CastU16", ofStruct: false },
  to_u32: { op: "CastU32", ofStruct: false },
  to_u64: { op: "CastU64", ofStruct: false },
  to_u128: { op: "CastU128", ofStruct: false },
  to_u256: { op: "CastU256", ofStruct: false },
  nop: { op: "Nop", ofStruct: false },
};

/** Reads a call, or what is no operator: a variable, a literal, a struct, a list in parentheses. */
export function parseCallOrTerm(cursor: TokenCursor): ExpressionNode {
  return cursor.nest(() => parseCall(cursor));
}

/** Whether the next words are a variant and its fields, `E.V<T> {`; a call has parentheses there. */
export function isVariant(cursor: TokenCursor): boolean {
  if (!cursor.at(".", 1) || cursor.peek(2).kind !== "name") return false;
  let ahead = 3;
  for (let open = 0; ; ahead++) {
    if (cursor.at("<", ahead)) open++;
    else if (cursor.at(">", ahead)) open--;
    else if (open === 0 || cursor.peek(ahead).kind === "end") break;
  }
  return cursor.at("{", ahead);
}

function parseCall(cursor: TokenCursor): ExpressionNode {
  const { at, kind, text } = cursor.peek();
  if (kind !== "name") return parseTerm(cursor);
  if (isVariant(cursor)) return parsePack(cursor);
  if (cursor.at(".", 1)) {
    const module = cursor.name("a module");
    cursor.expect(".");
    const name = cursor.name("a function");
    const typeArguments = typeList(cursor) ?? [];
    const argument = parseCallOrTerm(cursor);
    return { at, tag: "call", module, name, typeArguments, argument };
  }
  const counted = /^vec_(pack|unpack)_(\d+)$/.exec(text);
  if (counted !== null && cursor.at("<", 1)) {
    cursor.advance();
    const op = counted[1] === "pack" ? "VecPack" : "VecUnpack";
    const typeArguments = typeList(cursor) ?? [];
    const argument = parseCallOrTerm(cursor);
    const count = Number(counted[2]);
    return { at, tag: "builtin", op, struct: "", typeArguments, count, argument };
  }
  const builtin = Object.hasOwn(BUILTINS, text) ? BUILTINS[text] : undefined;
  if (builtin === undefined || cursor.at("{", 1)) return parseTerm(cursor);
  cursor.advance();
  const { struct, typeArguments } = builtin.ofStruct
    ? parseStructArgument(cursor)
    : { struct: "", typeArguments: typeList(cursor) ?? [] };
  const argument = parseCallOrTerm(cursor);
  return { at, tag: "builtin", op: builtin.op, struct, typeArguments, count: 0, argument };
}

/** `<S<u64>>` behind `exists`. */
function parseStructArgument(cursor: TokenCursor): { struct: string; typeArguments: TypeNode[] } {
  cursor.expect("<");
  const struct = cursor.name("a struct");
  const typeArguments = typeList(cursor) ?? [];
  cursor.expect(">");
  return { struct, typeArguments };
}

function parseTerm(cursor: TokenCursor): ExpressionNode {
  const token = cursor.peek();
  const { at } = token;
  if (token.kind === "number") {
    const suffix = token.suffix === "" ? "u64" : token.suffix;
    if (suffix.startsWith("i")) cursor.refuse("Move IR has no signed integers");
    const bits = Number(suffix.slice(1));
    return { at, tag: "integer", bits, value: cursor.integer(bits) };
  }
  if (token.kind === "hex") return { at, tag: "address", value: parseAddress(cursor) };
  if (token.kind === "string") return { at, tag: "bytes", value: parseBytes(cursor) };
  if (cursor.take("(")) {
    const items = cursor.list(")", () => parseExpression(cursor));
    cursor.expect(")");
    return { at, tag: "list", items };
  }
  if (cursor.take("&")) {
    const tag = cursor.take("mut") ? "borrowMut" : "borrow";
    return { at, tag, name: cursor.name("a variable") };
  }
  if (cursor.take("true")) return { at, tag: "boolean", value: true };
  if (cursor.take("false")) return { at, tag: "boolean", value: false };
  if ((cursor.at("move") || cursor.at("copy")) && cursor.at("(", 1)) {
    const tag = cursor.advance().text as "move" | "copy";
    cursor.expect("(");
    const name = cursor.name("a variable");
    cursor.expect(")");
    return { at, tag, name };
  }
  if (token.kind !== "name") return cursor.refuse(`an expression expected, not ${token.text}`);
  return parsePack(cursor);
}

function parsePack(cursor: TokenCursor): ExpressionNode {
  const { at } = cursor.peek();
  const struct = cursor.name("a struct");
  const variant = cursor.take(".") ? cursor.name("a variant") : undefined;
  const typeArguments = typeList(cursor) ?? [];
  cursor.expect("{");
  const fields = cursor.list("}", () => {
    const name = cursor.name("a field");
    cursor.expect(":");
    return { name, value: parseExpression(cursor) };
  });
  cursor.expect("}");
  return { at, tag: "pack", struct, variant, typeArguments, fields };
}
