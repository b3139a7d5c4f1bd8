import {
  accessOffset,
  accessSize,
  argumentPosition,
  MEMORY_ACCESSES,
} from "../ir/memory-access.ts";
import type { Emitter } from "./emitter.ts";

/**
 * Writes assertions of the addresses that the instruction at `at` touches, in front of it: each is a call of the imported function
 * (function, instruction, address, offset, length). Addresses are computed into locals first, which the instruction then reads.
 */
export function writeAssertions(c: Emitter, at: number): void {
  const { code } = c;
  for (const access of MEMORY_ACCESSES[code[at] & 0xff]) {
    const address = code[argumentPosition(code, at, access.address)];
    const size = accessSize(code, at, access);
    const length = size < 0 ? code[argumentPosition(code, at, access.sizeArgument)] : -1;
    c.settle(address);
    if (length >= 0) c.settle(length);
    c.const32(c.plan.index);
    c.const32(at);
    c.getScalar(address);
    c.const32(accessOffset(code, at, access));
    if (length >= 0) c.getScalar(length);
    else c.const32(size);
    c.callFunction(c.module.assertFunction);
  }
}
