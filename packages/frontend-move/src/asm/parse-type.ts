import { ABILITY, type AbilitySet } from "../format/abilities.ts";
import { BASIC, type PrimitiveTag } from "../format/signature-token.ts";
import type { TokenCursor } from "./lexer.ts";
import type { ModuleName, NamedType, TypeNode, TypeParameterNode } from "./syntax-tree.ts";

/** Reads a type: `u64`, `vector<T>`, `&mut Self.S<bool>`, `T`, `|u64|(T)`. Parentheses may stand around it. */
export function parseType(cursor: TokenCursor): TypeNode {
  return cursor.nest(() => parseTypeNode(cursor));
}

function parseTypeNode(cursor: TokenCursor): TypeNode {
  const { at } = cursor.peek();
  if (cursor.take("&")) {
    const tag = cursor.take("mut") ? "mutableReference" : "reference";
    return { at, tag, inner: parseType(cursor) };
  }
  if (cursor.at("|") || cursor.at("||")) return parseFunctionType(cursor);
  if (cursor.take("(")) {
    const inner = parseType(cursor);
    cursor.expect(")");
    return inner;
  }
  const name = cursor.name("a type");
  if (cursor.take(".")) {
    const struct = cursor.name("a struct");
    return { at, tag: "struct", module: name, name: struct, typeArguments: typeList(cursor) ?? [] };
  }
  if (name === "vector" && cursor.at("<")) {
    const inner = typeList(cursor) ?? [];
    if (inner.length !== 1) cursor.refuse("a vector has one type argument");
    return { at, tag: "vector", inner: inner[0] };
  }
  if (Object.hasOwn(BASIC, name)) return { at, tag: name as PrimitiveTag };
  return { at, tag: "parameter", name };
}

/**
 * `|u64, &T|(bool) has copy + drop`; the abilities are optional, the parentheses are not. A parameter that is a function type itself
 * stands in parentheses, since its first bar would end the list.
 */
function parseFunctionType(cursor: TokenCursor): TypeNode {
  const { at } = cursor.peek();
  const parameters = cursor.take("||") ? [] : parseTypesBetween(cursor, "|", "|");
  const results = parseTypesBetween(cursor, "(", ")");
  const abilities = cursor.take("has") ? parseAbilities(cursor, "+") : 0;
  return { at, tag: "function", parameters, results, abilities };
}

function parseTypesBetween(cursor: TokenCursor, first: string, last: string): TypeNode[] {
  cursor.expect(first);
  const types = cursor.list(last, () => parseType(cursor));
  cursor.expect(last);
  return types;
}

/** Reads `<T, U>`, or nothing if the next word is no `<`. */
export function typeList(cursor: TokenCursor): TypeNode[] | undefined {
  if (!cursor.take("<")) return undefined;
  const types = cursor.list(">", () => parseType(cursor));
  cursor.expect(">");
  return types;
}

/** Reads `<phantom T: copy + drop>`, or nothing. */
export function parseTypeParameters(cursor: TokenCursor): TypeParameterNode[] {
  if (!cursor.take("<")) return [];
  const parameters = cursor.list(">", () => {
    const { at } = cursor.peek();
    const phantom = cursor.at("phantom") && cursor.peek(1).kind === "name";
    if (phantom) cursor.advance();
    const name = cursor.name("a type parameter");
    const constraints = cursor.take(":") ? parseAbilities(cursor, "+") : 0;
    return { at, name, constraints, phantom };
  });
  cursor.expect(">");
  return parameters;
}

/** Reads abilities with `separator` between them. */
export function parseAbilities(cursor: TokenCursor, separator: string): AbilitySet {
  let set = 0;
  do {
    const token = cursor.peek();
    const bit = Object.hasOwn(ABILITY, token.text) ? ABILITY[token.text as "copy"] : undefined;
    if (bit === undefined) return cursor.refuse(`an ability expected, not ${token.text}`);
    if ((set & bit) !== 0) cursor.refuse(`the ability ${token.text} is there twice`);
    set |= bit;
    cursor.advance();
  } while (cursor.take(separator));
  return set;
}

/** Reads `name: type`. */
export function parseNamedType(cursor: TokenCursor): NamedType {
  const { at } = cursor.peek();
  const name = cursor.name("a name");
  cursor.expect(":");
  return { at, name, type: parseType(cursor) };
}

/** Reads an address: `0x` and up to 64 digits. */
export function parseAddress(cursor: TokenCursor): Uint8Array {
  if (cursor.peek().kind !== "hex") cursor.refuse("an address expected");
  const value = cursor.integer(256);
  const bytes = new Uint8Array(32);
  for (let i = 31, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

/** Reads `0x1.name`. */
export function parseModuleName(cursor: TokenCursor): ModuleName {
  const address = parseAddress(cursor);
  cursor.expect(".");
  return { address, name: cursor.name("a module") };
}

/** Reads a string of bytes: `x"0a"` or `h"0a"` as hexadecimal, `b"text"` as UTF-8. */
export function parseBytes(cursor: TokenCursor): Uint8Array {
  const token = cursor.peek();
  if (token.kind !== "string") return cursor.refuse('bytes expected: x"0a" or b"text"');
  cursor.advance();
  if (token.suffix === "b") return new TextEncoder().encode(token.text);
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(token.text)) {
    cursor.refuse("the digits are not pairs of hexadecimal digits", token);
  }
  const bytes = new Uint8Array(token.text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(token.text.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}
