import { OP, OPS } from "./ops.ts";

/**
 * Length that the instruction at `at` has by its form, in words. Reads no further than `at + words`: where a count lies
 * outside, or is negative, the answer is -1.
 */
export function instructionLength(code: Int32Array, at: number, words: number): number {
  const info = OPS[code[at] & 0xff];
  if (!info.variadic) return 2 + info.resultCount + info.argCount + info.immediates;
  /** Position behind a count at `from` and its items; -1 = outside. */
  const behind = (from: number): number => {
    if (from < 0 || from >= at + words || code[from] < 0 || code[from] > words) return -1;
    return from + 1 + code[from];
  };
  switch (info.code) {
    case OP.br:
      return behind(at + 3) - at;
    case OP["br.if"]: {
      const second = behind(at + 4);
      return second < 0 ? -1 : behind(second + 1) - at;
    }
    case OP.switch: {
      const end = behind(at + 3);
      return end < 0 ? -1 : end + 1 - at;
    }
    case OP.ret:
      return behind(at + 2) - at;
    case OP["host.if"]:
      return behind(at + 4) - at;
    case OP["call.indirect"]:
      return behind(behind(at + 4)) - at;
    default:
      return behind(behind(at + 3)) - at;
  }
}
