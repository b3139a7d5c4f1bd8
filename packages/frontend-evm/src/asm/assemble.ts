import { refuse } from "@dragoman/fault";
import { OPCODE, type OpName, PUSH0, PUSH1 } from "../opcodes.ts";

/** One piece of the program: its bytes, or a PUSH of a label whose size is not settled. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly label: string | undefined;
}

const OPCODES: ReadonlyMap<string, number> = new Map(Object.entries(OPCODE));

/**
 * Assembles text to bytecode. Words are separated by white space; `;` starts a comment.
 *
 *     name:            a JUMPDEST with a label       mark name     a label without a JUMPDEST
 *     push 0x60        the shortest PUSH             push @name    the label's offset
 *     push4 0x60       this very PUSH                data 0x6001   raw bytes
 *     add, dup2, …     instructions by name
 *
 * `push 0` is `PUSH1 0`, so that programs mean the same before Shanghai; `push0` is PUSH0.
 * Faults: MALFORMED_EVM_ASM with the offset of the word.
 */
export function assemble(text: string): Uint8Array {
  const words = [...text.replace(/;[^\n]*/g, (note) => " ".repeat(note.length)).matchAll(/\S+/g)];
  const pieces: Piece[] = [];
  const labels = new Map<string, number>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]![0];
    const at = words[i]!.index;
    if (word.endsWith(":")) {
      define(labels, word.slice(0, -1), pieces.length, at);
      pieces.push({ bytes: Uint8Array.of(OPCODE.jumpdest), label: undefined });
      continue;
    }
    const name = word.toLowerCase();
    if (
      name === "mark" ||
      name === "data" ||
      name === "push" ||
      /^push([1-9]|[12]\d|3[0-2])$/.test(name)
    ) {
      const operand = words[++i]?.[0];
      if (operand === undefined) refuse("MALFORMED_EVM_ASM", at, `${word} needs an operand`);
      if (name === "mark") define(labels, operand, pieces.length, at);
      else pieces.push(pieceOf(name, operand, at));
      continue;
    }
    const code = OPCODES.get(name as OpName);
    if (code === undefined) refuse("MALFORMED_EVM_ASM", at, `no instruction is called ${word}`);
    pieces.push({ bytes: Uint8Array.of(code), label: undefined });
  }
  return layOut(pieces, labels);
}

function define(labels: Map<string, number>, name: string, index: number, at: number): void {
  if (labels.has(name)) refuse("MALFORMED_EVM_ASM", at, `label ${name} is defined twice`);
  labels.set(name, index);
}

function pieceOf(name: string, operand: string, at: number): Piece {
  if (name === "data") return { bytes: hexBytes(operand, at), label: undefined };
  if (operand.startsWith("@")) return { bytes: new Uint8Array(0), label: operand.slice(1) };
  let value: bigint;
  try {
    value = BigInt(operand);
  } catch {
    refuse("MALFORMED_EVM_ASM", at, `${operand} is no number`);
  }
  if (value < 0n) value = BigInt.asUintN(256, value);
  const digits = value.toString(16);
  const needed = Math.max(1, Math.ceil(digits.length / 2));
  const size = name === "push" ? needed : Number(name.slice(4));
  if (needed > size || size > 32)
    refuse("MALFORMED_EVM_ASM", at, `${operand} needs ${needed} bytes`);
  const bytes = new Uint8Array(size + 1);
  bytes[0] = PUSH0 + size;
  for (let i = size; i > 0; i--) {
    bytes[i] = Number(value & 0xffn);
    value >>= 8n;
  }
  return { bytes, label: undefined };
}

function hexBytes(text: string, at: number): Uint8Array {
  if (!/^(0x)?([0-9a-fA-F]{2})*$/.test(text)) refuse("MALFORMED_EVM_ASM", at, `${text} is no hex`);
  return Uint8Array.from(
    (text.replace(/^0x/, "").match(/../g) ?? []).map((pair) => parseInt(pair, 16)),
  );
}

/** Places the pieces; all label pushes have one size, the smallest that reaches the end of the program. */
function layOut(pieces: readonly Piece[], labels: ReadonlyMap<string, number>): Uint8Array {
  for (let width = 1; ; width++) {
    const offsets = new Array<number>(pieces.length + 1);
    let length = 0;
    for (let i = 0; i < pieces.length; i++) {
      offsets[i] = length;
      length += pieces[i]!.label === undefined ? pieces[i]!.bytes.length : width + 1;
    }
    offsets[pieces.length] = length;
    if (length > 256 ** width) continue;
    const code = new Uint8Array(length);
    pieces.forEach(({ bytes, label }, i) => {
      const at = offsets[i]!;
      if (label === undefined) {
        code.set(bytes, at);
        return;
      }
      const target = labels.get(label);
      if (target === undefined)
        refuse("MALFORMED_EVM_ASM", undefined, `label ${label} is not defined`);
      code[at] = PUSH1 + width - 1;
      for (let k = 0; k < width; k++)
        code[at + width - k] = Math.floor(offsets[target]! / 256 ** k) & 255;
    });
    return code;
  }
}
