import { AddressViolation, liesInRegions } from "../host/memory-region.ts";
import {
  accessOffset,
  accessSize,
  argumentPosition,
  MEMORY_ACCESSES,
} from "../ir/memory-access.ts";
import { OPS } from "../ir/ops.ts";
import { EXECUTE, type Execute } from "./execute.ts";
import type { Interpreter } from "./interpreter.ts";

/** {@link EXECUTE} by operation code, with an assertion of every address in front: see `Program.regions`. */
export const ASSERTED: readonly Execute[] = OPS.map(({ code: op, name }) => {
  const execute = EXECUTE[name];
  if (MEMORY_ACCESSES[op].length === 0) return execute;
  return (m, code, at) => {
    assertAccesses(m, code, at);
    execute(m, code, at);
  };
});

function assertAccesses(m: Interpreter, code: Int32Array, at: number): void {
  const { frame } = m;
  const regions = frame.program.regions!;
  for (const access of MEMORY_ACCESSES[code[at] & 0xff]) {
    const base = argument(m, code, at, access.address);
    const address = base + accessOffset(code, at, access);
    const size = accessSize(code, at, access);
    const length = size < 0 ? argument(m, code, at, access.sizeArgument) : size;
    if (liesInRegions(frame, regions, address, length)) continue;
    const fn = m.fn.source;
    throw new AddressViolation(frame, regions, { module: m.module, fn, at, address, length });
  }
}

function argument(m: Interpreter, code: Int32Array, at: number, index: number): number {
  return (m.values[m.base + code[argumentPosition(code, at, index)]] as number) >>> 0;
}
