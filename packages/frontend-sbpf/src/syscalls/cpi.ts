import { encodeBase58, encodeHex, equalBytes } from "@dragoman/bytes";
import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { setData, setLamports, setOwner } from "../runtime/account-rules.ts";
import { HEAD, readData, readHead } from "../runtime/accounts.ts";
import { ADDRESS } from "../runtime/addresses.ts";
import { joinRights, refuseBegin, refuseRights } from "../runtime/call-rights.ts";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { failure, type InstructionErrorName } from "../runtime/instruction-error.ts";
import {
  type InstructionAccount,
  type Invocation,
  invocationOf,
  logLine,
  recordCall,
  type SerializedAccount,
  type SvmInstruction,
} from "../runtime/invocation.ts";
import { inputAddress, invocationRequest, openInvocation, settle } from "../runtime/invoke.ts";
import { GROWTH_BYTES } from "../runtime/serialize.ts";
import { answer, failAccess, failSyscall, failWith, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { C_ABI, type CallerInfo, type CpiAbi, RUST_ABI, readable, readSigners } from "./cpi-abi.ts";
import type { Syscall } from "./syscall.ts";

const INPUT = 0x4_0000_0000;
const INFOS_MAX = 255;
/** What an account info costs as. */
const INFO_COST_BYTES = 80;

/** An account that caller and callee share. */
interface Shared {
  readonly account: InstructionAccount;
  readonly layout: SerializedAccount;
  readonly info: CallerInfo;
  readonly isWritable: boolean;
}

/** agave `program-runtime/src/cpi.rs`, cpi_common; with syscall_parameter_address_restrictions. */
const invoke =
  (abi: CpiAbi): HostFunction =>
  (frame) => {
    if (!pay(frame, COST.INVOKE)) return HOST.LEAVE;
    const caller = invocationOf(frame);
    const asked = abi.instruction(frame, argNumber(frame, 0));
    if (asked === undefined) return HOST.LEAVE;
    const instruction = { ...asked, accounts: joinRights(frame.journal, asked.accounts) };
    const signers = readSigners(frame, caller.programId, argNumber(frame, 3), argNumber(frame, 4));
    if (signers === undefined) return HOST.LEAVE;
    if (!mayBeCalled(instruction)) {
      const name = encodeBase58(instruction.programId);
      return failSyscall(frame, `Program ${name} not supported by inner instructions`);
    }
    const log = (line: string): void => logLine(frame, line);
    const refusal = refuseRights(frame.journal, caller, instruction, signers, log);
    if (refusal !== undefined) return failWith(frame, failure(refusal));
    const { journal } = frame;
    const found = caller.transaction.findProgram(journal, instruction.programId);
    const callee = openInvocation(
      journal,
      caller.transaction,
      instruction,
      found ?? caller.found,
      caller,
    );
    const shared = readShared(frame, abi, caller, callee);
    if (shared === undefined) return HOST.LEAVE;
    for (const one of shared) {
      const broken = pushChanges(frame, caller, one);
      if (broken !== undefined) return failWith(frame, failure(broken));
    }
    const notNow = refuseBegin(journal, caller, callee);
    if (notNow !== undefined) return failWith(frame, failure(notNow));
    if (found === undefined) return failWith(frame, failure("UnsupportedProgramId"));
    if (caller.transaction.recordsCalls === true) recordCall(journal, callee);
    const gas = frame.gas;
    return frame.call(
      invocationRequest(callee, gas, (self, ended) => {
        const { outcome, detail } = ended;
        const end = settle(journal, callee, gas, { outcome, detail, gasLeft: ended.gas });
        self.gas = end.gasLeft;
        if (end.failure !== undefined) {
          const { error, custom } = end.failure;
          // The caller sees the error without what led to it.
          return failWith(self, custom === undefined ? failure(error) : end.failure);
        }
        return pullChanges(self, shared);
      }),
    );
  };

/** Loaders and what has no code of its own may not be called, with the exceptions of loader 3. */
function mayBeCalled({ programId, data }: SvmInstruction): boolean {
  const id = encodeHex(programId);
  if (
    id === ADDRESS.NATIVE_LOADER.hex ||
    id === ADDRESS.LOADER_V1.hex ||
    id === ADDRESS.LOADER_V2.hex
  ) {
    return false;
  }
  // Upgrade 3, SetAuthority 4, Close 5, SetAuthorityChecked 7
  return id !== ADDRESS.LOADER_V3.hex || [3, 4, 5, 7].includes(data[0]);
}

function readShared(
  frame: Frame,
  abi: CpiAbi,
  caller: Invocation,
  callee: Invocation,
): Shared[] | undefined {
  const address = argNumber(frame, 1);
  const count = argNumber(frame, 2);
  if (address + count * abi.infoBytes >= INPUT) return void failSyscall(frame, "Invalid pointer");
  const infos = readable(frame, address, count * abi.infoBytes, 8);
  if (infos === undefined) return undefined;
  if (count > INFOS_MAX) {
    const text = `Invoked an instruction with too many account info's (${count} > ${INFOS_MAX})`;
    return void failSyscall(frame, text);
  }
  if (!pay(frame, Math.floor((count * INFO_COST_BYTES) / COST.BYTES_PER_UNIT))) return undefined;
  const positions = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const key = readable(frame, abi.infoKey(frame, infos + i * abi.infoBytes), 32, 1);
    if (key === undefined) return undefined;
    const index = frame.journal.account(frame.memory.u8, key, 32);
    if (!positions.has(index)) positions.set(index, i);
  }
  const shared: Shared[] = [];
  for (const [position, account] of callee.accounts.entries()) {
    if (account.first !== position) continue;
    if (readHead(frame.journal, account.index)[HEAD.EXECUTABLE] !== 0) {
      const bytes = readData(frame.journal, account.index).length;
      if (!pay(frame, Math.floor(bytes / COST.BYTES_PER_UNIT))) return undefined;
      continue;
    }
    const at = positions.get(account.index);
    if (at === undefined) {
      logLine(frame, `Instruction references an unknown account ${encodeBase58(account.key)}`);
      return void failWith(frame, failure("MissingAccount"));
    }
    const offset = at * abi.infoBytes;
    const info = abi.info(frame, address + offset, infos + offset, account.index);
    if (info === undefined) return undefined;
    const own = caller.accounts.findIndex(({ index }) => index === account.index);
    const one = {
      account: caller.accounts[own],
      layout: caller.layout[own],
      info,
      isWritable: account.isWritable,
    };
    if (!checkInfo(frame, caller, one)) return undefined;
    shared.push(one);
  }
  return shared;
}

