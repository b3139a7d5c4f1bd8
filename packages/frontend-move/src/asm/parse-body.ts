import type { TokenCursor } from "./lexer.ts";
import { parseInstruction } from "./parse-instruction.ts";
import { parseStatement } from "./parse-statement.ts";
import { parseNamedType } from "./parse-type.ts";
import type { BlockNode, BodyNode, LineNode, NamedType } from "./syntax-tree.ts";

/**
 * Reads a function's body: `{ let x: u64; label b0: statements }` of Move IR, or
 * `bytecode { let x: u64; b0: instructions }` with the instructions one by one.
 */
export function parseBody(cursor: TokenCursor): BodyNode {
  if (cursor.take("bytecode")) {
    cursor.expect("{");
    return { tag: "bytecode", locals: parseLocals(cursor), lines: parseLines(cursor) };
  }
  cursor.expect("{");
  return { tag: "blocks", locals: parseLocals(cursor), blocks: parseBlocks(cursor) };
}

function parseLocals(cursor: TokenCursor): NamedType[] {
  const locals: NamedType[] = [];
  while (cursor.take("let")) {
    locals.push(parseNamedType(cursor));
    cursor.expect(";");
  }
  return locals;
}

function parseLines(cursor: TokenCursor): LineNode[] {
  const lines: LineNode[] = [];
  while (!cursor.take("}")) {
    const { at, kind } = cursor.peek();
    if (kind === "name" && cursor.at(":", 1)) {
      lines.push({ at, tag: "label", name: cursor.name("a label") });
      cursor.expect(":");
    } else {
      lines.push(parseInstruction(cursor));
    }
    while (cursor.take(";")) {
      // Semicolons between instructions are welcome and not needed.
    }
  }
  return lines;
}

function parseBlocks(cursor: TokenCursor): BlockNode[] {
  const blocks: BlockNode[] = [];
  while (!cursor.take("}")) {
    const { at } = cursor.expect("label");
    const label = cursor.name("a label");
    cursor.expect(":");
    const statements = [];
    while (!cursor.at("label") && !cursor.at("}")) {
      statements.push(parseStatement(cursor));
      cursor.expect(";");
    }
    blocks.push({ at, label, statements });
  }
  return blocks;
}
