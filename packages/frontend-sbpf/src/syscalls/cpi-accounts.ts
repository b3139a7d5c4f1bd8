import { encodeBase58, equalBytes } from "@dragoman/bytes";
import { type Frame, HOST } from "@dragoman/core";
import { setData, setLamports, setOwner } from "../runtime/account-rules.ts";
import { HEAD, readData, readHead } from "../runtime/accounts.ts";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { failure, type InstructionErrorName } from "../runtime/instruction-error.ts";
import {
  hasFeature,
  type InstructionAccount,
  type Invocation,
  invocationOf,
  logLine,
  type SerializedAccount,
} from "../runtime/invocation.ts";
import { GROWTH_BYTES } from "../runtime/serialize.ts";
import { answer, failAccess, failSyscall, failWith, isMisaligned, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { type CallerInfo, type CpiAbi, OLD_BYTES_MAX, readable } from "./cpi-abi.ts";

const INPUT = 0x4_0000_0000;
/** What an account info costs as. */
const INFO_COST_BYTES = 80;

/** An account that caller and callee share, with where the caller keeps its parts. */
export interface Shared {
  readonly account: InstructionAccount;
  readonly isWritable: boolean;
  /** Host addresses. */
  readonly lamports: number;
  readonly owner: number;
  /** Of the length of the data. */
  readonly length: number;
  /** Guest address of the data. */
  readonly data: number;
  /** Their length when the call began. */
  readonly dataBytes: number;
  /** Their length when the caller began. */
  readonly originalBytes: number;
}

/** Whether an account's parts must be where the input has them, and nothing that leads to them may be in it. */
const isRestricted = ({ transaction }: Invocation): boolean =>
  hasFeature(transaction, "syscallParameterAddressRestrictions") ||
  hasFeature(transaction, "bpfAccountDataDirectMapping");

/** Account infos that a call may bring; more fail with `text`. */
function infosMax({ transaction }: Invocation): readonly [max: number, text: string] {
  const text = "Invoked an instruction with too many account info's";
  if (hasFeature(transaction, "increaseCpiAccountInfoLimit")) return [255, text];
  if (!hasFeature(transaction, "loosenCpiSizeRestriction")) {
    return [OLD_BYTES_MAX / 32, "Too many account infos"];
  }
  return [hasFeature(transaction, "increaseTxAccountLockLimit") ? 128 : 64, text];
}

/** Positions of the infos at r2 (r3 of them) by number of their account; undefined after it has ended the frame. */
function readInfos(
  frame: Frame,
  abi: CpiAbi,
  caller: Invocation,
): { readonly host: number; readonly positions: ReadonlyMap<number, number> } | undefined {
  const address = argNumber(frame, 1);
  const count = argNumber(frame, 2);
  if (isRestricted(caller) && address + count * abi.infoBytes >= INPUT) {
    return void failSyscall(frame, "Invalid pointer");
  }
  const host = readable(frame, address, count * abi.infoBytes, 8);
  if (host === undefined) return undefined;
  const [max, text] = infosMax(caller);
  if (count > max) return void failSyscall(frame, `${text} (${count} > ${max})`);
  if (hasFeature(caller.transaction, "increaseCpiAccountInfoLimit")) {
    const units = Math.floor((count * INFO_COST_BYTES) / COST.BYTES_PER_UNIT);
    if (!pay(frame, units)) return undefined;
  }
  const positions = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const key = readable(frame, abi.infoKey(frame, host + i * abi.infoBytes), 32, 1);
    if (key === undefined) return undefined;
    const index = frame.journal.account(frame.memory.u8, key, 32);
    if (!positions.has(index)) positions.set(index, i);
  }
  return { host, positions };
}

