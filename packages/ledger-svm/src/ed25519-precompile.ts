import { decodeBase58, encodeHex } from "@dragoman/bytes";
import { verifyEd25519 } from "@dragoman/crypto";
import type { SvmMessage } from "./message.ts";

/** Address of the program that checks signatures given in its data (agave `precompiles/src/ed25519.rs`). */
export const ED25519_PRECOMPILE: Uint8Array = decodeBase58(
  "Ed25519SigVerify111111111111111111111111111",
);
const ED25519_PRECOMPILE_HEX: string = encodeHex(ED25519_PRECOMPILE);

/** Custom errors of precompiles (anza-xyz/solana-sdk `precompile-error/src/lib.rs`). */
const ERROR = {
  INVALID_SIGNATURE: 2,
  INVALID_DATA_OFFSETS: 3,
  INVALID_INSTRUCTION_DATA_SIZE: 4,
} as const;

/** Bytes before the entries, of one entry, and its fields: offset and instruction of signature and key, then of the message with its size. */
const START = 2;
const ENTRY_BYTES = 14;
/** In place of an instruction's number: the instruction itself. */
const OWN_DATA = 0xffff;

export const isEd25519Precompile = (program: Uint8Array): boolean =>
  encodeHex(program) === ED25519_PRECOMPILE_HEX;

/** Signatures that an instruction of the precompile checks; each is paid like one of the transaction. */
export const precompileSignatures = ({ keys, instructions }: SvmMessage): number => {
  let count = 0;
  for (const { program, data } of instructions) {
    if (isEd25519Precompile(keys[program]!)) count += data[0] ?? 0;
  }
  return count;
};

/** Checks the signatures of the instruction at `index`; the number of a custom error, or undefined if all are good. */
export function checkEd25519(message: SvmMessage, index: number): number | undefined {
  const { data } = message.instructions[index]!;
  const [count] = data;
  if (count === undefined || data.length < START) return ERROR.INVALID_INSTRUCTION_DATA_SIZE;
  if (count === 0 && data.length > START) return ERROR.INVALID_INSTRUCTION_DATA_SIZE;
  if (data.length < START + count * ENTRY_BYTES) return ERROR.INVALID_INSTRUCTION_DATA_SIZE;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  /** Bytes of another instruction, or of this one. */
  const part = (offset: number, instruction: number, size: number): Uint8Array | undefined => {
    const source = instruction === OWN_DATA ? data : message.instructions[instruction]?.data;
    return source !== undefined && offset + size <= source.length
      ? source.subarray(offset, offset + size)
      : undefined;
  };
  for (let entry = 0; entry < count; entry++) {
    const field = (n: number): number => view.getUint16(START + entry * ENTRY_BYTES + n * 2, true);
    const signature = part(field(0), field(1), 64);
    const key = part(field(2), field(3), 32);
    const text = part(field(4), field(6), field(5));
    if (signature === undefined || key === undefined || text === undefined) {
      return ERROR.INVALID_DATA_OFFSETS;
    }
    if (!verifyEd25519(signature, text, key)) return ERROR.INVALID_SIGNATURE;
  }
  return undefined;
}
