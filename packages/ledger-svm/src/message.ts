import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";

/** One instruction of a message; accounts by their position among the message's keys. */
export interface CompiledInstruction {
  readonly program: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
}

/** What the signatures of a transaction cover. */
export interface SvmMessage {
  readonly version: "legacy" | 0;
  readonly requiredSignatures: number;
  readonly readonlySigned: number;
  readonly readonlyUnsigned: number;
  /** 32 bytes each; the first pays the fee. */
  readonly keys: readonly Uint8Array[];
  readonly recentBlockhash: Uint8Array;
  readonly instructions: readonly CompiledInstruction[];
}

/** Most significant bit of a message's first byte: the message has a version. */
const VERSION_FLAG = 0x80;
/** A length of Solana's wire format ("compact-u16") has at most three bytes. */
const COMPACT_BYTES_MAX = 3;

/** Reads a length in seven-bit groups, low ones first. */
export function readCompact(reader: ByteReader): number {
  const { at } = reader;
  let value = 0;
  for (let index = 0; index < COMPACT_BYTES_MAX; index++) {
    const byte = reader.u8();
    value |= (byte & 0x7f) << (index * 7);
    if (byte === 0 && index > 0) break;
    if (byte < 0x80) {
      if (value <= 0xffff) return value;
      break;
    }
  }
  return refuse("MALFORMED_TRANSACTION", at, "a length is not in its shortest form or too large");
}

export const writeCompact = (writer: ByteWriter, value: number): void => writer.uleb128(value);

/**
 * Decodes and checks a message (anza-xyz/solana-sdk `message/src/versions`): its header fits its keys, and its instructions name keys that
 * are there.
 *
 * Faults: MALFORMED_TRANSACTION; INVALID_TRANSACTION for address lookup tables and versions that this chain does not know.
 */
export function decodeMessage(bytes: Uint8Array): SvmMessage {
  try {
    const reader = new ByteReader(bytes);
    const message = readMessage(reader);
    reader.finish();
    return message;
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code > 2000) throw error;
    return refuse("MALFORMED_TRANSACTION", error.fault.at, "the message is cut or too long");
  }
}

function readMessage(reader: ByteReader): SvmMessage {
  const first = reader.u8();
  const isVersioned = (first & VERSION_FLAG) !== 0;
  if (isVersioned && first !== VERSION_FLAG) {
    refuse("INVALID_TRANSACTION", 0, `message version ${first & 0x7f}; legacy and 0 are known`);
  }
  const requiredSignatures = isVersioned ? reader.u8() : first;
  const readonlySigned = reader.u8();
  const readonlyUnsigned = reader.u8();
  const keys = list(reader, () => reader.take(32));
  const recentBlockhash = reader.take(32);
  const instructions = list(reader, (): CompiledInstruction => {
    const program = reader.u8();
    const accounts = [...reader.take(readCompact(reader))];
    return { program, accounts, data: reader.take(readCompact(reader)) };
  });
  if (isVersioned && readCompact(reader) > 0) {
    refuse("INVALID_TRANSACTION", reader.at, "address lookup tables are not supported");
  }
  checkHeader(requiredSignatures, readonlySigned, readonlyUnsigned, keys.length);
  for (const { program, accounts } of instructions) {
    const isInside = program > 0 && [program, ...accounts].every((index) => index < keys.length);
    if (!isInside) {
      refuse("MALFORMED_TRANSACTION", undefined, "an instruction names a key that cannot be its");
    }
  }
  return {
    version: isVersioned ? 0 : "legacy",
    ...{ requiredSignatures, readonlySigned, readonlyUnsigned },
    ...{ keys, recentBlockhash, instructions },
  };
}

function checkHeader(
  requiredSignatures: number,
  readonlySigned: number,
  readonlyUnsigned: number,
  keys: number,
): void {
  const isSound =
    readonlySigned < requiredSignatures && requiredSignatures + readonlyUnsigned <= keys;
  if (!isSound) {
    refuse("MALFORMED_TRANSACTION", undefined, "the message's header does not fit its keys");
  }
}

function list<T>(reader: ByteReader, read: () => T): T[] {
  return Array.from({ length: readCompact(reader) }, read);
}

/** Bytes of a message, as signed. */
export function encodeMessage(message: SvmMessage): Uint8Array {
  const writer = new ByteWriter();
  if (message.version === 0) writer.u8(VERSION_FLAG);
  writer.u8(message.requiredSignatures);
  writer.u8(message.readonlySigned);
  writer.u8(message.readonlyUnsigned);
  writeCompact(writer, message.keys.length);
  for (const key of message.keys) writer.bytes(key);
  writer.bytes(message.recentBlockhash);
  writeCompact(writer, message.instructions.length);
  for (const { program, accounts, data } of message.instructions) {
    writer.u8(program);
    writeCompact(writer, accounts.length);
    writer.bytes(Uint8Array.from(accounts));
    writeCompact(writer, data.length);
    writer.bytes(data);
  }
  if (message.version === 0) writer.u8(0);
  return writer.finish();
}

/** Whether the key at `index` signs. */
export const isSigner = (message: SvmMessage, index: number): boolean =>
  index < message.requiredSignatures;

/** Whether the header lets the key at `index` be written; programs and sysvars are read all the same. */
export function isHeaderWritable(message: SvmMessage, index: number): boolean {
  const { requiredSignatures, readonlySigned, readonlyUnsigned, keys } = message;
  return index < requiredSignatures
    ? index < requiredSignatures - readonlySigned
    : index < keys.length - readonlyUnsigned;
}