/** Pointers must be those of the input; false after ending the frame. */
function checkInfo(frame: Frame, caller: Invocation, { info, layout }: Shared): boolean {
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
  if (info.indirect.some((address) => address >= INPUT)) {
    failSyscall(frame, "Invalid pointer");
    return false;
  }
  const length = hostAddress(frame, info.length, 8, true);
  if (length < 0) {
    failAccess(frame, info.length, 8, true);
    return false;
  }
  const bytes = numberAt(frame, length);
  if (bytes > layout.dataBytes + (caller.found.isUnaligned ? 0 : GROWTH_BYTES)) {
    failWith(frame, failure("InvalidRealloc"));
    return false;
  }
  return pay(frame, Math.floor(bytes / COST.BYTES_PER_UNIT));
}

/** The caller's changes go to the journal, where the callee sees them. */
function pushChanges(
  frame: Frame,
  caller: Invocation,
  { account, layout, info }: Shared,
): InstructionErrorName | undefined {
  const { journal, memory } = frame;
  const input = inputAddress(frame);
  const { programId } = caller;
  const head = readHead(journal, account.index);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const lamports = memory.view.getBigUint64(input + layout.lamports, true);
  if (lamports !== view.getBigUint64(HEAD.LAMPORTS, true)) {
    const refusal = setLamports(journal, programId, account, lamports);
    if (refusal !== undefined) return refusal;
  }
  const length = numberAt(frame, hostAddress(frame, info.length, 8, false));
  const data = memory.slice(input + layout.data, length);
  if (!equalBytes(data, readData(journal, account.index))) {
    const refusal = setData(journal, programId, account, data);
    if (refusal !== undefined) return refusal;
  }
  const owner = memory.slice(input + layout.owner, 32);
  const current = readHead(journal, account.index).subarray(HEAD.OWNER, HEAD.OWNER + 32);
  return equalBytes(owner, current) ? undefined : setOwner(journal, programId, account, owner);
}

/** The callee's changes go to the caller's input. */
function pullChanges(frame: Frame, shared: readonly Shared[]): number {
  const { journal, memory } = frame;
  const { found } = invocationOf(frame);
  const input = inputAddress(frame);
  for (const { account, layout, info, isWritable } of shared) {
    if (!isWritable) continue;
    const head = readHead(journal, account.index);
    memory.u8.set(head.subarray(HEAD.LAMPORTS, HEAD.LAMPORTS + 8), input + layout.lamports);
    memory.u8.set(head.subarray(HEAD.OWNER, HEAD.OWNER + 32), input + layout.owner);
    const data = readData(journal, account.index);
    const lengthAt = hostAddress(frame, info.length, 8, true);
    const before = numberAt(frame, lengthAt);
    const room = found.isUnaligned ? 0 : GROWTH_BYTES;
    if (data.length > layout.dataBytes + room) {
      logLine(frame, `Account data size realloc limited to ${room} in inner instructions`);
      return failWith(frame, failure("InvalidRealloc"));
    }
    const start = input + layout.data;
    if (data.length !== before) {
      memory.u8.fill(0, start + data.length, start + Math.max(before, data.length));
      for (const at of [lengthAt, start - 8]) {
        memory.view.setUint32(at, data.length, true);
        memory.view.setUint32(at + 4, 0, true);
      }
    }
    memory.u8.set(data, start);
  }
  return answer(frame, 0);
}

export const CPI_SYSCALLS: readonly Syscall[] = [
  { name: "sol_invoke_signed_c", params: 5, run: invoke(C_ABI) },
  { name: "sol_invoke_signed_rust", params: 5, run: invoke(RUST_ABI) },
];
