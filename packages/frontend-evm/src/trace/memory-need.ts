import { OPCODE } from "../opcodes.ts";
import type { Step } from "./step.ts";

/** Ranges of guest memory that an instruction touches: positions of offset and length below the top, or the length itself. */
type Range = readonly [offsetAt: number, length: { readonly at: number } | number];

const at = (position: number) => ({ at: position });

const RANGES: Readonly<Record<number, readonly Range[]>> = {
  [OPCODE.keccak256]: [[0, at(1)]],
  [OPCODE.calldatacopy]: [[0, at(2)]],
  [OPCODE.codecopy]: [[0, at(2)]],
  [OPCODE.extcodecopy]: [[1, at(3)]],
  [OPCODE.returndatacopy]: [[0, at(2)]],
  [OPCODE.mload]: [[0, 32]],
  [OPCODE.mstore]: [[0, 32]],
  [OPCODE.mstore8]: [[0, 1]],
  [OPCODE.mcopy]: [
    [0, at(2)],
    [1, at(2)],
  ],
  [OPCODE.log0]: [[0, at(1)]],
  [OPCODE.log1]: [[0, at(1)]],
  [OPCODE.log2]: [[0, at(1)]],
  [OPCODE.log3]: [[0, at(1)]],
  [OPCODE.log4]: [[0, at(1)]],
  [OPCODE.create]: [[1, at(2)]],
  [OPCODE.create2]: [[1, at(2)]],
  [OPCODE.call]: [
    [3, at(4)],
    [5, at(6)],
  ],
  [OPCODE.callcode]: [
    [3, at(4)],
    [5, at(6)],
  ],
  [OPCODE.delegatecall]: [
    [2, at(3)],
    [4, at(5)],
  ],
  [OPCODE.staticcall]: [
    [2, at(3)],
    [4, at(5)],
  ],
  [OPCODE.return]: [[0, at(1)]],
  [OPCODE.revert]: [[0, at(1)]],
};

/** Largest memory that geth prices at all, bytes (core/vm/gas_table.go, memoryGasCost). */
export const MEMORY_MAX = 0x1fffffffe0n;
const U64 = 1n << 64n;

/** Bytes of guest memory that an instruction needs; "overflow" if no price is computed for so much. */
export function memoryNeed(step: Step): number | "overflow" {
  const need = memoryNeedExact(step);
  return need > MEMORY_MAX ? "overflow" : Number(need);
}

function memoryNeedExact(step: Step): bigint {
  let need = 0n;
  for (const [offsetAt, length] of RANGES[step.op] ?? []) {
    const size = typeof length === "number" ? BigInt(length) : (step.peek(length.at) ?? 0n);
    if (size === 0n) continue;
    const end = (step.peek(offsetAt) ?? 0n) + size;
    if (end > need) need = end;
  }
  return need;
}

/** True if an instruction names memory by its operands. */
export const touchesMemory = (op: number): boolean => RANGES[op] !== undefined;

/** Why the memory that an instruction needs cannot be priced, in the words of geth; undefined if it can be. */
export function memoryOverflow(step: Step): string | undefined {
  const need = memoryNeedExact(step);
  if (need > U64 - 32n) return "gas uint64 overflow";
  return need > MEMORY_MAX ? "out of gas: gas uint64 overflow" : undefined;
}

/** Words that a length starts; a length beyond what is priced counts as nothing. */
export function wordsOf(length: bigint | undefined): number {
  return length === undefined || length > MEMORY_MAX ? 0 : Math.ceil(Number(length) / 32);
}
