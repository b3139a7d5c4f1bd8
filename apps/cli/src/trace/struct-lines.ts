import type { StructLog, StructLogs } from "@dragoman/frontend-evm/trace";

/** Words of the operand stack that one line shows. */
const WORDS_MAX = 6;

/** Instructions as text: offset, name, gas, price, and the stack with its top first. */
export function* structLines({
  structLogs,
  gas,
  failed,
  returnValue,
}: StructLogs): Generator<string> {
  yield "depth     pc  op                    gas       cost  stack, top first";
  for (const log of structLogs) {
    yield stepLine(log);
    for (const [slot, value] of Object.entries(log.storage ?? {}))
      yield `${BLANK}${slot} = ${value}`;
    for (const [at, word] of (log.memory ?? []).entries()) {
      yield `${BLANK}${(32 * at).toString(16).padStart(4, "0")}: ${word.slice(2)}`;
    }
  }
  yield `${failed ? "failed" : "ended well"}, ${gas} gas, returned ${returnValue}`;
}

const BLANK = " ".repeat(16);

function stepLine({ depth, pc, op, gas, gasCost, stack = [], error }: StructLog): string {
  const shown = stack.slice(-WORDS_MAX).reverse();
  const more = stack.length > WORDS_MAX ? ` … ${stack.length - WORDS_MAX} more` : "";
  const cells = [
    String(depth).padStart(5),
    String(pc).padStart(6),
    op.padEnd(15),
    String(gas).padStart(10),
    String(gasCost).padStart(10),
    ` ${shown.join(" ")}${more}`,
  ];
  const line = cells.join(" ").trimEnd();
  return error === undefined ? line : `${line}  ! ${error}`;
}
