import type { TokenCursor } from "./lexer.ts";
import { isVariant, parseCallOrTerm, parseExpression } from "./parse-expression.ts";
import { parseSwitchTargets } from "./parse-instruction.ts";
import { typeList } from "./parse-type.ts";
import type { StatementNode, TargetNode, TypeNode } from "./syntax-tree.ts";

/** Reads one statement of Move IR, without the semicolon behind it. */
export function parseStatement(cursor: TokenCursor): StatementNode {
  const { at, text, kind } = cursor.peek();
  switch (text) {
    case "abort":
      cursor.advance();
      return { at, tag: "abort", code: cursor.at(";") ? undefined : parseExpression(cursor) };
    case "assert": {
      cursor.advance();
      cursor.expect("(");
      const condition = parseExpression(cursor);
      cursor.expect(",");
      const code = parseExpression(cursor);
      cursor.expect(")");
      return { at, tag: "assert", condition, code };
    }
    case "jump":
      cursor.advance();
      return { at, tag: "jump", label: cursor.name("a label") };
    case "variant_switch": {
      cursor.advance();
      const struct = cursor.name("an enum");
      const value = parseExpression(cursor);
      return { at, tag: "switch", struct, value, targets: parseSwitchTargets(cursor) };
    }
    case "&": {
      cursor.advance();
      const by = cursor.take("mut") ? "mutableReference" : "reference";
      return parseUnpack(cursor, at, by);
    }
    case "jump_if":
    case "jump_if_false": {
      cursor.advance();
      cursor.expect("(");
      const condition = parseExpression(cursor);
      cursor.expect(")");
      const tag = text === "jump_if" ? "jumpIf" : "jumpIfFalse";
      return { at, tag, condition, label: cursor.name("a label") };
    }
    case "return":
      cursor.advance();
      return { at, tag: "return", values: cursor.list(";", () => parseExpression(cursor)) };
    case "(":
      return { at, tag: "expression", value: parseCallOrTerm(cursor) };
    case "*":
    case "_":
      return parseAssign(cursor);
  }
  if (kind === "name" && isVariant(cursor)) return parseUnpack(cursor, at, "value");
  if (kind === "name" && !isCall(cursor)) {
    if (cursor.at("{", 1)) return parseUnpack(cursor, at);
    if (cursor.at("<", 1)) return parseUnpack(cursor, at);
    return parseAssign(cursor);
  }
  return { at, tag: "expression", value: parseCallOrTerm(cursor) };
}

const BUILTIN =
  /^(?:vec_(?:len|imm_borrow|mut_borrow|push_back|pop_back|swap|pack_\d+|unpack_\d+)|borrow_global|borrow_global_mut|exists|move_from|move_to)$/;
const PLAIN_BUILTIN = /^(?:freeze|to_u(?:8|16|32|64|128|256)|nop)$/;

/** Whether the next words are a call: `m.f`, `freeze`, `exists<`. */
function isCall(cursor: TokenCursor): boolean {
  const { text } = cursor.peek();
  if (cursor.at(".", 1) || PLAIN_BUILTIN.test(text)) return true;
  return BUILTIN.test(text) && cursor.at("<", 1);
}

function parseAssign(cursor: TokenCursor): StatementNode {
  const { at } = cursor.peek();
  const targets: TargetNode[] = [];
  do {
    targets.push(parseTarget(cursor));
  } while (cursor.take(","));
  cursor.expect("=");
  return { at, tag: "assign", targets, value: parseExpression(cursor) };
}

function parseTarget(cursor: TokenCursor): TargetNode {
  const { at } = cursor.peek();
  if (cursor.take("_")) return { at, tag: "discard" };
  if (cursor.take("*")) return { at, tag: "mutate", reference: parseExpression(cursor) };
  return { at, tag: "variable", name: cursor.name("a variable") };
}

/** `S<T> { f: x } = e`, or with `by` a variant `E.V<T> { f: x } = e`. */
function parseUnpack(
  cursor: TokenCursor,
  at: number,
  by?: "value" | "reference" | "mutableReference",
): StatementNode {
  const struct = cursor.name("a struct");
  if (by !== undefined) cursor.expect(".");
  const variant = by === undefined ? undefined : cursor.name("a variant");
  const typeArguments: TypeNode[] = typeList(cursor) ?? [];
  cursor.expect("{");
  const variables = cursor.list("}", () => {
    const field = cursor.name("a field");
    return cursor.take(":") ? cursor.name("a variable") : field;
  });
  cursor.expect("}");
  cursor.expect("=");
  const value = parseExpression(cursor);
  const unpack = { at, tag: "unpack", struct, typeArguments, variables, value } as const;
  return by === undefined ? unpack : { ...unpack, variant, by };
}
