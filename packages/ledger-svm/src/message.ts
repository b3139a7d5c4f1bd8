import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import { type MessageConfig, readMessageV1, V1_FIRST_BYTE, writeMessageV1 } from "./message-v1.ts";

/** One instruction of a message; accounts by their position among the message's keys. */
export interface CompiledInstruction {
  readonly program: number;
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
}

/** Addresses that a message takes from a table: positions in it. */
export interface AddressLookup {
  readonly table: Uint8Array;
  readonly writable: readonly number[];
  readonly readonly: readonly number[];
}

/** What the signatures of a transaction cover. */
export interface SvmMessage {
  readonly version: "legacy" | 0 | 1;
  readonly requiredSignatures: number;
  readonly readonlySigned: number;
  readonly readonlyUnsigned: number;
  /** 32 bytes each; the first pays the fee. */
  readonly keys: readonly Uint8Array[];
  readonly recentBlockhash: Uint8Array;
  readonly instructions: readonly CompiledInstruction[];
  /** What a message of version 1 asks for. */
  readonly config?: MessageConfig;
  /** Default: none. */
  readonly lookups?: readonly AddressLookup[];
  /** How many of `keys`, at their end, came out of tables: writable ones, then the others. Default: none, the tables are not read. */
  readonly loaded?: { readonly writable: number; readonly readonly: number };
}

/** Most significant bit of a message's first byte: the message has a version. */
const VERSION_FLAG = 0x80;
/** A length of Solana's wire format ("compact-u16") has at most three bytes. */
const COMPACT_BYTES_MAX = 3;
/** Keys that a message can have: their positions are bytes. */
const KEYS_MAX = 256;

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
 * Faults: MALFORMED_TRANSACTION; INVALID_TRANSACTION for versions that this chain does not know.
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
  if (first === V1_FIRST_BYTE) return readMessageV1(reader);
  const isVersioned = (first & VERSION_FLAG) !== 0;
  if (isVersioned && first !== VERSION_FLAG) {
    refuse("INVALID_TRANSACTION", 0, `message version ${first & 0x7f}; legacy, 0 and 1 are known`);
  }
  const requiredSignatures = isVersioned ? reader.u8() : first;
  const readonlySigned = reader.u8();
  const readonlyUnsigned = reader.u8();
  const keys = list(reader, () => reader.take(32));
  const recentBlockhash = reader.take(32);
  const instructions = list(reader, (): CompiledInstruction => {
    const program = reader.u8();
    const accounts = positions(reader);
    return { program, accounts, data: reader.take(readCompact(reader)) };
  });
  const lookups = isVersioned ? list(reader, () => readLookup(reader)) : [];
  const message: SvmMessage = {
    version: isVersioned ? 0 : "legacy",
    ...{ requiredSignatures, readonlySigned, readonlyUnsigned },
    ...{ keys, recentBlockhash, instructions },
    ...(lookups.length > 0 ? { lookups } : {}),
  };
  const flaw = messageFlaw(message);
  if (flaw !== undefined) refuse("MALFORMED_TRANSACTION", undefined, flaw);
  return message;
}

/** A list of bytes, each the position of a key. */
function positions(reader: ByteReader): number[] {
  const bytes = reader.take(readCompact(reader));
  const list: number[] = [];
  for (let at = 0; at < bytes.length; at++) list.push(bytes[at]!);
  return list;
}

function readLookup(reader: ByteReader): AddressLookup {
  return {
    table: reader.take(32),
    writable: positions(reader),
    readonly: positions(reader),
  };
}

/** What is wrong with a message's form (anza-xyz/solana-sdk `message/src/versions/v0/mod.rs`, sanitize); undefined if nothing is. */
export function messageFlaw(message: SvmMessage): string | undefined {
  const { keys, instructions, lookups = [] } = message;
  const { requiredSignatures, readonlySigned, readonlyUnsigned } = message;
  if (requiredSignatures + readonlyUnsigned > keys.length || readonlySigned >= requiredSignatures) {
    return "the message's header does not fit its keys";
  }
  let total = keys.length;
  for (const { writable, readonly } of lookups) {
    if (writable.length + readonly.length === 0) return "a lookup table is named for nothing";
    total += writable.length + readonly.length;
  }
  if (total > KEYS_MAX) return `the message has ${total} keys; ${KEYS_MAX} can be named`;
  for (const { program, accounts } of instructions) {
    let isSound = program > 0 && program < keys.length;
    for (const index of accounts) isSound &&= index < total;
    if (!isSound) return "an instruction names a key that cannot be its";
  }
  return undefined;
}

function list<T>(reader: ByteReader, read: () => T): T[] {
  const items: T[] = [];
  for (let left = readCompact(reader); left > 0; left--) items.push(read());
  return items;
}

/** Bytes of a message, as signed. */
export function encodeMessage(message: SvmMessage): Uint8Array {
  const writer = new ByteWriter();
  if (message.version === 1) {
    writeMessageV1(writer, message);
    return writer.finish();
  }
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
  if (message.version === 0) {
    const lookups = message.lookups ?? [];
    writeCompact(writer, lookups.length);
    for (const { table, writable, readonly } of lookups) {
      writer.bytes(table);
      writeCompact(writer, writable.length);
      writer.bytes(Uint8Array.from(writable));
      writeCompact(writer, readonly.length);
      writer.bytes(Uint8Array.from(readonly));
    }
  }
  return writer.finish();
}

/** Whether the key at `index` signs. */
export const isSigner = (message: SvmMessage, index: number): boolean =>
  index < message.requiredSignatures;

/** Whether the header or the lookup lets the key at `index` be written; programs and sysvars are read all the same. */
export function isHeaderWritable(message: SvmMessage, index: number): boolean {
  const { requiredSignatures, readonlySigned, readonlyUnsigned, keys, loaded } = message;
  const fixed = keys.length - (loaded === undefined ? 0 : loaded.writable + loaded.readonly);
  if (index >= fixed) return index < fixed + (loaded?.writable ?? 0);
  return index < requiredSignatures
    ? index < requiredSignatures - readonlySigned
    : index < fixed - readonlyUnsigned;
}
