import type { TokenCursor } from "./lexer.ts";
import { parseAddress, typeList } from "./parse-type.ts";
import type { AccessNode } from "./syntax-tree.ts";

const KINDS = ["reads", "writes", "acquires"] as const;

/**
 * The access specifiers of a function, or nothing: `access none`, or `access`, and with commas between
 *
 *     [!] (reads | writes | acquires) (* | 0x1.* | m.* | m.S | m.S<T>) [(0x2) | (parameter) | (m.f(parameter))]
 */
export function parseAccesses(cursor: TokenCursor): AccessNode[] | undefined {
  if (!cursor.take("access")) return undefined;
  if (cursor.take("none")) return [];
  const accesses: AccessNode[] = [];
  do {
    accesses.push(parseAccess(cursor));
  } while (cursor.take(","));
  return accesses;
}

function parseAccess(cursor: TokenCursor): AccessNode {
  const { at } = cursor.peek();
  const negated = cursor.take("!");
  const kind = KINDS.find((word) => cursor.take(word));
  if (kind === undefined) return cursor.refuse("reads, writes or acquires expected");
  return { at, kind, negated, resource: parseResource(cursor), address: parseHolder(cursor) };
}

function parseResource(cursor: TokenCursor): AccessNode["resource"] {
  if (cursor.take("*")) return { tag: "any" };
  if (cursor.peek().kind === "hex") {
    const address = parseAddress(cursor);
    cursor.expect(".");
    cursor.expect("*");
    return { tag: "atAddress", address };
  }
  const module = cursor.name("a module");
  cursor.expect(".");
  if (cursor.take("*")) return { tag: "inModule", module };
  const name = cursor.name("a struct");
  return { tag: "resource", module, name, typeArguments: typeList(cursor) };
}

/** Whose resources. */
function parseHolder(cursor: TokenCursor): AccessNode["address"] {
  if (!cursor.take("(")) return { tag: "any" };
  const holder = parseHolderName(cursor);
  cursor.expect(")");
  return holder;
}

function parseHolderName(cursor: TokenCursor): AccessNode["address"] {
  if (cursor.peek().kind === "hex") return { tag: "literal", address: parseAddress(cursor) };
  const name = cursor.name("an address or a parameter");
  if (!cursor.take(".")) return { tag: "parameter", name };
  const fn = { module: name, name: cursor.name("a function") };
  cursor.expect("(");
  const parameter = cursor.name("a parameter");
  cursor.expect(")");
  return { tag: "parameter", name: parameter, function: fn };
}
