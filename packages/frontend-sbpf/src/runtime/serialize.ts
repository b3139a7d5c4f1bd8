import type { Frame, Journal } from "@dragoman/core";
import { HEAD, readData, readHead } from "./accounts.ts";
import { hasFeature, type Invocation, type SerializedAccount } from "./invocation.ts";

/** Bytes by which an account can grow in one instruction; they follow its data in the input. */
export const GROWTH_BYTES = 10_240;
const ALIGNMENT = 8;

const padding = (length: number): number => -length & (ALIGNMENT - 1);

export interface Serialized {
  /** Bytes of the whole input. */
  readonly bytes: number;
  /** Offset of the instruction's data. */
  readonly instructionData: number;
}

/** Bytes that {@link serializeInput} will write. */
export function inputBytes(journal: Journal, invocation: Invocation): number {
  const unaligned = invocation.found.isUnaligned;
  let size = 8 + 8 + invocation.data.length + 32;
  const { accounts } = invocation;
  for (let position = 0; position < accounts.length; position++) {
    const account = accounts[position];
    if (account.first !== position) {
      size += unaligned ? 1 : 8;
      continue;
    }
    const length = readData(journal, account.index).length;
    size += unaligned
      ? UNALIGNED_BYTES + length
      : ALIGNED_BYTES + length + GROWTH_BYTES + padding(length);
  }
  return size;
}

/** dup, signer, writable, executable, 4 spare, key, owner, lamports, length, rent epoch. */
const ALIGNED_BYTES = 8 + 32 + 32 + 8 + 8 + 8;
/** dup, signer, writable, key, lamports, length, owner, executable, rent epoch. */
const UNALIGNED_BYTES = 3 + 32 + 8 + 8 + 32 + 1 + 8;

/**
 * Writes accounts, instruction data and program id at host address `at`, in the layout of ABI v1 (loaders 2 and 3) or, packed, v0
 * (agave `program-runtime/src/serialization.rs`), and records where accounts stand in `invocation.layout`.
 */
export function serializeInput(frame: Frame, invocation: Invocation, at: number): Serialized {
  const { memory, journal } = frame;
  const { u8, view } = memory;
  const layout: SerializedAccount[] = [];
  const write = invocation.found.isUnaligned ? writeUnaligned : writeAligned;
  const masksEpoch = hasFeature(invocation.transaction, "maskOutRentEpochInVmSerialization");
  view.setUint32(at, invocation.accounts.length, true);
  view.setUint32(at + 4, 0, true);
  let offset = 8;
  const { accounts } = invocation;
  for (let position = 0; position < accounts.length; position++) {
    const account = accounts[position];
    if (account.first !== position) {
      layout.push(layout[account.first]);
      u8.fill(0, at + offset, at + offset + 8);
      u8[at + offset] = account.first;
      offset += invocation.found.isUnaligned ? 1 : 8;
      continue;
    }
    const head = readHead(journal, account.index);
    const data = readData(journal, account.index);
    u8[at + offset] = 0xff;
    u8[at + offset + 1] = account.isSigner ? 1 : 0;
    u8[at + offset + 2] = account.isWritable ? 1 : 0;
    const entry = write(u8, view, at, offset, account.key, head, data);
    layout.push(entry);
    const end = entry.data + data.length;
    offset = invocation.found.isUnaligned
      ? end + 32 + 1 + 8
      : end + GROWTH_BYTES + padding(data.length) + 8;
    const epoch = at + offset - 8;
    if (masksEpoch) u8.fill(255, epoch, epoch + 8);
    else u8.set(head.subarray(HEAD.RENT_EPOCH, HEAD.RENT_EPOCH + 8), epoch);
  }
  invocation.layout = layout;
  view.setUint32(at + offset, invocation.data.length, true);
  view.setUint32(at + offset + 4, 0, true);
  const instructionData = offset + 8;
  u8.set(invocation.data, at + instructionData);
  const end = instructionData + invocation.data.length;
  u8.set(invocation.programId, at + end);
  return { bytes: end + 32, instructionData };
}

type WriteAccount = (
  u8: Uint8Array,
  view: DataView,
  at: number,
  offset: number,
  key: Uint8Array,
  head: Uint8Array,
  data: Uint8Array,
) => SerializedAccount;

const writeAligned: WriteAccount = (u8, view, at, offset, key, head, data) => {
  const start = at + offset;
  u8[start + 3] = head[HEAD.EXECUTABLE];
  view.setUint32(start + 4, 0, true);
  for (let i = 0; i < 32; i++) {
    u8[start + 8 + i] = key[i];
    u8[start + 40 + i] = head[HEAD.OWNER + i];
  }
  for (let i = 0; i < 8; i++) u8[start + 72 + i] = head[HEAD.LAMPORTS + i];
  view.setUint32(start + 80, data.length, true);
  view.setUint32(start + 84, 0, true);
  u8.set(data, start + 88);
  const end = start + 88 + data.length;
  const spare = GROWTH_BYTES + padding(data.length);
  u8.fill(0, end, end + spare);
  return {
    key: offset + 8,
    owner: offset + 40,
    lamports: offset + 72,
    data: offset + 88,
    dataBytes: data.length,
  };
};

const writeUnaligned: WriteAccount = (u8, view, at, offset, key, head, data) => {
  const start = at + offset;
  u8.set(key, start + 3);
  u8.set(head.subarray(HEAD.LAMPORTS, HEAD.LAMPORTS + 8), start + 35);
  view.setUint32(start + 43, data.length, true);
  view.setUint32(start + 47, 0, true);
  u8.set(data, start + 51);
  const end = start + 51 + data.length;
  u8.set(head.subarray(HEAD.OWNER, HEAD.OWNER + 32), end);
  u8[end + 32] = head[HEAD.EXECUTABLE];
  return {
    key: offset + 3,
    owner: offset + 51 + data.length,
    lamports: offset + 35,
    data: offset + 51,
    dataBytes: data.length,
  };
};
