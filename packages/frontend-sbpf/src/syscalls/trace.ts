import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { invocationOf, type ProcessedInstruction } from "../runtime/invocation.ts";
import { answer, failAccess, failSyscall, isMisaligned, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { META_BYTES } from "./cpi-abi.ts";
import type { Syscall } from "./syscall.ts";

/** Lengths of data and of accounts, u64 each: what is there, and what there is room for. */
const LENGTHS_BYTES = 16;

interface Range {
  readonly address: number;
  readonly host: number;
  readonly size: number;
}

/** A range that can be written; undefined after it has ended the frame. */
function writable(frame: Frame, address: number, size: number): Range | undefined {
  const host = hostAddress(frame, address, size, true);
  if (host < 0) return void failAccess(frame, address, size, true);
  return { address, host, size };
}

/** The instruction that succeeded `back` before this one under the same caller. */
function siblingOf(frame: Frame, back: number): ProcessedInstruction | undefined {
  const { parent, transaction } = invocationOf(frame);
  const processed = (parent ?? transaction).processed ?? [];
  return processed[processed.length - 1 - back];
}

/** Which sibling r1, lengths at r2; if they are right, program id to r3, data to r4, metas to r5. Answers whether there is one. */
const sibling: HostFunction = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  const lengths = writable(frame, argNumber(frame, 1), LENGTHS_BYTES);
  if (lengths === undefined) return HOST.LEAVE;
  if (isMisaligned(frame, lengths.host, 8)) return failSyscall(frame, "Unaligned pointer");
  const found = siblingOf(frame, argNumber(frame, 0));
  if (found === undefined) return answer(frame, 0);
  const { data, accounts, programId } = found;
  const hasRoom =
    numberAt(frame, lengths.host) === data.length &&
    numberAt(frame, lengths.host + 8) === accounts.length;
  if (hasRoom) {
    const id = writable(frame, argNumber(frame, 2), 32);
    const bytes = id && writable(frame, argNumber(frame, 3), data.length);
    const metas = bytes && writable(frame, argNumber(frame, 4), accounts.length * META_BYTES);
    if (id === undefined || bytes === undefined || metas === undefined) return HOST.LEAVE;
    if (overlap([lengths, id, bytes, metas])) return failSyscall(frame, "Overlapping copy");
    const { u8 } = frame.memory;
    u8.set(programId, id.host);
    u8.set(data, bytes.host);
    for (const [position, { key, isSigner, isWritable }] of accounts.entries()) {
      const at = metas.host + position * META_BYTES;
      u8.set(key, at);
      u8[at + 32] = isSigner ? 1 : 0;
      u8[at + 33] = isWritable ? 1 : 0;
    }
  }
  const { u64 } = frame.memory;
  u64[lengths.host >>> 3] = BigInt(data.length);
  u64[(lengths.host >>> 3) + 1] = BigInt(accounts.length);
  return answer(frame, 1);
};

/** Whether any two of the ranges have a byte in common. */
function overlap(ranges: readonly Range[]): boolean {
  return ranges.some((a, index) =>
    ranges
      .slice(index + 1)
      .some((b) => a.address < b.address + b.size && b.address < a.address + a.size),
  );
}

/** Stake of the vote account whose address stands at r1, or with r1 = 0 of all (SIMD-0133). */
const epochStake: HostFunction = (frame) => {
  const { epochStake: stakeOf } = invocationOf(frame).transaction;
  const at = argNumber(frame, 0);
  const isAll = at === 0;
  const units = isAll ? 0 : Math.floor(32 / COST.BYTES_PER_UNIT) + COST.MEMORY_BASE;
  if (!pay(frame, COST.SYSCALL_BASE + units)) return HOST.LEAVE;
  const host = isAll ? 0 : hostAddress(frame, at, 32, false);
  if (host < 0) return failAccess(frame, at, 32, false);
  const vote = isAll ? undefined : frame.memory.slice(host, 32);
  frame.memory.u64[frame.slot(0) >>> 3] = stakeOf?.(vote) ?? 0n;
  return HOST.CONTINUE;
};

export const TRACE_SYSCALLS: readonly Syscall[] = [
  { name: "sol_get_processed_sibling_instruction", params: 5, run: sibling },
  { name: "sol_get_epoch_stake", params: 1, run: epochStake },
];
