import { refuse } from "@dragoman/fault";

export type Operand =
  | { readonly kind: "register"; readonly register: number }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "memory"; readonly register: number; readonly offset: number }
  | { readonly kind: "label"; readonly name: string };

export type Statement =
  | { readonly kind: "label"; readonly line: number; readonly name: string }
  | {
      readonly kind: "directive" | "instruction";
      readonly line: number;
      readonly name: string;
      readonly operands: readonly Operand[];
    };

const INTEGER = /^([-+]?) *(?:0x([0-9a-fA-F]+)|(\d+))$/;
const MEMORY = /^\[ *r(\d+) *([-+] *(?:0x[0-9a-fA-F]+|\d+))? *\]$/;
const REGISTER = /^r(\d+)$/;
const IDENTIFIER = /^[A-Za-z0-9_]+$/;

/**
 * Statements of assembly text in the grammar of anza-xyz/sbpf `src/asm_parser.rs`; `#`, `;` and `//` begin comments.
 *
 * Faults: `MALFORMED_SBPF_ASM` at the line, counted from 1.
 */
export function parseAssembly(source: string): Statement[] {
  const statements: Statement[] = [];
  source.split("\n").forEach((text, index) => {
    const line = index + 1;
    let rest = text.replace(/(?:#|;|\/\/).*$/, "").trim();
    for (
      let label = /^([A-Za-z0-9_]+):/.exec(rest);
      label;
      label = /^([A-Za-z0-9_]+):/.exec(rest)
    ) {
      statements.push({ kind: "label", line, name: label[1] });
      rest = rest.slice(label[0].length).trim();
    }
    if (rest === "") return;
    const match = /^(\.?)([A-Za-z0-9]+)\s*(.*)$/.exec(rest);
    if (match === null)
      refuse("MALFORMED_SBPF_ASM", line, `line ${line}: "${rest}" is no statement`);
    const parts = match[3] === "" ? [] : match[3].split(",");
    statements.push({
      kind: match[1] === "." ? "directive" : "instruction",
      line,
      name: match[2],
      operands: parts.map((part) => parseOperand(part.trim(), line)),
    });
  });
  return statements;
}

function parseOperand(text: string, line: number): Operand {
  const register = REGISTER.exec(text);
  if (register) return { kind: "register", register: Number(register[1]) };
  const value = parseInteger(text);
  if (value !== undefined) return { kind: "integer", value };
  const memory = MEMORY.exec(text);
  if (memory) {
    const offset = memory[2] === undefined ? 0n : parseInteger(memory[2])!;
    return { kind: "memory", register: Number(memory[1]), offset: Number(offset) };
  }
  if (IDENTIFIER.test(text)) return { kind: "label", name: text };
  return refuse("MALFORMED_SBPF_ASM", line, `line ${line}: "${text}" is no operand`);
}

function parseInteger(text: string): bigint | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const magnitude = BigInt(match[2] === undefined ? match[3] : `0x${match[2]}`);
  return match[1] === "-" ? -magnitude : magnitude;
}
