import type { ByteReader, ByteWriter } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import { messageFlaw, type SvmMessage } from "./message.ts";

/** First byte of a message of version 1, and of its transaction (SIMD-0385). */
export const V1_FIRST_BYTE = 0x81;
/** What a transaction of version 1 may have at most; its size is in bytes. */
export const V1_MAX = { BYTES: 4096, KEYS: 64, INSTRUCTIONS: 64, SIGNATURES: 12 } as const;

/** What a message of version 1 asks for in its header; what is left out is asked for at its least. */
export interface MessageConfig {
  /** Lamports for the whole transaction. */
  readonly priorityFee?: bigint;
  readonly unitLimit?: number;
  readonly loadedBytesMax?: number;
  readonly heapBytes?: number;
}

/** Bits of the mask: each stands for four bytes. */
const BIT = { FEE: 3, UNITS: 4, LOADED: 8, HEAP: 16 } as const;
const KNOWN_BITS = 31;
const HEAP = { MIN: 32 * 1024, MAX: 256 * 1024, STEP: 1024 } as const;

/**
 * Reads a message of version 1 behind its first byte: no lengths of seven-bit groups, no tables, and the budget in the header.
 *
 * Faults: MALFORMED_TRANSACTION.
 */
export function readMessageV1(reader: ByteReader): SvmMessage {
  const requiredSignatures = reader.u8();
  const readonlySigned = reader.u8();
  const readonlyUnsigned = reader.u8();
  const mask = reader.u32();
  const recentBlockhash = reader.take(32);
  const instructionCount = reader.u8();
  const keyCount = reader.u8();
  const keys = Array.from({ length: keyCount }, () => reader.take(32));
  const config = readConfig(reader, mask);
  const headers = Array.from({ length: instructionCount }, () => ({
    program: reader.u8(),
    accounts: reader.u8(),
    bytes: reader.u16(),
  }));
  const instructions = headers.map(({ program, accounts, bytes }) => ({
    program,
    accounts: [...reader.take(accounts)],
    data: reader.take(bytes),
  }));
  const message: SvmMessage = {
    ...{ version: 1, requiredSignatures, readonlySigned, readonlyUnsigned },
    ...{ keys, recentBlockhash, instructions, config },
  };
  const flaw = messageFlaw(message) ?? flawV1(message);
  if (flaw !== undefined) refuse("MALFORMED_TRANSACTION", undefined, flaw);
  return message;
}

function readConfig(reader: ByteReader, mask: number): MessageConfig {
  if ((mask & ~KNOWN_BITS) !== 0) refuse("MALFORMED_TRANSACTION", 4, "the mask has unknown bits");
  const fee = mask & BIT.FEE;
  if (fee !== 0 && fee !== BIT.FEE) {
    refuse("MALFORMED_TRANSACTION", 4, "the mask has one of the two bits of the priority fee");
  }
  return {
    ...(fee === 0 ? {} : { priorityFee: reader.u64() }),
    ...((mask & BIT.UNITS) === 0 ? {} : { unitLimit: reader.u32() }),
    ...((mask & BIT.LOADED) === 0 ? {} : { loadedBytesMax: reader.u32() }),
    ...((mask & BIT.HEAP) === 0 ? {} : { heapBytes: reader.u32() }),
  };
}

/** What breaks a constraint of version 1; undefined if nothing does. */
function flawV1({
  keys,
  instructions,
  requiredSignatures,
  config,
}: SvmMessage): string | undefined {
  if (requiredSignatures > V1_MAX.SIGNATURES)
    return `${requiredSignatures} signatures are required`;
  if (keys.length > V1_MAX.KEYS) return `the message has ${keys.length} keys`;
  if (instructions.length === 0) return "the message has no instruction";
  if (instructions.length > V1_MAX.INSTRUCTIONS)
    return `${instructions.length} are too many instructions`;
  if (new Set(keys.map(String)).size < keys.length) return "a key stands twice in the message";
  const { heapBytes = HEAP.MIN } = config ?? {};
  const isHeap = heapBytes >= HEAP.MIN && heapBytes <= HEAP.MAX && heapBytes % HEAP.STEP === 0;
  return isHeap ? undefined : `a heap of ${heapBytes} bytes cannot be had`;
}

/** Writes the message with its first byte. */
export function writeMessageV1(writer: ByteWriter, message: SvmMessage): void {
  const { keys, instructions, config = {} } = message;
  const { priorityFee, unitLimit, loadedBytesMax, heapBytes } = config;
  writer.u8(V1_FIRST_BYTE);
  writer.u8(message.requiredSignatures);
  writer.u8(message.readonlySigned);
  writer.u8(message.readonlyUnsigned);
  writer.u32(
    (priorityFee === undefined ? 0 : BIT.FEE) |
      (unitLimit === undefined ? 0 : BIT.UNITS) |
      (loadedBytesMax === undefined ? 0 : BIT.LOADED) |
      (heapBytes === undefined ? 0 : BIT.HEAP),
  );
  writer.bytes(message.recentBlockhash);
  writer.u8(instructions.length);
  writer.u8(keys.length);
  for (const key of keys) writer.bytes(key);
  if (priorityFee !== undefined) writer.u64(priorityFee);
  for (const value of [unitLimit, loadedBytesMax, heapBytes])
    if (value !== undefined) writer.u32(value);
  for (const { program, accounts, data } of instructions) {
    writer.u8(program);
    writer.u8(accounts.length);
    writer.u16(data.length);
  }
  for (const { accounts, data } of instructions) {
    writer.bytes(Uint8Array.from(accounts));
    writer.bytes(data);
  }
}