/** Reads what the caller shares with the callee, and takes its changes over into the journal; undefined after it has ended the frame. */
export function readShared(
  frame: Frame,
  abi: CpiAbi,
  caller: Invocation,
  callee: Invocation,
): Shared[] | undefined {
  const infos = readInfos(frame, abi, caller);
  if (infos === undefined) return undefined;
  const pushesLate = isRestricted(caller);
  const shared: Shared[] = [];
  for (const [position, account] of callee.accounts.entries()) {
    if (account.first !== position) continue;
    if (readHead(frame.journal, account.index)[HEAD.EXECUTABLE] !== 0) {
      const bytes = readData(frame.journal, account.index).length;
      if (!pay(frame, Math.floor(bytes / COST.BYTES_PER_UNIT))) return undefined;
      continue;
    }
    const at = infos.positions.get(account.index);
    if (at === undefined) {
      logLine(frame, `Instruction references an unknown account ${encodeBase58(account.key)}`);
      return void failWith(frame, failure("MissingAccount"));
    }
    const offset = at * abi.infoBytes;
    const info = abi.info(frame, argNumber(frame, 1) + offset, infos.host + offset, account.index);
    const one = info && shareOne(frame, caller, account, info);
    if (one === undefined) return undefined;
    if (!pushesLate && !tryPush(frame, caller, one)) return undefined;
    shared.push(one);
  }
  if (!pushesLate) return shared;
  return shared.every((one) => tryPush(frame, caller, one)) ? shared : undefined;
}

function shareOne(
  frame: Frame,
  caller: Invocation,
  { index, isWritable }: InstructionAccount,
  info: CallerInfo,
): Shared | undefined {
  const own = caller.accounts.findIndex((account) => account.index === index);
  const layout = caller.layout[own];
  if (isRestricted(caller) && !checkPointers(frame, info, layout)) return undefined;
  const lamports = writable(frame, info.lamports, 8, 8);
  if (lamports === undefined) return undefined;
  const owner = writable(frame, info.owner, 32, 1);
  if (owner === undefined) return undefined;
  const length = writable(frame, info.length, 8, 1);
  if (length === undefined) return undefined;
  const dataBytes = numberAt(frame, length);
  const originalBytes = layout.dataBytes;
  if (isRestricted(caller) && dataBytes > originalBytes + growthOf(caller)) {
    return void failWith(frame, failure("InvalidRealloc"));
  }
  if (!pay(frame, Math.floor(dataBytes / COST.BYTES_PER_UNIT))) return undefined;
  if (writable(frame, info.data, dataBytes, 1) === undefined) return undefined;
  const account = caller.accounts[own];
  const { data } = info;
  return { account, isWritable, lamports, owner, length, data, dataBytes, originalBytes };
}

/** Bytes by which an account can be larger than it was when the program began. */
const growthOf = ({ found }: Invocation): number => (found.isUnaligned ? 0 : GROWTH_BYTES);

/** Host address of an aligned range that can be written; undefined after it has ended the frame. */
function writable(
  frame: Frame,
  address: number,
  size: number,
  alignment: number,
): number | undefined {
  const at = hostAddress(frame, address, size, true);
  if (at < 0) return void failAccess(frame, address, size, true);
  if (isMisaligned(frame, at, alignment)) return void failSyscall(frame, "Unaligned pointer");
  return at;
}

/** Pointers must be those of the input; false after ending the frame. */
function checkPointers(frame: Frame, info: CallerInfo, layout: SerializedAccount): boolean {
  const expected = [
    ["key", info.key, layout.key],
    ["owner", info.owner, layout.owner],
    ["lamports", info.lamports, layout.lamports],
    ["data", info.data, layout.data],
  ] as const;
  for (const [field, found, offset] of expected) {
    if (found === INPUT + offset) continue;
    const wanted = (INPUT + offset).toString(16);
    logLine(
      frame,
      `Invalid account info pointer \`${field}': 0x${found.toString(16)} != 0x${wanted}`,
    );
    failSyscall(frame, "Invalid pointer");
    return false;
  }
  if (!info.indirect.some((address) => address >= INPUT)) return true;
  failSyscall(frame, "Invalid pointer");
  return false;
}

