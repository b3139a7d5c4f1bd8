import { encodeBase58 } from "@dragoman/bytes";
import { type AccountMeta, ADDRESS, type SvmInstruction } from "@dragoman/frontend-sbpf";

/** A transaction as far as running its instructions needs it. */
export interface DecodedTransaction {
  readonly signatures: number;
  readonly keys: readonly Uint8Array[];
  readonly instructions: readonly SvmInstruction[];
  readonly unitLimit: number;
  readonly heapBytes: number;
}

/** Decodes wire bytes of a legacy transaction or one of version 0 without lookups. */
export function decodeTransaction(wire: Uint8Array): DecodedTransaction {
  let at = 0;
  const byte = (): number => wire[at++] as number;
  const length = (): number => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const part = byte();
      value |= (part & 127) << shift;
      if (part < 128) return value;
    }
  };
  const take = (size: number): Uint8Array => {
    at += size;
    return wire.slice(at - size, at);
  };
  const signatures = length();
  take(64 * signatures);
  if ((wire[at] as number) >= 128) at++;
  const [signers, readonlySigners, readonlyOthers] = [byte(), byte(), byte()];
  const keys = Array.from({ length: length() }, () => take(32));
  take(32);
  const metas = keys.map((key, index): AccountMeta => {
    const isSigner = index < signers;
    const end = isSigner ? signers - readonlySigners : keys.length - readonlyOthers;
    return { key, isSigner, isWritable: index < end };
  });
  const instructions = Array.from({ length: length() }, (): SvmInstruction => {
    const programId = keys[byte()] as Uint8Array;
    const accounts = Array.from({ length: length() }, () => metas[byte()] as AccountMeta);
    return { programId, accounts, data: take(length()) };
  });
  return { signatures, keys, instructions, ...budgetOf(instructions) };
}

const UNITS_PER_INSTRUCTION = 200_000;
const UNITS_PER_NATIVE = 3_000;
const UNITS_MAX = 1_400_000;

function budgetOf(
  instructions: readonly SvmInstruction[],
): Pick<DecodedTransaction, "unitLimit" | "heapBytes"> {
  let limit: number | undefined;
  let heapBytes = 32 * 1024;
  let defaults = 0;
  for (const { programId, data } of instructions) {
    const name = encodeBase58(programId);
    const isBudget = name === ADDRESS.COMPUTE_BUDGET.text;
    const isNative = isBudget || name === ADDRESS.SYSTEM.text;
    defaults += isNative ? UNITS_PER_NATIVE : UNITS_PER_INSTRUCTION;
    if (!isBudget) continue;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (data[0] === 1) heapBytes = view.getUint32(1, true);
    if (data[0] === 2) limit = view.getUint32(1, true);
  }
  return { unitLimit: limit ?? Math.min(defaults, UNITS_MAX), heapBytes };
}
