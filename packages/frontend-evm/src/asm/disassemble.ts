import { OP_ROWS, PUSH1, PUSH32 } from "../opcodes.ts";
import type { ForkName } from "../schedule/forks.ts";
import { NEWEST_FORK, scheduleOf } from "../schedule/schedule.ts";

/** One line of a listing. */
export interface ListingLine {
  readonly pc: number;
  /** Name of the instruction; "invalid" for bytes that are none in this fork. */
  readonly name: string;
  /** Operand of a PUSH, or the byte that is no instruction, as 0x-hex; empty otherwise. */
  readonly operand: string;
  /** Static gas in the fork. */
  readonly gas: number;
}

/** Decodes bytecode linearly, as the machine does when it looks for jump destinations. */
export function disassemble(code: Uint8Array, fork: ForkName = NEWEST_FORK): ListingLine[] {
  const { gas } = scheduleOf(fork);
  const lines: ListingLine[] = [];
  for (let pc = 0; pc < code.length; ) {
    const op = code[pc]!;
    const row = gas[op]! >= 0 ? OP_ROWS[op] : undefined;
    if (row === undefined) {
      lines.push({ pc, name: "invalid", operand: op === 0xfe ? "" : hex(code, pc, 1), gas: 0 });
      pc++;
      continue;
    }
    const count = op >= PUSH1 && op <= PUSH32 ? op - PUSH1 + 1 : 0;
    const operand = count === 0 ? "" : hex(code, pc + 1, count);
    lines.push({ pc, name: row[1], operand, gas: gas[op]! });
    pc += 1 + count;
  }
  return lines;
}

/** Prints a listing: offset, gas, instruction. */
export function formatListing(lines: readonly ListingLine[]): string {
  return lines
    .map(({ pc, name, operand, gas }) => {
      const place = pc.toString(16).padStart(4, "0");
      return `${place}  ${String(gas).padStart(5)}  ${name}${operand === "" ? "" : ` ${operand}`}`;
    })
    .join("\n");
}

/** Bytes beyond the end of the code read as zero. */
function hex(code: Uint8Array, at: number, count: number): string {
  let text = "0x";
  for (let i = 0; i < count; i++) text += (code[at + i] ?? 0).toString(16).padStart(2, "0");
  return text;
}