/** {@link pushChanges}; false after it has ended the frame. */
function tryPush(frame: Frame, caller: Invocation, shared: Shared): boolean {
  const refusal = pushChanges(frame, caller, shared);
  if (refusal === undefined) return true;
  failWith(frame, failure(refusal));
  return false;
}

/** The caller's changes go to the journal, where the callee sees them. */
function pushChanges(
  frame: Frame,
  caller: Invocation,
  { account, lamports, owner, data, dataBytes }: Shared,
): InstructionErrorName | undefined {
  const { journal, memory } = frame;
  const { programId } = caller;
  const head = readHead(journal, account.index);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const balance = memory.view.getBigUint64(lamports, true);
  if (balance !== view.getBigUint64(HEAD.LAMPORTS, true)) {
    const refusal = setLamports(journal, programId, account, balance);
    if (refusal !== undefined) return refusal;
  }
  const bytes = memory.slice(hostAddress(frame, data, dataBytes, true), dataBytes);
  if (!equalBytes(bytes, readData(journal, account.index))) {
    const refusal = setData(journal, programId, account, bytes);
    if (refusal !== undefined) return refusal;
  }
  const key = memory.slice(owner, 32);
  const current = readHead(journal, account.index).subarray(HEAD.OWNER, HEAD.OWNER + 32);
  return equalBytes(key, current) ? undefined : setOwner(journal, programId, account, key);
}

/** The callee's changes go to the caller's memory; answers the call. */
export function pullChanges(frame: Frame, shared: readonly Shared[]): number {
  for (const one of shared) {
    if (one.isWritable && !pullOne(frame, one)) return HOST.LEAVE;
  }
  return answer(frame, 0);
}

/** False after it has ended the frame. */
function pullOne(frame: Frame, shared: Shared): boolean {
  const { journal, memory } = frame;
  const caller = invocationOf(frame);
  const { account, lamports, owner, length } = shared;
  const head = readHead(journal, account.index);
  memory.u8.set(head.subarray(HEAD.LAMPORTS, HEAD.LAMPORTS + 8), lamports);
  memory.u8.set(head.subarray(HEAD.OWNER, HEAD.OWNER + 32), owner);
  const data = readData(journal, account.index);
  const before = numberAt(frame, length);
  const isSame = data.length === before;
  const growth = isRestricted(caller) ? growthOf(caller) : GROWTH_BYTES;
  if (data.length > shared.originalBytes + growth && (isRestricted(caller) || !isSame)) {
    logLine(frame, `Account data size realloc limited to ${growth} in inner instructions`);
    failWith(frame, failure("InvalidRealloc"));
    return false;
  }
  if (!isSame && !pullLength(frame, shared, data.length, before)) return false;
  const start = hostAddress(frame, shared.data, data.length, true);
  if (start < 0 || (isSame && data.length !== shared.dataBytes)) {
    if (start < 0) failAccess(frame, shared.data, data.length, true);
    else failWith(frame, failure("AccountDataTooSmall"));
    return false;
  }
  memory.u8.set(data, start);
  return true;
}

/** Notes the new length in the info and in the input, and zeroes what is no longer in use; false after it has ended the frame. */
function pullLength(
  frame: Frame,
  { data, dataBytes, length }: Shared,
  after: number,
  before: number,
): boolean {
  const { memory } = frame;
  if (after < before) {
    if (after > dataBytes) {
      failWith(frame, failure("AccountDataTooSmall"));
      return false;
    }
    const start = hostAddress(frame, data, dataBytes, true);
    memory.u8.fill(0, start + after, start + dataBytes);
  }
  const inInput = writable(frame, data - 8, 8, 8);
  if (inInput === undefined) return false;
  for (const at of [length, inInput]) {
    memory.view.setUint32(at, after, true);
    memory.view.setUint32(at + 4, 0, true);
  }
  return true;
}
