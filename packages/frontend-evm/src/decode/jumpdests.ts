import { JUMPDEST, PUSH1, PUSH32 } from "../opcodes.ts";

/** 1 at each byte that is a JUMPDEST and not data of a PUSH. One linear pass. */
export function findJumpdests(code: Uint8Array): Uint8Array {
  const flags = new Uint8Array(code.length);
  for (let pc = 0; pc < code.length; pc++) {
    const op = code[pc];
    if (op === JUMPDEST) flags[pc] = 1;
    else if (op >= PUSH1 && op <= PUSH32) pc += op - PUSH1 + 1;
  }
  return flags;
}

/** The number that the PUSH at `pc` pushes; bytes beyond the end of the code are zero. */
export function pushedWord(code: Uint8Array, pc: number): bigint {
  const count = code[pc] - PUSH1 + 1;
  if (count <= 6) return BigInt(pushedNumber(code, pc, count));
  let word = 0n;
  let at = 0;
  while (at < count) {
    const step = Math.min(6, count - at);
    word = (word << BigInt(step * 8)) | BigInt(bytesNumber(code, pc + 1 + at, step));
    at += step;
  }
  return word;
}

/** As {@link pushedWord} for at most 6 bytes. */
export function pushedNumber(code: Uint8Array, pc: number, count: number): number {
  return bytesNumber(code, pc + 1, count);
}

function bytesNumber(code: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 256 + (at + i < code.length ? code[at + i] : 0);
  return value;
}
