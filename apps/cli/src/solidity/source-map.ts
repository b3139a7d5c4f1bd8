import { refuse } from "@dragoman/fault";

/** Where an instruction comes from. */
export interface SourceRange {
  /** Bytes into the source. */
  readonly start: number;
  readonly length: number;
  /** Number of the source; -1 = none. */
  readonly source: number;
  /** Into a function, out of one, or a plain jump. */
  readonly jump: "i" | "o" | "-";
}

const PUSH1 = 0x60;
const PUSH32 = 0x7f;

/**
 * Decodes solc's source map (docs.soliditylang.org, "Source Mappings"): one `start:length:source:jump:depth` an instruction, empty fields
 * repeating those before. Gives ranges by offset in the code.
 *
 * Faults: `UNSUPPORTED_FILE` naming `where`.
 */
export function decodeSourceMap(
  where: string,
  text: string,
  code: Uint8Array,
): ReadonlyMap<number, SourceRange> {
  const ranges = new Map<number, SourceRange>();
  let last: SourceRange = { start: 0, length: 0, source: -1, jump: "-" };
  let pc = 0;
  for (const [index, item] of text.split(";").entries()) {
    const [start, length, source, jump] = item.split(":");
    last = {
      start: numberOr(where, index, start, last.start),
      length: numberOr(where, index, length, last.length),
      source: numberOr(where, index, source, last.source),
      jump: jump === "i" || jump === "o" || jump === "-" ? jump : last.jump,
    };
    ranges.set(pc, last);
    const op = code[pc] ?? 0;
    pc += op >= PUSH1 && op <= PUSH32 ? op - PUSH1 + 2 : 1;
  }
  return ranges;
}

function numberOr(where: string, index: number, field: string | undefined, last: number): number {
  if (field === undefined || field === "") return last;
  const value = Number(field);
  if (Number.isInteger(value)) return value;
  refuse(
    "UNSUPPORTED_FILE",
    index,
    `${where}: the source map's item ${index} is damaged: ${field}`,
  );
}
