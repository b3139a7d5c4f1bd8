import { OP, OPS } from "./ops.ts";

/**
 * Generic reading of instructions at word `at` of `code`. Passes use these instead of knowing layouts;
 * the offsets written to `out` are positions in `code`, so that an operand can be replaced in place.
 */

/** Length of the instruction in words. */
export function instructionWords(code: Int32Array, at: number): number {
  return code[at]! >>> 8;
}

/** Positions of the operands (values that are read), in order; returns how many. */
export function operandPositions(code: Int32Array, at: number, out: number[] | Int32Array): number {
  const op = code[at]! & 0xff;
  const info = OPS[op]!;
  let n = 0;
  if (!info.variadic) {
    const first = at + 2 + info.resultCount;
    for (let i = 0; i < info.argCount; i++) out[n++] = first + i;
    return n;
  }
  switch (op) {
    case OP.br:
      return range(at + 4, code[at + 3]!, out, 0);
    case OP["br.if"]: {
      out[n++] = at + 2;
      n = range(at + 5, code[at + 4]!, out, n);
      const second = at + 5 + code[at + 4]!;
      return range(second + 2, code[second + 1]!, out, n);
    }
    case OP.switch:
      out[0] = at + 2;
      return 1;
    case OP.ret:
      return range(at + 3, code[at + 2]!, out, 0);
    case OP["host.if"]:
      out[n++] = at + 3;
      return range(at + 5, code[at + 4]!, out, n);
    case OP["call.indirect"]: {
      out[n++] = at + 3;
      const args = at + 5 + code[at + 4]!;
      return range(args + 1, code[args]!, out, n);
    }
    default: {
      // call, host
      const args = at + 4 + code[at + 3]!;
      return range(args + 1, code[args]!, out, 0);
    }
  }
}

/** Positions of the results (values that are defined), in order; returns how many. */
export function resultPositions(code: Int32Array, at: number, out: number[] | Int32Array): number {
  const op = code[at]! & 0xff;
  const info = OPS[op]!;
  if (!info.variadic) {
    for (let i = 0; i < info.resultCount; i++) out[i] = at + 2 + i;
    return info.resultCount;
  }
  if (op === OP.call || op === OP.host) return range(at + 4, code[at + 3]!, out, 0);
  if (op === OP["call.indirect"]) return range(at + 5, code[at + 4]!, out, 0);
  return 0;
}

/** Positions of the target blocks of a terminator, in order; returns how many. */
export function targetPositions(code: Int32Array, at: number, out: number[] | Int32Array): number {
  switch (code[at]! & 0xff) {
    case OP.br:
      out[0] = at + 2;
      return 1;
    case OP["br.if"]:
      out[0] = at + 3;
      out[1] = at + 5 + code[at + 4]!;
      return 2;
    case OP.switch:
      return range(at + 4, code[at + 3]! + 1, out, 0);
    default:
      return 0;
  }
}

/** Position of the first immediate of a fixed operation. */
export function immediatePosition(code: Int32Array, at: number): number {
  const info = OPS[code[at]! & 0xff]!;
  return at + 2 + info.resultCount + info.argCount;
}

function range(from: number, count: number, out: number[] | Int32Array, n: number): number {
  for (let i = 0; i < count; i++) out[n++] = from + i;
  return n;
}
